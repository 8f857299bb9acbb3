import { setImmediate as turn } from "node:timers/promises";
import { isOver, type DeployOrder } from "../../src/features/following/followedDeploy.js";
import { DeployStory } from "../../src/features/following/story.js";
import type { DeployTracker } from "../../src/features/following/tracker.js";
import { aTracker } from "./aTracker.js";
import { anOrder, RecordingLog, RecordingSink } from "./builders.js";
import { FakeClock } from "./fakeClock.js";
import { ScriptedRender } from "./scriptedRender.js";

/** Follows a deploy against a scripted Render to its end and gives what was written. */
export class StoryTelling {
  readonly render = new ScriptedRender();
  readonly clock: FakeClock;
  readonly #log = new RecordingLog();
  readonly #sink = new RecordingSink();
  readonly tracker: DeployTracker;

  constructor(flowBelowMs = Infinity) {
    this.clock = new FakeClock({ now: 10_000, flowBelowMs });
    const { render, clock } = this;
    const sinks = [this.#sink, new DeployStory(this.#log, clock)];
    this.tracker = aTracker({ render, clock, sinks });
  }

  get lines(): readonly string[] {
    return this.#log.lines;
  }

  async of(order: DeployOrder = anOrder()): Promise<readonly string[]> {
    await this.tracker.start(order);
    for (let turns = 0; turns < 10_000; turns += 1) {
      const last = this.#sink.told.at(-1);
      if (last && isOver(last)) return this.lines;
      await turn();
    }
    throw new Error(`not over:\n${this.lines.join("\n")}`);
  }
}
