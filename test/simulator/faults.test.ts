import assert from "node:assert/strict";
import { rawCall, type RawAnswer } from "./rawCall";
import type { Fault } from "./simulator";
import { type Bench, withSimulator } from "./withSimulator";

/** Triggers a deploy that meets a fault; tells what came back and how many deploys there are then. */
async function deployUnder(
  { simulator, add }: Bench,
  fault: Fault,
): Promise<RawAnswer & { deploys: number }> {
  const { id } = add().service;
  simulator.fail({ method: "POST", path: /\/deploys$/, with: fault });
  const url = `${simulator.url}/services/${id}/deploys`;
  const answer = await rawCall({ url, key: simulator.key, method: "POST", body: {} });
  return { ...answer, deploys: simulator.deploysOf(id).length };
}

const rows: { fault: Fault; acts: boolean; check: (answer: RawAnswer) => void }[] = [
  {
    fault: { kind: "status", status: 503, body: { message: "down" }, headers: { "retry-after": "2" } },
    acts: false,
    check: ({ status, body, headers }) => {
      assert.deepEqual([status, body, headers["retry-after"]], [503, '{"message":"down"}', "2"]);
      assert.ok(headers["ratelimit-limit"]);
    },
  },
  {
    fault: { kind: "status", status: 500 },
    acts: false,
    check: ({ status, body }) => {
      assert.deepEqual([status, body], [500, ""]);
    },
  },
  {
    fault: { kind: "status", status: 502, body: { message: "bad gateway" }, acts: true },
    acts: true,
    check: ({ status, body }) => {
      assert.deepEqual([status, body], [502, '{"message":"bad gateway"}']);
    },
  },
  {
    fault: { kind: "status", status: 504, headers: { "ratelimit-reset": null }, acts: true },
    acts: true,
    check: ({ status, body, headers }) => {
      assert.deepEqual([status, body, headers["ratelimit-reset"]], [504, "", undefined]);
      assert.equal(headers["content-type"], undefined);
    },
  },
  { fault: { kind: "cutBefore" }, acts: false, check: wasCut },
  { fault: { kind: "cutAfter" }, acts: true, check: wasCut },
  {
    fault: { kind: "cutInBody" },
    acts: true,
    check: answer => {
      assert.equal(answer.status, 201);
      assert.ok(answer.body.startsWith('{"id":"dep-'));
      assert.throws(() => JSON.parse(answer.body) as unknown);
      assert.equal(answer.error, "ECONNRESET");
    },
  },
  {
    fault: { kind: "html" },
    acts: false,
    check: ({ status, headers, body }) => {
      assert.equal(status, 200);
      assert.match(String(headers["content-type"]), /^text\/html/);
      assert.match(body, /^<!doctype html>/);
    },
  },
  {
    fault: { kind: "badJson" },
    acts: true,
    check: ({ status, body, error }) => {
      assert.equal(status, 201);
      assert.equal(error, undefined);
      assert.throws(() => JSON.parse(body) as unknown);
    },
  },
  {
    fault: { kind: "wrongShape" },
    acts: true,
    check: ({ status, body }) => {
      assert.equal(status, 201);
      assert.deepEqual(JSON.parse(body), { unexpected: [1, "two", null] });
    },
  },
  {
    fault: { kind: "emptyBody" },
    acts: true,
    check: ({ status, body, error }) => {
      assert.deepEqual([status, body, error], [201, "", undefined]);
    },
  },
  {
    fault: { kind: "huge", bytes: 3_000_000 },
    acts: true,
    check: ({ status, body }) => {
      assert.equal(status, 201);
      assert.equal(body.length, 3_000_000);
      assert.ok("padding" in (JSON.parse(body) as object));
    },
  },
  {
    fault: { kind: "redirect", location: "https://elsewhere.example/v1" },
    acts: false,
    check: ({ status, headers }) => {
      assert.deepEqual([status, headers["location"]], [307, "https://elsewhere.example/v1"]);
    },
  },
];

