import assert from "node:assert/strict";
import * as fc from "fast-check";
import { RenderClient } from "../../src/render/client.js";
import { eventPage } from "../../src/render/eventShapes.js";
import { logPage } from "../../src/render/logShapes.js";
import { RenderError, type RenderErrorKind } from "../../src/render/errors.js";
import { RenderHttp } from "../../src/render/http/http.js";
import { Reply } from "../../src/render/http/reply.js";
import {
  deployPage,
  deploySchema,
  environmentPage,
  environmentSchema,
  ownerPage,
  projectPage,
  servicePage,
  serviceSchema,
  userSchema,
} from "../../src/render/shapes.js";
import { rawCall } from "../simulator/rawCall.js";
import { ManualClock, optionalFields, startSimulator, type Quirks } from "../simulator/simulator.js";
import { RecordingLog } from "../support/builders.js";
import { FakeClock } from "../support/fakeClock.js";
import { figures } from "./figures.js";
import { spoil, spoilings } from "./mutations.js";
import { seed } from "./seed.js";
import { shapeChecks } from "./shapeCheck.js";

/** Every reply that is decoded. A new shape gets a row here and one in shapeCheck.ts. */
const schemas = {
  user: userSchema,
  owners: ownerPage,
  projects: projectPage,
  environments: environmentPage,
  environment: environmentSchema,
  services: servicePage,
  service: serviceSchema,
  deploys: deployPage,
  deploy: deploySchema,
  events: eventPage,
  logs: logPage,
};
type Name = keyof typeof schemas;
const names = Object.keys(schemas) as Name[];

const cases = 10_000;
const facts = { method: "GET", path: "/x", status: 200, requestId: undefined };

/** What a decoder makes of a text: its value, or the kind of its typed error. Anything else is a crash. */
function decode(name: Name, text: string): { readonly value: unknown } | { readonly error: RenderError } {
  try {
    return { value: new Reply(facts, text).read<unknown>(name, schemas[name]) };
  } catch (error) {
    if (error instanceof RenderError) return { error };
    throw error;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** A typed error that says where, or a value of its shape. */
function checkOutcome(name: Name, text: string): "value" | RenderErrorKind {
  const outcome = decode(name, text);
  if ("value" in outcome) {
    assert.ok(shapeChecks[name](outcome.value), `not a valid ${name}: ${JSON.stringify(outcome.value)}`);
    return "value";
  }
  const { kind, field, maybeReceived, message } = outcome.error;
  const expected = text.trim() === "" ? "emptyBody" : isJson(text) ? "badShape" : "notJson";
  assert.equal(kind, expected);
  assert.equal(maybeReceived, true);
  assert.ok(message.length < 300);
  if (kind === "badShape") assert.match(field ?? "", new RegExp(`^${name}(?:\\.[A-Za-z]+|\\.\\d+)*$`, "u"));
  return kind;
}

/** Has the form of a date, but any digits: months, days, hours and offsets that there are not. */
const nearlyDate = /^\d{4}-[0-3]\d-[0-3]\d[T ][0-2]\d:[0-6]\d:[0-6]\d(\.\d{1,9})?(Z| ?[+-]\d{2}(:?\d{2})?)$/;

describe("fuzz: decoders", function () {
  this.timeout(120_000);
  const replies: { name: Name; reply: unknown }[] = [];

  before(async () => {
    const variants: Partial<Quirks>[] = [
      {},
      { finishedAtNull: true, networkIsolationMissing: true, extraFields: true },
      { missingOptionalFields: optionalFields },
    ];
    for (const quirks of variants) replies.push(...(await repliesOf(quirks)));
  });

  it("give a value of each reply as it comes", () => {
    assert.deepEqual([...new Set(replies.map(({ name }) => name))].sort(), [...names].sort());
    for (const { name, reply } of replies) assert.ok("value" in decode(name, JSON.stringify(reply)), name);
  });

  it(`give a value of its shape or a typed error, never a crash: ${cases} spoilt replies`, () => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(fc.nat(), spoilings, (pick, spoiling) => {
        const { name, reply } = replies[pick % replies.length] ?? assert.fail("no replies");
        const text = spoil(reply, spoiling);
        const began = performance.now();
        const kind = checkOutcome(name, text);
        figures.took(`fuzz: ${name}`, performance.now() - began);
        seen.set(kind, (seen.get(kind) ?? 0) + 1);
      }),
      { numRuns: cases, seed },
    );
    figures.add("fuzz cases", cases);
    assert.equal(Reflect.get({}, "polluted"), undefined);
    assert.deepEqual(Object.keys(Object.prototype), []);
    // A run that never gets beyond the first check would prove nothing.
    for (const kind of ["value", "badShape", "notJson", "emptyBody"])
      assert.ok((seen.get(kind) ?? 0) > cases / 100, `${kind}: ${seen.get(kind) ?? 0}`);
  });

  it("are checked by something that finds a wrong value", () => {
    const wrong: readonly [Name, unknown][] = [
      ["user", { email: "ada@harbor.example" }],
      ["user", { email: "ada@harbor.example", name: "Ada", key: "x" }],
      ["deploy", { id: "dep-1", status: "live", createdAt: NaN }],
      ["deploy", { id: "dep-1", status: "live", trigger: undefined }],
      ["deploy", { id: "dep-1", status: null }],
      ["owners", [{ item: { id: "tea-1", name: "Harbor Labs", type: "team" } }]],
      ["owners", { 0: { cursor: undefined, item: undefined } }],
      ["deploy", Object.assign(Object.create({ polluted: true }) as object, { id: "dep-1", status: "live" })],
    ];
    for (const [name, value] of wrong) assert.equal(shapeChecks[name](value), false, JSON.stringify(value));
    assert.equal(shapeChecks.deploy({ id: "dep-1", status: "live" }), true);
  });

  it("read each date that Render may send to the millisecond, and take no other for a date", () => {
    const day = {
      min: new Date("1970-01-01T00:00:00Z"),
      max: new Date("9999-12-31T23:59:59Z"),
      noInvalidDate: true,
    };
    const runs = 2_000;
    fc.assert(
      fc.property(fc.date(day), fc.stringMatching(/^[0-9]{0,9}$/), (date, fraction) => {
        const whole = date.toISOString().slice(0, 19);
        const createdAt = `${whole}${fraction === "" ? "" : `.${fraction}`}Z`;
        const expected = Date.parse(`${whole}Z`) + Number(fraction.padEnd(3, "0").slice(0, 3));
        const outcome = decode("deploy", JSON.stringify({ id: "dep-1", createdAt }));
        assert.deepEqual(outcome, { value: { id: "dep-1", status: "created", createdAt: expected } });
      }),
      { numRuns: runs, seed },
    );
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(nearlyDate)), createdAt => {
        checkOutcome("deploy", JSON.stringify({ id: "dep-1", createdAt }));
      }),
      { numRuns: runs, seed },
    );
    figures.add("fuzz cases", 2 * runs);
  });
});

