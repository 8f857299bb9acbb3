import { setImmediate as turn } from "node:timers/promises";
import { isOver, type FollowedDeploy } from "../../src/features/following/followedDeploy.js";
import { RenderError, type RenderErrorKind } from "../../src/render/errors.js";
import { aTracker } from "./aTracker.js";
import { RecordingSink } from "./builders.js";
import { FakeClock } from "./fakeClock.js";
import { ScriptedRender } from "./scriptedRender.js";

/** A tracker with what it reads from and tells to, at ten seconds after the beginning of time. */
export function trackerBench() {
  const render = new ScriptedRender();
  const clock = new FakeClock({ now: 10_000 });
  const sink = new RecordingSink();
  const tracker = aTracker({ render, clock, sinks: [sink] });
  return { render, clock, sink, tracker };
}

/** How a trigger failed. */
export function failure(kind: RenderErrorKind, maybeReceived = false): RenderError {
  return new RenderError(kind, { method: "POST", path: "/services/srv-1/deploys", maybeReceived });
}

/** What the sink was told last, once that is an end. */
export async function settled(sink: RecordingSink): Promise<FollowedDeploy> {
  for (let turns = 0; turns < 10_000; turns += 1) {
    const last = sink.told.at(-1);
    if (last && isOver(last)) return last;
    await turn();
  }
  throw new Error(`not over: ${sink.stages.join(" ")}`);
}
