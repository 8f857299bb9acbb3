import assert from "node:assert/strict";
import { errorOf, json, never, tearDown, type Answer } from "./http/localRender.js";
import { all, startClient } from "./http/startClient.js";

const service = (id: string) => ({
  id,
  name: id,
  ownerId: "tea-1",
  type: "web_service",
  dashboardUrl: "https://dashboard.render.com/web/x",
  suspended: "not_suspended",
  suspenders: [],
  autoDeploy: "no",
  rootDir: "",
});

describe("RenderClient", () => {
  afterEach(tearDown);

  it("asks for the user, one try only", async () => {
    const { render, urls } = await startClient((r, _, i) => {
      if (i === 0) json(r, 200, { email: "a@b.test", name: "Ada" });
      else r.writeHead(503).end();
    });
    assert.deepEqual(await render.getUser(never()), { email: "a@b.test", name: "Ada" });
    assert.equal((await errorOf(render.getUser(never()))).kind, "unavailable");
    assert.deepEqual(urls(), ["GET /users", "GET /users"]);
  });

  it("asks for a service and a deploy by ids that are safe in a path", async () => {
    const { render, urls } = await startClient((r, seen) => {
      json(r, 200, seen.url.includes("deploys") ? { id: "dep-1" } : service("srv-1"));
    });
    assert.equal((await render.getService("srv/1?a", never())).id, "srv-1");
    assert.deepEqual(await render.getDeploy("crn-1", "dep-1", never()), { id: "dep-1", status: "created" });
    assert.deepEqual(urls(), ["GET /services/srv%2F1%3Fa", "GET /services/crn-1/deploys/dep-1"]);
    assert.equal((await errorOf(render.getService("", never()))).kind, "badRequest");
    assert.equal((await errorOf(render.getEnvironment("", never()))).kind, "badRequest");
    assert.equal((await errorOf(render.getDeploy("..", "dep-1", never()))).kind, "badRequest");
    assert.equal((await errorOf(render.triggerDeploy(".", {}, never()))).kind, "badRequest");
    assert.equal(urls().length, 2);
  });

  it("always says whether it wants previews, and filters by workspace", async () => {
    const { render, urls } = await startClient(r => {
      json(r, 200, [{ cursor: "c", service: service("srv-1") }]);
    });
    assert.equal((await all(render.services({ includePreviews: false }, never())))[0]?.[0]?.id, "srv-1");
    await all(render.services({ includePreviews: true, ownerIds: ["tea-1", "tea-2"] }, never()));
    assert.deepEqual(await all(render.services({ includePreviews: true, ownerIds: [] }, never())), []);
    assert.deepEqual(urls(), [
      "GET /services?includePreviews=false&limit=100",
      "GET /services?includePreviews=true&ownerId=tea-1,tea-2&limit=100",
    ]);
  });

  it("lists projects, and environments of many projects a hundred at a time", async () => {
    const { render, urls } = await startClient((r, seen) => {
      const project = { id: "prj-1", name: "Harbor", owner: { id: "tea-1" }, environmentIds: [] };
      const environment = { id: "evm-1", name: "production", projectId: "prj-1" };
      json(
        r,
        200,
        seen.url.includes("/projects") ? [{ cursor: "c", project }] : [{ cursor: "c", environment }],
      );
    });
    assert.equal((await all(render.projects(never())))[0]?.[0]?.ownerId, "tea-1");
    assert.deepEqual(await all(render.environments([], never())), []);
    const ids = Array.from({ length: 101 }, (_, i) => `prj-${i}`);
    assert.equal((await all(render.environments(ids, never()))).length, 2);
    assert.deepEqual(urls(), [
      "GET /projects?limit=100",
      `GET /environments?projectId=${ids.slice(0, 100).join(",")}&limit=100`,
      "GET /environments?projectId=prj-100&limit=100",
    ]);
  });

  it("sorts deploys by time, not by text and not by the list", async () => {
    const at = (id: string, createdAt?: string) => ({ cursor: id, deploy: { id, createdAt } });
    const { render, urls } = await startClient(r => {
      json(r, 200, [
        at("none"),
        at("old", "2026-06-12T08:00:09.9Z"),
        at("newest", "2026-06-12T08:00:10.461Z"),
        at("newer", "2026-06-12T08:00:10.46Z"),
        at("none-too"),
        { cursor: "no deploy" },
      ]);
    });
    const deploys = await render.listDeploys("srv-1", { limit: 20 }, never());
    assert.deepEqual(
      deploys.map(deploy => deploy.id),
      ["newest", "newer", "old", "none", "none-too"],
    );
    await render.listDeploys("srv-1", { limit: 1000 }, never());
    await render.listDeploys("srv-1", { limit: 0 }, never());
    assert.deepEqual(
      urls(),
      [20, 100, 1].map(limit => `GET /services/srv-1/deploys?limit=${limit}`),
    );
  });

  describe("a deploy", () => {
    it("that is created is told, and exactly what was chosen is sent", async () => {
      const { render, server } = await startClient(r => {
        json(r, 201, { id: "dep-1", status: "build_in_progress" });
      });
      for (const body of [
        {},
        { commitId: "7c1", clearCache: "clear" },
        { deployMode: "deploy_only" },
      ] as const) {
        assert.deepEqual(await render.triggerDeploy("srv-1", body, never()), {
          kind: "created",
          deploy: { id: "dep-1", status: "build_in_progress" },
        });
        assert.equal(server.seen.at(-1)?.body, JSON.stringify(body));
      }
      assert.ok(
        server.seen.every(seen => seen.method === "POST" && seen.url === "/v1/services/srv-1/deploys"),
      );
    });

    it("that is queued has no body", async () => {
      const { render } = await startClient(r => r.writeHead(202, { "Content-Length": "0" }).end());
      assert.deepEqual(await render.triggerDeploy("srv-1", {}, never()), { kind: "queued" });
    });

    const unreadable: [string, Answer, string][] = [
      ["HTML", r => r.writeHead(201).end("<html>"), "intercepted"],
      ["no JSON", r => r.writeHead(201).end("done"), "notJson"],
      ["nothing", r => r.writeHead(201).end(), "emptyBody"],
      ["no id", r => r.writeHead(201).end("{}"), "badShape"],
      ["another 2xx", r => r.writeHead(200).end('{"id":"dep-1"}'), "unexpectedStatus"],
    ];
    for (const [what, answer, kind] of unreadable)
      it(`answered with ${what} may have begun, and is not asked for again`, async () => {
        const { render, server, clock } = await startClient(answer);
        const error = await errorOf(render.triggerDeploy("srv-1", {}, never()));
        assert.deepEqual([error.kind, error.maybeReceived], [kind, true]);
        await clock.advance(120_000);
        assert.equal(server.seen.length, 1);
      });

    it("twice is sent twice: only reads are joined", async () => {
      const { render, server } = await startClient(r => r.writeHead(202).end());
      await Promise.all([
        render.triggerDeploy("srv-1", {}, never()),
        render.triggerDeploy("srv-1", {}, never()),
      ]);
      assert.equal(server.seen.length, 2);
    });

    it("is cancelled without a body", async () => {
      const { render, server, urls } = await startClient(r => {
        json(r, 200, { id: "dep-1", status: "canceled" });
      });
      assert.equal((await render.cancelDeploy("srv-1", "dep-1", never())).status, "canceled");
      assert.deepEqual(urls(), ["POST /services/srv-1/deploys/dep-1/cancel"]);
      assert.equal(server.seen[0]?.body, "");
    });

    it("whose cancelling is answered with another 2xx is an error", async () => {
      const { render } = await startClient(r => r.writeHead(202).end());
      const error = await errorOf(render.cancelDeploy("srv-1", "dep-1", never()));
      assert.deepEqual([error.kind, error.maybeReceived], ["unexpectedStatus", true]);
    });
  });

  describe("Blueprints", () => {
    const blueprint = {
      id: "exs-1",
      name: "harbor",
      repo: "https://github.com/harbor-labs/harbor",
      branch: "main",
      path: "render.yaml",
    };

    it("come in pages, and one by one with what they control", async () => {
      const resources = [{ id: "srv-1", name: "harbor-api", type: "web_service" }];
      const { render, urls } = await startClient((r, _, i) => {
        const sent = { ...blueprint, status: "in_sync", autoSync: true };
        json(r, 200, i === 0 ? [{ cursor: "a", blueprint: sent }, { cursor: "b" }] : { ...sent, resources });
      });
      assert.deepEqual(await all(render.blueprints(never())), [[blueprint]]);
      assert.deepEqual(await render.blueprint("exs-1", never()), { ...blueprint, resources });
      assert.deepEqual(urls(), ["GET /blueprints?limit=100", "GET /blueprints/exs-1"]);
    });

    it("are validated as a form, one try only", async () => {
      const { render, server, urls } = await startClient(r => r.writeHead(503).end());
      assert.equal(
        (await errorOf(render.validateBlueprint("tea-1", "services: é", never()))).kind,
        "unavailable",
      );
      assert.deepEqual(urls(), ["POST /blueprints/validate"]);
      const [seen] = server.seen;
      assert.match(seen?.headers["content-type"] ?? "", /^multipart\/form-data; boundary=\S+$/u);
      assert.match(seen?.body ?? "", /name="ownerId"\r\n\r\ntea-1\r\n/u);
      assert.match(seen?.body ?? "", /name="file"; filename="render.yaml"\r\n.*\r\n\r\nservices: é\r\n/u);
    });

    const noPlan = { services: 0, databases: 0, keyValue: 0, envGroups: 0, actions: 0 };
    for (const [name, sent, expected] of [
      ["valid without a plan", { valid: true }, { valid: true, plan: noPlan }],
      [
        "valid with a plan",
        { valid: true, plan: { services: ["a", "b"], keyValue: ["c"], databases: null, totalActions: 5 } },
        { valid: true, plan: { ...noPlan, services: 2, keyValue: 1, actions: 5 } },
      ],
      ["invalid without errors", { valid: false }, { valid: false, errors: [] }],
      [
        "invalid with errors",
        { valid: false, errors: [{ error: "a", line: 2, column: null, path: "services" }, { error: "b" }] },
        { valid: false, errors: [{ error: "a", line: 2, path: "services" }, { error: "b" }] },
      ],
    ] as const)
      it(`are ${name}`, async () => {
        const { render } = await startClient(r => {
          json(r, 200, sent);
        });
        assert.deepEqual(await render.validateBlueprint("tea-1", "", never()), expected);
      });
  });
});
