import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { officialDocument } from "../../contract/officialDocument";

describe("Render's OpenAPI document", () => {
  let folder: string;
  const never = (): Promise<string> => assert.fail("downloaded although a file is named");

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "render-openapi-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it("is the file that is named", async () => {
    const path = join(folder, "named.json");
    await writeFile(path, '{"openapi":"3.0.2"}');
    assert.deepEqual(await officialDocument(path, never), { openapi: "3.0.2" });
  });

  it("is downloaded when no file is named", async () => {
    const download = (): Promise<string> => Promise.resolve('{"openapi":"3.1.0"}');
    assert.deepEqual(await officialDocument(undefined, download), { openapi: "3.1.0" });
  });

  it("is a failure with a sentence that helps when it cannot be had", async () => {
    await assert.rejects(
      officialDocument(undefined, () => Promise.reject(new Error("no network"))),
      /could not be downloaded from https:\/\/api-docs\.render\.com\/\S+ Set RENDER_OPENAPI to a copy of it\./u,
    );
    await assert.rejects(
      officialDocument(join(folder, "absent.json"), never),
      /no OpenAPI document to read at \S+absent\.json, which RENDER_OPENAPI names\./u,
    );
  });
});
