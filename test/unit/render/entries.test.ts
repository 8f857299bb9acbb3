import assert from "node:assert/strict";
import fc from "fast-check";
import type { RenderClient } from "../../../src/render/client.js";
import type { OddEntry } from "../../../src/render/entries.js";
import { errorOf, json, never, tearDown } from "./http/localRender.js";
import { all, startClient } from "./http/startClient.js";

interface List {
  readonly name: string;
  /** An entry that can be used, with this number. */
  readonly good: (number: number) => { readonly id: string };
  /** Fields without which, or with an odd value of which, it cannot. */
  readonly needs: readonly string[];
  readonly read: (
    render: RenderClient,
    leftOut: (odd: readonly OddEntry[]) => void,
  ) => AsyncGenerator<{ id: string }[]>;
}

const lists: readonly List[] = [
  {
    name: "owner",
    good: i => ({ id: `tea-${i}`, name: `harbor ${i}` }),
    needs: ["id", "name"],
    read: (render, leftOut) => render.owners(never(), leftOut),
  },
  {
    name: "project",
    good: i => ({ id: `prj-${i}`, name: `harbor ${i}` }),
    needs: ["id", "name"],
    read: (render, leftOut) => render.projects(never(), leftOut),
  },
  {
    name: "environment",
    good: i => ({ id: `evm-${i}`, name: `harbor ${i}`, projectId: "prj-1" }),
    needs: ["id", "name", "projectId"],
    read: (render, leftOut) => render.environments(["prj-1"], never(), leftOut),
  },
  {
    name: "service",
    good: i => ({ id: `srv-${i}`, name: `harbor ${i}`, ownerId: "tea-1", type: "web_service" }),
    needs: ["id", "name", "ownerId", "type"],
    read: (render, leftOut) => render.services({ includePreviews: false }, never(), leftOut),
  },
];

/** What stands in place of an entry, or of a field that it needs. */
const oddEntry = (
  needs: readonly string[],
): fc.Arbitrary<{ field?: string; value: unknown; wrapper?: unknown }> =>
  fc.oneof(
    fc.record({
      field: fc.constantFrom(...needs),
      value: fc.constantFrom(null, "", 5, {}, [], true, undefined),
    }),
    fc.record({ value: fc.constantFrom("x", 5, [], {}, true) }),
    fc.record({ value: fc.constant(null), wrapper: fc.constantFrom(null, 5, "x", []) }),
  );

