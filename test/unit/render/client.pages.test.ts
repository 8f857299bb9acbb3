import assert from "node:assert/strict";
import { setImmediate as turn } from "node:timers/promises";
import { RenderClient } from "../../../src/render/client.js";
import { errorOf, json, never, setUp, tearDown, until } from "./http/localRender.js";
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

  describe("of services", () => {
    const servicesPage = (name: string, count: number) =>
      Array.from({ length: count }, (_, i) => ({
        cursor: `${name}${i}`,
        service: { id: `srv-${name}${i}`, name, ownerId: "tea-1", type: "web_service" },
      }));

    it("ask for the next one while this one is used", async () => {
      const { render, urls } = await startClient((r, _, i) => {
        json(r, 200, servicesPage(`${i}-`, i < 2 ? 100 : 1));
      });
      const pages = render.services({ includePreviews: true }, never());
      assert.equal(((await pages.next()).value as unknown[]).length, 100);
      await until(() => urls().length === 2);
      assert.equal(urls()[1], "GET /services?includePreviews=true&limit=100&cursor=0-99");
      assert.deepEqual(
        (await all(pages)).map(page => page.length),
        [100, 1],
      );
      assert.equal(urls().length, 3);
    });

    it("give what was read before a failure of the next one", async () => {
      const { render } = await startClient((r, _, i) => {
        if (i === 0) json(r, 200, servicesPage("a", 100));
        else json(r, 403, { message: "no" });
      });
      const pages = render.services({ includePreviews: true }, never());
      assert.equal(((await pages.next()).value as unknown[]).length, 100);
      // Nobody looks at the failure meanwhile, and it must not count as unhandled.
      await turn();
      assert.equal((await errorOf(pages.next())).kind, "forbidden");
    });

    it("give up the next one when whoever reads leaves", async () => {
      let isClosed = false;
      const { render, urls } = await startClient((r, _, i) => {
        if (i === 0) json(r, 200, servicesPage("a", 100));
        else r.on("close", () => (isClosed = true));
      });
      const pages = render.services({ includePreviews: true }, never());
      await pages.next();
      await until(() => urls().length === 2);
      await pages.return(undefined);
      await until(() => isClosed);
    });

    it("are asked for one by one in the background", async () => {
      const { http, server } = await setUp((r, _, i) => {
        json(r, 200, servicesPage(`${i}-`, 100));
      });
      const pages = new RenderClient(http, { background: true }).services({ includePreviews: true }, never());
      await pages.next();
      await turn();
      assert.equal(server.seen.length, 1);
    });
  });
});
