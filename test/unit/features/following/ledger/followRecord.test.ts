import assert from "node:assert/strict";
import fc from "fast-check";
import type {
  DeployOrder,
  DeployStage,
  FollowedDeploy,
} from "../../../../../src/features/following/followedDeploy.js";
import {
  readRecord,
  writeRecord,
  type FollowRecord,
} from "../../../../../src/features/following/ledger/followRecord.js";
import { RenderError } from "../../../../../src/render/errors.js";
import type { Deploy } from "../../../../../src/render/shapes.js";
import { aDeploy, aFollowedDeploy, anOrder, aService } from "../../../../support/builders.js";

const error = new RenderError("timeout", { method: "POST", path: "/services/srv-1/deploys" });
const text = fc.string({ unit: "binary" });
const time = fc.integer();

/** With every optional field there or left out, as `exactOptionalPropertyTypes` wants it. */
const record = <T, K extends keyof T>(
  model: { [P in keyof T]: fc.Arbitrary<T[P]> },
  requiredKeys: K[],
): fc.Arbitrary<Pick<T, K> & Partial<Omit<T, K>>> =>
  fc.record(model, { requiredKeys, noNullPrototype: true }) as fc.Arbitrary<Pick<T, K> & Partial<Omit<T, K>>>;

const commit = record({ id: text, message: text, createdAt: time }, ["id"]);
const deploys: fc.Arbitrary<Deploy> = record(
  {
    id: text,
    status: text,
    trigger: text,
    commit,
    image: record({ ref: text, sha: text }, []),
    createdAt: time,
    startedAt: time,
    finishedAt: time,
    updatedAt: time,
  },
  ["id", "status"],
);
const orders: fc.Arbitrary<DeployOrder> = record(
  {
    service: record({ id: text, name: text, type: text, dashboardUrl: text, url: text }, [
      "id",
      "name",
      "type",
      "dashboardUrl",
    ]),
    place: record({ workspace: text, environment: text, isProtected: fc.boolean() }, [
      "workspace",
      "isProtected",
    ]),
    body: record(
      {
        commitId: text,
        imageUrl: text,
        clearCache: fc.constant("clear" as const),
        deployMode: fc.constant("deploy_only" as const),
      },
      [],
    ),
    rollbackTo: deploys,
    what: text,
    askedBy: text,
  },
  ["service", "place", "body", "what", "askedBy"],
);
const stages: fc.Arbitrary<DeployStage> = fc.oneof(
  fc.constant<DeployStage>({ kind: "sending" }),
  fc.constant<DeployStage>({ kind: "queued" }),
  deploys.map((deploy): DeployStage => ({ kind: "following", deploy })),
);
const baseline = record({ ids: fc.array(text), newest: time, running: deploys }, ["ids", "newest"]);
const followed: fc.Arbitrary<FollowedDeploy> = record(
  {
    key: text,
    order: orders,
    askedAt: time,
    stage: stages,
    sent: record({ baseline, sentAt: time }, ["baseline"]),
    steps: fc.array(record({ status: text, since: time, until: time }, ["status", "since"])),
    behind: deploys,
    answerLost: fc.boolean(),
    cancelAsked: fc.boolean(),
  },
  ["key", "order", "askedAt", "stage", "steps", "answerLost", "cancelAsked"],
);

const kept = (followedDeploy: FollowedDeploy): FollowRecord => ({
  origin: "https://api.render.com",
  owner: "window-1",
  followed: followedDeploy,
});

/** A followed deploy of a service of which only what is kept is known. */
function known(change: Partial<FollowedDeploy> = {}): FollowedDeploy {
  const { id, name, type, dashboardUrl = "" } = aService();
  return aFollowedDeploy({
    order: anOrder({ service: { id, name, type, dashboardUrl, url: "harbor-api:10000" } }),
    ...change,
  });
}

describe("a record of a followed deploy", () => {
  it("that is written and read is the same", () => {
    fc.assert(
      fc.property(text, text, followed, (origin, owner, deploy) => {
        const written = { origin, owner, followed: deploy };
        const read = readRecord(writeRecord(written));
        assert.deepEqual(read && { ...read }, { version: 1, ...written });
      }),
    );
  });

  it("keeps of the service only what is needed to tell of it later", () => {
    const read = readRecord(writeRecord(kept(aFollowedDeploy())));
    assert.deepEqual(Object.keys(read?.followed.order.service ?? {}).sort(), [
      "dashboardUrl",
      "id",
      "name",
      "type",
      "url",
    ]);
  });

  it("forgets how the last look went", () => {
    const read = readRecord(writeRecord(kept(known({ trouble: error }))));
    assert.deepEqual(read?.followed, known());
  });

  it("forgets its batch, which ends with its window", () => {
    const read = readRecord(writeRecord(kept(known({ order: { ...known().order, batch: "batch-1" } }))));
    assert.deepEqual(read?.followed, known());
  });

  it("keeps what was to be started after it", () => {
    const order = { ...known().order, next: [{ id: "srv-2", name: "harbor-web" }] };
    const read = readRecord(writeRecord(kept(known({ order }))));
    assert.deepEqual(read?.followed, known({ order }));
  });

  it("begins from what was sent where the answer was being looked for", () => {
    const read = readRecord(writeRecord(kept(known({ stage: { kind: "lookingUp", error } }))));
    assert.deepEqual(read?.followed.stage, { kind: "sending" });
  });

  for (const stage of [
    { kind: "ended", deploy: aDeploy({ status: "live" }), outcome: "live" },
    { kind: "notStarted", error },
    { kind: "unclear", error },
    { kind: "lost", reason: { kind: "stopped" } },
  ] as const)
    it(`of what is over (${stage.kind}) is none`, () => {
      assert.equal(readRecord(writeRecord(kept(known({ stage })))), undefined);
    });

  const good = JSON.parse(writeRecord(kept(known()))) as Record<string, unknown>;
  const changed = (change: object): string => JSON.stringify({ ...good, ...change });
  for (const [name, json] of [
    ["nothing", ""],
    ["half a file", JSON.stringify(good).slice(0, -20)],
    ["no JSON", "followed"],
    ["null", "null"],
    ["a list", "[]"],
    ["no version", JSON.stringify({ ...good, version: undefined })],
    ["a later version", changed({ version: 2 })],
    ["no owner", JSON.stringify({ ...good, owner: undefined })],
    ["an owner of another type", changed({ owner: 7 })],
    ["no deploy", changed({ followed: {} })],
    ["an unknown stage", changed({ followed: { ...known(), stage: { kind: "dreaming" } } })],
    ["a time that is text", changed({ followed: { ...known(), askedAt: "10:00" } })],
    ["a null where a field is left out", changed({ followed: { ...known(), behind: null } })],
  ] as const)
    it(`is not read from ${name}`, () => {
      assert.equal(readRecord(json), undefined);
    });

  it("may hold what this version does not know", () => {
    const read = readRecord(changed({ mood: "calm", followed: { ...known(), mood: "calm" } }));
    assert.deepEqual(read?.followed, known());
  });

  it("never throws, whatever is read", () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), text), json => {
        assert.equal(readRecord(json), undefined);
      }),
    );
  });
});