describe("fuzz: paging", () => {
  /** Lists all owners from a server that sends these pages in turn, for ever. */
  async function listAll(
    pages: (number: number) => unknown,
  ): Promise<{ requests: number; error?: RenderError }> {
    let requests = 0;
    const http = new RenderHttp({
      fetch: () =>
        Promise.resolve(() => {
          const text = JSON.stringify(pages(requests++));
          return Promise.resolve({ status: 200, headers: { get: () => null }, body: bytesOf(text) });
        }),
      apiUrl: () => "https://api.render.com/v1",
      apiKey: () => Promise.resolve("rnd_1"),
      clock: new FakeClock({ flowBelowMs: 12_000 }),
      random: () => 0.5,
      log: new RecordingLog(),
      userAgent: "render-deploy/0.1.0 test",
    });
    try {
      for await (const page of new RenderClient(http).owners(new AbortController().signal))
        assert.ok(page.length > 0);
    } catch (error) {
      assert.ok(error instanceof RenderError);
      return { requests, error };
    }
    return { requests };
  }

  const owner = { id: "tea-1", name: "Harbor Labs", type: "team" };
  const pageOf = (length: number, cursor: unknown): unknown[] =>
    Array.from({ length }, (_, i) => ({ owner, cursor: i === length - 1 ? cursor : `c${i}` }));

  it("ends whatever the cursors are, and asks for no page twice", async function () {
    this.timeout(60_000);
    const runs = 300;
    const cursor = fc.oneof(
      fc.constantFrom("a", "b", "c", "", null, "x".repeat(5_000)),
      fc.string({ unit: "binary" }),
    );
    const page = fc.record({ length: fc.constantFrom(0, 1, 99, 100, 100, 100, 100, 101), cursor });
    await fc.assert(
      fc.asyncProperty(fc.array(page, { minLength: 1, maxLength: 8 }), async pages => {
        const { requests, error } = await listAll(number => {
          const { length, cursor: last } = pages[number % pages.length] ?? assert.fail();
          return pageOf(length, last);
        });
        assert.ok(requests <= pages.length + 1, `${requests} requests for ${pages.length} pages`);
        if (error) assert.deepEqual([error.kind, error.field], ["badShape", "cursor"]);
      }),
      { numRuns: runs, seed },
    );
    figures.add("fuzz cases", runs);
  });

  it("ends after 500 pages that are all new", async function () {
    this.timeout(30_000);
    const { requests, error } = await listAll(number => pageOf(100, `new-${number}`));
    assert.deepEqual([requests, error?.kind], [500, "tooLarge"]);
  });
});

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

/** Replies of the simulator for every decoder: lists of at most three, and each kind of service and deploy by itself. */
async function repliesOf(quirks: Partial<Quirks>): Promise<{ name: Name; reply: unknown }[]> {
  const simulator = await startSimulator({ clock: new ManualClock(), quirks });
  const get = async (path: string): Promise<unknown> =>
    JSON.parse((await rawCall({ url: simulator.url + path, key: simulator.key })).body);
  const listed = async (name: Name, path: string): Promise<{ name: Name; reply: unknown }> => {
    return { name, reply: ((await get(path)) as unknown[]).slice(0, 3) };
  };
  try {
    const replies = [
      { name: "user" as const, reply: await get("/users") },
      await listed("owners", "/owners"),
      await listed("projects", "/projects"),
      await listed("services", "/services"),
    ];
    for (const { project } of (await get("/projects")) as { project: { id: string } }[])
      replies.push(await listed("environments", `/environments?projectId=${project.id}`));
    for (const { project } of (await get("/projects")) as { project: { environmentIds: string[] } }[])
      for (const id of project.environmentIds)
        replies.push({ name: "environment", reply: await get(`/environments/${id}`) });
    const byType = new Map(simulator.services.map(record => [record.service.type, record]));
    for (const { service, deploys } of byType.values()) {
      replies.push({ name: "service", reply: await get(`/services/${service.id}`) });
      replies.push(await listed("deploys", `/services/${service.id}/deploys`));
      replies.push(await listed("events", `/services/${service.id}/events?startTime=1970-01-01T00:00:00Z`));
      replies.push({
        name: "logs",
        reply: await get(`/logs?ownerId=${service.ownerId}&resource=${service.id}`),
      });
      const [deploy] = deploys;
      if (deploy)
        replies.push({ name: "deploy", reply: await get(`/services/${service.id}/deploys/${deploy.id}`) });
    }
    return replies;
  } finally {
    await simulator.close();
  }
}