describe("a list with odd entries", () => {
  afterEach(tearDown);

  for (const { name, good, needs, read } of lists)
    it(`of ${name}s gives all the others, whatever their number and place, and counts and names the odd ones`, async () => {
      const shape = fc.array(fc.option(oddEntry(needs), { freq: 3 }), { maxLength: 260 });
      await fc.assert(
        fc.asyncProperty(shape, async entries => {
          const wrappers = entries.map((odd, i) => {
            const entry: Record<string, unknown> = { ...good(i) };
            if (odd?.field !== undefined) entry[odd.field] = odd.value;
            const item = odd === null || odd.field !== undefined ? entry : odd.value;
            return odd && "wrapper" in odd ? odd.wrapper : { cursor: `c${i}`, [name]: item };
          });
          const odd: OddEntry[] = [];
          const { render, log } = await startClient((r, { url }) => {
            const after = /cursor=c(\d+)/u.exec(url)?.[1];
            const from = after === undefined ? 0 : Number(after) + 1;
            json(r, 200, wrappers.slice(from, from + 100));
          });
          const got = await all(read(render, more => odd.push(...more)));
          const expected = entries.flatMap((each, i) => (each === null ? [good(i).id] : []));
          assert.deepEqual(
            got.flat().map(({ id }) => id),
            expected,
          );
          assert.equal(odd.length, entries.length - expected.length);
          for (const { id = "", field } of odd)
            assert.ok(log.lines.some(line => line.includes(id) && line.includes(field)));
          await tearDown();
        }),
        { numRuns: 25 },
      );
    });

  it("goes on after the last cursor that can be read where the last is odd", async () => {
    const entry = (i: number): unknown => ({ cursor: `c${i}`, owner: { id: `tea-${i}`, name: "harbor" } });
    for (const last of [null, 5, { cursor: 7, owner: { id: "tea-99", name: "harbor" } }]) {
      const wrappers = [...Array.from({ length: 99 }, (_, i) => entry(i)), last, entry(100), entry(101)];
      const { render, urls } = await startClient((r, { url }) => {
        const after = /cursor=c(\d+)/u.exec(url)?.[1];
        const from = after === undefined ? 0 : Number(after) + 1;
        json(r, 200, wrappers.slice(from, from + 100));
      });
      const ids = (await all(render.owners(never()))).flat().map(({ id }) => id);
      assert.deepEqual(
        [ids.length, new Set(ids).size, ids.at(-1)],
        [last instanceof Object ? 102 : 101, ids.length, "tea-101"],
      );
      assert.equal(urls().length, 2);
    }
  });

  it("tells of each once, however often it is read, with its id and what is odd", async () => {
    const { render, log } = await startClient(r => {
      json(r, 200, [
        { deploy: { id: "dep-1" } },
        { deploy: { id: "dep-2", commit: 5 } },
        { deploy: { status: "live" } },
      ]);
    });
    for (let i = 0; i < 3; i++)
      assert.deepEqual(
        (await render.listDeploys("srv-1", { limit: 20 }, never())).map(({ id }) => id),
        ["dep-1", "dep-2"],
      );
    assert.deepEqual(
      log.lines.filter(line => line.includes("left out")),
      ["An entry without an id of /services/srv-1/deploys was left out, as deploy.id is not as it should be"],
    );
  });

  it("of events, Blueprints, what they control, and errors of a file gives the others", async () => {
    const blueprint = {
      id: "exs-1",
      name: "harbor",
      repo: "https://github.com/a/b",
      branch: "main",
      path: "render.yaml",
    };
    const bodies: Record<string, unknown> = {
      "/services/srv-1/events": [
        { event: { id: "evt-1", type: "x", timestamp: "0001-01-01T00:00:00Z" } },
        { event: { id: "evt-2" } },
      ],
      "/blueprints": [{ blueprint }, { blueprint: { ...blueprint, id: "exs-2", repo: null } }],
      "/blueprints/exs-1": {
        ...blueprint,
        resources: [{ id: "srv-1", name: "api", type: "web_service" }, { id: "srv-2" }, 5],
      },
      "/blueprints/exs-3": { ...blueprint, resources: null },
      "/blueprints/exs-4": { ...blueprint, resources: "none" },
      "/blueprints/validate": {
        valid: false,
        errors: [{ error: "bad", line: "3", column: null }, { line: 4 }],
      },
    };
    const { render } = await startClient((r, { url }) => {
      json(r, 200, bodies[/\/v1([^?]*)/u.exec(url)?.[1] ?? ""]);
    });
    const leftOut: string[] = [];
    const tell = (odd: readonly OddEntry[]): void => {
      leftOut.push(...odd.map(({ field }) => field));
    };
    const events = render.events("srv-1", { types: ["x"], from: 0, until: 1 }, never());
    assert.deepEqual((await all(events)).flat(), [{ id: "evt-1", type: "x" }]);
    assert.deepEqual((await all(render.blueprints(never(), tell))).flat(), [blueprint]);
    assert.deepEqual((await render.blueprint("exs-1", never(), tell)).resources, [
      { id: "srv-1", name: "api", type: "web_service" },
    ]);
    assert.deepEqual((await render.blueprint("exs-3", never(), tell)).resources, []);
    assert.deepEqual((await render.blueprint("exs-4", never(), tell)).resources, []);
    assert.deepEqual(leftOut, ["blueprint.repo", "resource.name", "resource", "resources"]);
    assert.deepEqual(await render.validateBlueprint("tea-1", "x", never()), {
      valid: false,
      errors: [{ error: "bad" }],
    });
  });

  it("is no list where it is something else", async () => {
    const { render } = await startClient(r => {
      json(r, 200, { services: [] });
    });
    assert.equal((await errorOf(all(render.owners(never())))).kind, "badShape");
  });
});
