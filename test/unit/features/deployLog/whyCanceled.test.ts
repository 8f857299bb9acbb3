import assert from "node:assert/strict";
import { whyCanceled } from "../../../../src/features/deployLog/whyCanceled.js";
import type { ServiceEvent } from "../../../../src/render/eventShapes.js";
import type { Deploy } from "../../../../src/render/shapes.js";
import { aDeploy } from "../../../support/builders.js";

const { signal } = new AbortController();
const minute = 60_000;
const canceled = aDeploy({ status: "canceled", createdAt: 10 * minute, finishedAt: 12 * minute });
const later = aDeploy({ id: "dep-2", trigger: "manual", commit: { id: "b".repeat(40), message: "Dim it" } });

/** Why it was canceled, and the times and types that were asked for. */
async function why(events: ServiceEvent[], deploy: Deploy = canceled, known: Deploy[] = [later, canceled]) {
  const asked: unknown[] = [];
  const render = {
    async *events(id: string, range: object): AsyncGenerator<ServiceEvent[]> {
      asked.push({ id, ...range });
      yield await Promise.resolve(events.slice(0, 1));
      yield events.slice(1);
    },
  };
  return { reason: await whyCanceled(render, "srv-1", deploy, known, signal), asked };
}

const ended = (deployId: string, newDeployId?: string): ServiceEvent => ({
  id: `evt-${deployId}`,
  type: "deploy_ended",
  deployId,
  ...(newDeployId !== undefined && { newDeployId }),
});

describe("whyCanceled", () => {
  it("names the deploy that took its place, and what or who started it", async () => {
    const { reason, asked } = await why([ended("dep-0", "dep-1"), ended("dep-1", "dep-2")]);
    assert.deepEqual(reason, {
      text: "A later deploy took its place: bbbbbbb Dim it (Dashboard).",
      lines: [],
    });
    assert.deepEqual(asked, [
      { id: "srv-1", types: ["deploy_ended", "deploy_started"], from: 9 * minute, until: 13 * minute },
    ]);
  });

  it("names the person who asked for that one, where Render tells", async () => {
    const started = {
      id: "evt-2",
      type: "deploy_started",
      deployId: "dep-2",
      startedBy: "ada@harbor.example",
    };
    const others = { ...started, deployId: "dep-3", startedBy: "grace@harbor.example" };
    const { reason } = await why([others, started, ended("dep-1", "dep-2")]);
    assert.equal(
      reason?.text,
      "A later deploy took its place: bbbbbbb Dim it (Dashboard, ada@harbor.example).",
    );
  });

  it("names it by its id where nothing else is known of it", async () => {
    const { reason } = await why([ended("dep-1", "dep-2")], canceled, []);
    assert.equal(reason?.text, "A later deploy took its place: dep-2.");
  });

  for (const [name, events] of [
    ["it was canceled for no later one", [ended("dep-1")]],
    ["only other deploys have ended", [ended("dep-0", "dep-1")]],
    ["there are no events", []],
  ] as const)
    it(`says nothing where ${name}`, async () => {
      assert.equal((await why([...events])).reason, undefined);
    });

  it("asks for nothing where it is not known when the deploy was", async () => {
    const { reason, asked } = await why([ended("dep-1", "dep-2")], { id: "dep-1", status: "canceled" });
    assert.deepEqual([reason, asked], [undefined, []]);
  });
});
