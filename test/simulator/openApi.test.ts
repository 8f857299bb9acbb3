import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadOpenApi } from "./openApi";

describe("Render's OpenAPI document", () => {
  let folder: string;
  const never = (): Promise<string> => assert.fail("downloaded although it is there");

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "render-openapi-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it("is the file that is named", async () => {
    const path = join(folder, "named.json");
    await writeFile(path, '{"openapi":"3.0.2"}');
    assert.deepEqual(await loadOpenApi({ path, kept: join(folder, "kept.json"), download: never }), {
      openapi: "3.0.2",
    });
  });

  it("is downloaded when the file is absent, once", async () => {
    const places = { path: join(folder, "absent.json"), kept: join(folder, "made", "kept.json") };
    const download = (): Promise<string> => Promise.resolve('{"openapi":"3.1.0"}');
    assert.deepEqual(await loadOpenApi({ ...places, download }), { openapi: "3.1.0" });
    assert.equal(await readFile(places.kept, "utf8"), '{"openapi":"3.1.0"}');
    assert.deepEqual(await loadOpenApi({ ...places, download: never }), { openapi: "3.1.0" });
  });

  it("is a failure with a sentence that helps when it cannot be had", async () => {
    const places = { path: join(folder, "absent.json"), kept: join(folder, "kept.json") };
    await assert.rejects(
      loadOpenApi({ ...places, download: () => Promise.reject(new Error("no network")) }),
      /could not be downloaded from https:\/\/api-docs\.render\.com\/\S+ Set RENDER_OPENAPI to a copy of it\./u,
    );
  });
});