function wasCut({ status, error }: RawAnswer): void {
  assert.deepEqual([status, error], [0, "ECONNRESET"]);
}

describe("simulator: faults", () => {
  for (const { fault, acts, check } of rows) {
    it(`${JSON.stringify(fault)} ${acts ? "acts" : "does nothing"}`, async () => {
      await withSimulator({}, async bench => {
        const answer = await deployUnder(bench, fault);
        check(answer);
        assert.equal(answer.deploys, acts ? 1 : 0);
        assert.equal(bench.simulator.posts().length, acts ? 1 : 0);
        assert.equal(bench.simulator.requests.at(-1)?.fault, fault.kind);
        assert.equal((await bench.call("GET", "/users")).status, 200);
      });
    });
  }

  it("hang acts and never answers", async () => {
    await withSimulator({}, async ({ simulator, add }) => {
      const { id } = add().service;
      simulator.fail({ with: { kind: "hang" } });
      const stop = new AbortController();
      const url = `${simulator.url}/services/${id}/deploys`;
      const answer = rawCall({ url, key: simulator.key, method: "POST", body: {}, signal: stop.signal });
      while (simulator.posts().length === 0) await new Promise(setImmediate);
      assert.equal(simulator.deploysOf(id).length, 1);
      stop.abort();
      assert.deepEqual([(await answer).status, (await answer).error], [0, "ABORT_ERR"]);
    });
  });

  it("delay waits before it acts, and slowBody between pieces of the answer, by the simulator's clock", async () => {
    await withSimulator({}, async ({ simulator, clock, call }) => {
      for (const [fault, steps] of [
        [{ kind: "delay", ms: 5_000 }, 1],
        [{ kind: "slowBody", chunkMs: 5_000 }, 8],
      ] as const) {
        simulator.fail({ with: fault });
        const answer = call("GET", "/users");
        for (let step = 0; step < steps; step++) {
          while (clock.pending === 0) await new Promise(setImmediate);
          clock.advance(5_000);
        }
        assert.equal((await answer).status, 200);
        assert.equal(clock.pending, 0);
      }
    });
  });

  it("meets only the calls a rule names, so many times, until it is cleared", async () => {
    await withSimulator({}, async ({ simulator, call }) => {
      const down: Fault = { kind: "status", status: 503, body: { message: "down" } };
      const handle = simulator.fail({ method: "GET", path: /^\/users$/, times: 2, with: down });
      const forever = simulator.fail({ path: /^\/owners/, times: Infinity, with: down });
      const status = async (path: string): Promise<number> => (await call("GET", path)).status;
      assert.equal(await status("/services"), 200);
      assert.deepEqual(
        [await status("/users"), await status("/users"), await status("/users")],
        [503, 503, 200],
      );
      assert.equal(handle.hits, 2);
      assert.deepEqual([await status("/owners"), await status("/owners?limit=1")], [503, 503]);
      forever.clear();
      assert.equal(await status("/owners"), 200);
      simulator.fail({ times: Infinity, with: down });
      simulator.clearFaults();
      assert.equal(await status("/owners"), 200);
    });
  });

  for (const [name, quirks, body] of [
    ["JSON with a newline", {}, '{"message":"unauthorized"}\n'],
    ["nothing", { emptyErrorBody: true }, ""],
    ["text", { nonJsonErrorBody: true }, "upstream said: unauthorized\n"],
    ["JSON with a code", { errorCode: true }, '{"code":"http_401","message":"unauthorized"}\n'],
  ] as const) {
    it(`sends errors as ${name}`, async () => {
      await withSimulator({ quirks }, async ({ simulator }) => {
        const answer = await rawCall({ url: `${simulator.url}/users`, key: "rnd_wrong" });
        assert.deepEqual([answer.status, answer.body], [401, body]);
        assert.equal(simulator.requests.at(-1)?.authorized, false);
        assert.ok(!JSON.stringify(simulator.requests).includes("rnd_"));
      });
    });
  }
});
