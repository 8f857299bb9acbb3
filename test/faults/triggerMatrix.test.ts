import assert from "node:assert/strict";
import { deployOf, isOver, type FollowedDeploy } from "../../src/features/following/followedDeploy.js";
import { noticeOf } from "../../src/features/following/followTexts.js";
import { DeployStory } from "../../src/features/following/story.js";
import { explain } from "../../src/render/errorTexts.js";
import { sampleRepository } from "../simulator/simulator.js";
import { aService, anOrder, RecordingSink } from "../support/builders.js";
import { faultCases, type FaultCase } from "./faultTable.js";
import { aTracker } from "../support/aTracker.js";
import { figures } from "./figures.js";
import { useRig, type MatrixCell, type Target } from "./matrixRig.js";
import { sentenceOf, unclearSentence } from "./sentences.js";

const service = aService({ id: sampleRepository.lighthouse.serviceId, name: "lighthouse" });
const order = anOrder({ service });
const post: Target = { method: "POST", path: /^\/services\/[^/]+\/deploys$/u };
const list: Target = { ...post, method: "GET" };

/** Where a fault meets a trigger. */
type Moment =
  /** The POST only. */
  | "the POST"
  /** The reading of the list that comes before it. */
  | "the list before"
  /** The POST and all readings of the list after it. */
  | "the POST and all after"
  /** The POST only, which is answered with 202, as another deploy runs. */
  | "the POST behind another deploy";

/** How it must end, and what a person must read. */
interface Expected {
  readonly stage: "ended" | "notStarted" | "unclear";
  readonly text: string | RegExp;
  /** Whether the answer was lost and the deploy was found in the list. */
  readonly answerLost: boolean;
  readonly posts: 0 | 1;
  readonly accepted: 0 | 1;
}

/** 201 and 202 are what a trigger's answer may be, so a 200 is unexpected; a page is what it is with any. */
function kindOf({ fault, kind }: FaultCase): FaultCase["kind"] {
  const is200 = typeof fault === "object" && fault.kind === "status" && fault.status === 200;
  return is200 && kind !== "intercepted" ? "unexpectedStatus" : kind;
}

/** A 202 has no body that could be spoilt or be slow. */
function spoilsBodyOnly({ fault }: FaultCase): boolean {
  return typeof fault === "object" && ["emptyBody", "badJson", "wrongShape", "slowBody"].includes(fault.kind);
}

function expectedOf(moment: Moment, fault: FaultCase): Expected {
  const kind = moment === "the list before" ? fault.kind : kindOf(fault);
  const live = /^lighthouse is live with 7c1f0e9 Cache port lookups \(main\), after \d/u;
  const followed = { stage: "ended", text: live, posts: 1, accepted: 1 } as const;
  if (kind === undefined) return { ...followed, answerLost: false };
  const sentence = `Could not deploy lighthouse: ${sentenceOf(kind, fault.isUnclear)}${fault.tail ?? ""}`;
  const notStarted = {
    stage: "notStarted",
    text: `${sentence} Nothing was deployed.`,
    answerLost: false,
    accepted: 0,
  } as const;
  const unclear = {
    stage: "unclear",
    text: unclearSentence("lighthouse"),
    answerLost: false,
    posts: 1,
  } as const;
  const accepted = fault.acts ? 1 : 0;
  switch (moment) {
    case "the list before":
      return { ...notStarted, posts: 0 };
    case "the POST":
      return fault.acts ? { ...followed, answerLost: true } : { ...notStarted, posts: 1 };
    case "the POST and all after":
      return fault.unsure ? { ...unclear, accepted } : { ...notStarted, posts: 1 };
    case "the POST behind another deploy":
      if (spoilsBodyOnly(fault)) return { ...followed, answerLost: false };
      if (fault.acts) return { ...followed, answerLost: true };
      // Render may hold a trigger back without showing it while another deploy runs.
      return fault.unsure ? { ...unclear, accepted } : { ...notStarted, posts: 1 };
  }
}

const moments: readonly Moment[] = [
  "the POST",
  "the list before",
  "the POST and all after",
  "the POST behind another deploy",
];

describe("fault matrix: a deploy", () => {
  const newCell = useRig();

  for (const moment of moments)
    for (const fault of faultCases) {
      const name = `${fault.name} at ${moment}`;
      it(name, () => figures.time(`deploy: ${name}`, () => check(newCell(), moment, fault)));
    }
});

