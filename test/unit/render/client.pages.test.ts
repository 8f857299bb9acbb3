import assert from "node:assert/strict";
import { errorOf, json, never, tearDown } from "./http/localRender.js";
import { all, startClient } from "./http/startClient.js";

/** A page of that many owners, with cursors `<name>0`, `<name>1`, … */
const ownersPage = (name: string, count: number) =>
  Array.from({ length: count }, (_, i) => ({
    cursor: `${name}${i}`,
    owner: { id: `tea-${name}${i}`, name, type: "team" },
  }));

describe("Pages of RenderClient", () => {
  afterEach(tearDown);

  it("go on from the cursor of the last item until a page is short", async () => {
    const pages = [ownersPage("a", 100), ownersPage("b=_&", 100), ownersPage("c", 3)];
    const { render, urls } = await startClient((r, _, i) => {
      json(r, 200, pages[i]);
    });
    const got = await all(render.owners(never()));
    assert.deepEqual(
      got.map(page => page.length),
      [100, 100, 3],
    );
    assert.deepEqual(got[2]?.[0], { id: "tea-c0", name: "c", type: "team" });
    assert.deepEqual(urls(), [
      "GET /owners?limit=100",
      "GET /owners?limit=100&cursor=a99",
      "GET /owners?limit=100&cursor=b%3D_%2699",
    ]);
  });

  it("end at an empty page, which is not given", async () => {
    const { render, urls } = await startClient((r, _, i) => {
      json(r, 200, i === 0 ? ownersPage("a", 100) : []);
    });
    assert.equal((await all(render.owners(never()))).length, 1);
    assert.equal(urls().length, 2);
  });

  it("end at a full page without a cursor", async () => {
    const { render, urls } = await startClient(r => {
      json(
        r,
        200,
        ownersPage("a", 100).map(({ owner }) => ({ owner, cursor: null })),
      );
    });
    assert.equal((await all(render.owners(never()))).length, 1);
    assert.equal(urls().length, 1);
  });

  it("skip wrappers without an object, and count them", async () => {
    const { render, urls } = await startClient((r, _, i) => {
      const page = ownersPage("a", 100).map(entry => ({ ...entry, owner: i === 0 ? null : entry.owner }));
      json(r, 200, i === 0 ? page : [{ cursor: "x" }, ...page.slice(0, 2)]);
    });
    assert.deepEqual(
      (await all(render.owners(never()))).map(page => page.length),
      [2],
    );
    assert.equal(urls().length, 2);
  });

  it("fail when a cursor comes again, also after others", async () => {
    const { render, urls } = await startClient((r, _, i) => {
      json(r, 200, ownersPage(i % 2 === 0 ? "a" : "b", 100));
    });
    const error = await errorOf(all(render.owners(never())));
    assert.deepEqual([error.kind, error.field, error.path], ["badShape", "cursor", "/owners"]);
    assert.equal(urls().length, 3);
  });

  it("fail when there is no end", async function () {
    this.timeout(20_000);
    const { render, urls } = await startClient((r, _, i) => {
      json(
        r,
        200,
        ownersPage(`${i}-`, 100).map(({ cursor }) => ({ cursor })),
      );
    });
    const error = await errorOf(all(render.owners(never())));
    assert.equal(error.kind, "tooLarge");
    assert.equal(urls().length, 500);
  });

  it("are asked for only as they are wanted", async () => {
    const { render, urls } = await startClient((r, _, i) => {
      json(r, 200, ownersPage(`${i}-`, 100));
    });
    for await (const page of render.owners(never())) {
      assert.equal(page.length, 100);
      break;
    }
    assert.equal(urls().length, 1);
  });

  it("end with the signal", async () => {
    const { render, urls } = await startClient((r, _, i) => {
      json(r, 200, ownersPage(`${i}-`, 100));
    });
    const stop = new AbortController();
    const pages = render.owners(stop.signal);
    await pages.next();
    stop.abort();
    assert.equal((await errorOf(pages.next())).kind, "aborted");
    assert.equal(urls().length, 1);
  });
});
