import assert from "node:assert/strict";
import { RenderClient } from "../../../src/render/client.js";
import { errorOf, json, never, setUp, tearDown, type Answer } from "./http/localRender.js";

async function start(answer: Answer) {
  const { http, server, clock } = await setUp(answer);
  const sent = () => server.seen.map(({ method, url, body }) => [method, url.replace("/v1", ""), body]);
  return { render: new RenderClient(http), sent, clock };
}

describe("RenderClient on a service as a whole", () => {
  afterEach(tearDown);

  it("rolls back to a deploy and gives the new one", async () => {
    const { render, sent } = await start(r => {
      json(r, 201, { id: "dep-9", status: "update_in_progress", trigger: "rollback" });
    });
    assert.deepEqual(await render.rollBack("srv/1", "dep-1", never()), {
      id: "dep-9",
      status: "update_in_progress",
      trigger: "rollback",
    });
    assert.deepEqual(sent(), [["POST", "/services/srv%2F1/rollback", '{"deployId":"dep-1"}']]);
  });

  const unreadable: readonly (readonly [string, Answer, string, boolean])[] = [
    ["nothing", r => r.writeHead(201).end(), "emptyBody", true],
    ["no id", r => r.writeHead(201).end("{}"), "badShape", true],
    ["an accepted rollback that holds no deploy", r => r.writeHead(202).end(), "unexpectedStatus", true],
    ["an internal error", r => r.writeHead(500).end(), "serverError", true],
    ["a broken connection", r => r.destroy(), "unreachable", true],
    ["a refusal", r => r.writeHead(400).end(), "badRequest", false],
  ];
  for (const [what, answer, kind, maybeReceived] of unreadable)
    it(`sends a rollback once, also when it is answered with ${what}`, async () => {
      const { render, sent, clock } = await start(answer);
      const error = await errorOf(render.rollBack("srv-1", "dep-1", never()));
      assert.deepEqual([error.kind, error.maybeReceived], [kind, maybeReceived]);
      await clock.advance(120_000);
      assert.equal(sent().length, 1);
    });

  const actions = [
    ["suspendService", "suspend", 202],
    ["resumeService", "resume", 202],
    ["restartService", "restart", 200],
  ] as const;
  for (const [method, action, status] of actions) {
    it(`asks to ${action} without a body, and needs none in the answer`, async () => {
      const { render, sent } = await start(r => r.writeHead(status, { "Content-Length": "0" }).end());
      await render[method]("srv-1", never());
      assert.deepEqual(sent(), [["POST", `/services/srv-1/${action}`, ""]]);
    });

    it(`takes nothing else for done when it asked to ${action}, and asks once`, async () => {
      for (const [other, maybeReceived] of [
        [status === 200 ? 202 : 200, true],
        [503, true],
        [409, false],
      ] as const) {
        const { render, sent, clock } = await start(r => r.writeHead(other).end());
        const error = await errorOf(render[method]("srv-1", never()));
        assert.equal(error.maybeReceived, maybeReceived, String(other));
        await clock.advance(120_000);
        assert.equal(sent().length, 1);
      }
    });
  }

  it("reads the instances, which come in no pages", async () => {
    const { render, sent } = await start(r => {
      json(r, 200, [
        { id: "srv-1-abcde", createdAt: "2026-06-12T08:00:00Z", cpu: "new" },
        { id: "srv-1-fghij", createdAt: "2026-06-12T08:00:01.5Z" },
      ]);
    });
    const at = Date.UTC(2026, 5, 12, 8);
    assert.deepEqual(await render.instances("srv-1", never()), [
      { id: "srv-1-abcde", createdAt: at },
      { id: "srv-1-fghij", createdAt: at + 1_500 },
    ]);
    assert.deepEqual(sent(), [["GET", "/services/srv-1/instances", ""]]);
  });

  it("has no instances in an empty list, takes nothing else for a list, and leaves out what is none", async () => {
    const answers: unknown[] = [[], { instances: [] }, [{ id: "srv-1-abcde" }, { id: 5 }, null]];
    const { render } = await start((r, _, i) => {
      json(r, 200, answers[i]);
    });
    assert.deepEqual(await render.instances("srv-1", never()), []);
    assert.equal((await errorOf(render.instances("srv-1", never()))).kind, "badShape");
    assert.deepEqual(await render.instances("srv-1", never()), [{ id: "srv-1-abcde" }]);
  });

  it("sends nothing to an id that is no place in a path", async () => {
    const { render, sent } = await start(r => r.writeHead(500).end());
    for (const work of [
      render.rollBack("..", "dep-1", never()),
      render.suspendService("", never()),
      render.resumeService(".", never()),
      render.restartService("..", never()),
      render.instances("", never()),
    ])
      assert.equal((await errorOf(work)).kind, "badRequest");
    assert.deepEqual(sent(), []);
  });
});