async function check(cell: MatrixCell, moment: Moment, fault: FaultCase): Promise<void> {
  const expected = expectedOf(moment, fault);
  const { simulator, clock, log } = cell;
  if (moment === "the POST behind another deploy") {
    simulator.setOverlap("wait");
    simulator.push(service.id, { id: "e".repeat(40), message: "Someone else's" });
  }
  const known = new Set(simulator.deploysOf(service.id).map(({ id }) => id));
  const sink = new RecordingSink();
  const sinks = [new DeployStory(log, clock), sink];
  const tracker = aTracker({ render: cell.render, clock, sinks });
  if (moment === "the list before") cell.put(fault, list);
  else cell.put(fault, post);
  if (moment === "the POST and all after")
    cell.onSent(post, () => {
      cell.put(fault, list);
    });

  const result = await cell.finish(tracker.start(order));
  assert.ok(result.status === "fulfilled");
  await cell.passUntil(() => isOver(sink.told.at(-1) ?? result.value));
  const end = sink.told.at(-1) ?? assert.fail("nothing was told");
  const started = simulator.deploysOf(service.id).filter(({ id }) => !known.has(id));
  count(end, started);

  const text = noticeOf(end, clock.now())?.text ?? "";
  const tries = cell.sentTo(post);
  const arrives = typeof fault.fault !== "string" || moment === "the list before";
  assert.equal(end.stage.kind, expected.stage);
  if (typeof expected.text === "string") assert.equal(text, expected.text);
  else assert.match(text, expected.text);
  assert.equal(end.answerLost, expected.answerLost);
  assert.deepEqual([tries, cell.reached(post)], [expected.posts, arrives ? expected.posts : 0]);
  assert.deepEqual([simulator.posts().length, started.length], [expected.accepted, expected.accepted]);
  if (expected.stage === "ended") assert.equal(deployOf(end)?.id, started[0]?.id);
  if (moment === "the list before" && fault.kind !== undefined) assert.equal(cell.sentTo(list), fault.tries);
  assert.deepEqual(tracker.running, []);
  cell.assertClean({ told: sink.told, text });
}

/** A deploy is lost when the server began it and the person is neither shown it nor told to look for it. */
function count(end: FollowedDeploy, started: readonly { id: string }[]): void {
  figures.add("fault cells");
  figures.add("confirmed triggers");
  figures.add("accepted POSTs", started.length);
  figures.add("duplicates", Math.max(0, started.length - 1));
  const isShown = end.stage.kind === "unclear" || started.every(({ id }) => id === deployOf(end)?.id);
  if (!isShown) figures.add("lost");
}

describe("fault matrix: canceling a deploy", () => {
  const newCell = useRig();
  const cancel: Target = { method: "POST", path: /^\/services\/[^/]+\/deploys\/[^/]+\/cancel$/u };

  for (const fault of faultCases)
    it(fault.name, () =>
      figures.time(`cancel: ${fault.name}`, async () => {
        const cell = newCell();
        const { simulator, clock, render } = cell;
        const { id } = simulator.deployElsewhere(service.id);
        const tracker = aTracker({ render, clock, sinks: [] });
        cell.put(fault, cancel);
        const result = await cell.finish(tracker.cancel(service.id, id, new AbortController().signal));
        assert.ok(result.status === "fulfilled");
        const { value } = result;
        const text =
          value.kind === "failed" ? explain(value.error, "cancel the deploy of lighthouse").text : "";

        figures.add("fault cells");
        assert.equal(value.kind, fault.acts ? "canceled" : "failed");
        const status = simulator.deploysOf(service.id).find(deploy => deploy.id === id)?.status;
        assert.equal(status === "canceled", fault.acts);
        if (!fault.acts)
          assert.equal(
            text,
            `Could not cancel the deploy of lighthouse: ${sentenceOf(fault.kind ?? assert.fail(), fault.isUnclear)}${fault.tail ?? ""}`,
          );
        const arrived = typeof fault.fault === "string" ? 0 : 1;
        assert.deepEqual([cell.sentTo(cancel), cell.reached(cancel)], [1, arrived]);
        cell.assertClean({ value, text });
      }),
    );
});
