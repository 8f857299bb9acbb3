import {
  isOver,
  type DeployOrder,
  type FollowedDeploy,
} from "../../../src/features/following/followedDeploy.js";
import { noticeOf } from "../../../src/features/following/followTexts.js";
import { AwaitedDeploys } from "../../../src/features/following/ledger/awaitedDeploys.js";
import type { Notes } from "../../../src/features/following/ledger/noteFolder.js";
import { SharedLedger } from "../../../src/features/following/ledger/sharedLedger.js";
import { DeployStory } from "../../../src/features/following/story.js";
import { Successors } from "../../../src/features/following/successors.js";
import { DeployTracker } from "../../../src/features/following/tracker.js";
import { RenderClient } from "../../../src/render/client.js";
import { RenderHttp } from "../../../src/render/http/http.js";
import type { Simulator } from "../../simulator/simulator.js";
import { RecordingLog } from "../../support/builders.js";
import { MemoryNotes } from "../../support/memoryNotes.js";
import { FaultyLine } from "./faultyLine.js";
import type { VirtualTime } from "./virtualTime.js";

export interface WalkWindowParts {
  readonly name: string;
  readonly simulator: Simulator;
  readonly time: VirtualTime;
  readonly notes: Notes;
  /** Of deploys that one of all windows takes care of; absent where there is one window. */
  readonly awaited?: Notes;
  readonly random: () => number;
  /** Told when Render accepted a trigger of this window, or refused it: the order's key, or undefined for a stray one. */
  readonly triggered: (key: string | undefined, accepted: boolean) => void;
  /** Told of each end that a person is told here. */
  readonly ended: (end: FollowedDeploy) => void;
}

/** A window of VS Code as far as deploys go: the parts of the extension that start and follow them. */
export class WalkWindow {
  readonly log = new RecordingLog();
  readonly line: FaultyLine;
  readonly tracker: DeployTracker;
  readonly #ledger: SharedLedger;
  readonly #leaving = new AbortController();
  readonly #http: RenderHttp;
  /** False for a window whose person is gone while its process lives on. */
  isSeen = true;

  constructor(parts: WalkWindowParts) {
    const { name, simulator, time, notes, awaited = new MemoryNotes(), random, triggered, ended } = parts;
    this.line = new FaultyLine(simulator, time, path => {
      const sending = this.tracker.running.find(
        ({ stage, sent, order }) =>
          sent !== undefined && stage.kind === "sending" && path.includes(`/services/${order.service.id}/`),
      );
      return accepted => {
        triggered(sending?.key, accepted);
      };
    });
    this.#http = new RenderHttp({
      fetch: () => Promise.resolve(this.line.fetch),
      apiUrl: () => "https://render.example/v1",
      apiKey: () => Promise.resolve(simulator.key),
      clock: time,
      random,
      log: this.log,
      userAgent: "walk",
    });
    this.#ledger = new SharedLedger({
      notes,
      window: name,
      origin: () => "https://render.example",
      isSeen: () => Promise.resolve(this.isSeen),
      clock: time,
      log: this.log,
    });
    let made = 0;
    this.tracker = new DeployTracker({
      render: new RenderClient(this.#http),
      watch: new RenderClient(this.#http, { background: true }),
      clock: time,
      ledger: this.#ledger,
      renderNow: () => this.#http.renderNow,
      newKey: () => `${name}.${++made}`,
      listen: () => undefined,
      why: () => Promise.resolve(undefined),
    });
    this.#ledger.whenTakenOver(key => {
      this.tracker.handOver(key);
    });
    this.tracker.tell(new DeployStory(this.log, time));
    const claims = new AwaitedDeploys({ notes: awaited, clock: time });
    this.tracker.tell(
      new Successors({
        tracker: this.tracker,
        written: () => this.#ledger.written(),
        claim: (serviceId, deploy) => claims.claimDeploy(serviceId, deploy),
        serviceOf: () => undefined,
        signal: this.#leaving.signal,
      }),
    );
    this.tracker.tell({
      deployChanged: now => {
        const isTold = isOver(now) && (noticeOf(now, time.now()) !== undefined || isOwnDoing(now));
        if (isTold) ended(now);
      },
    });
  }

  /** Takes up what other windows left. */
  async claim(): Promise<void> {
    for (const followed of await this.#ledger.claim()) this.tracker.resume(followed);
  }

  start(order: DeployOrder): Promise<FollowedDeploy> {
    return this.tracker.start(order);
  }

  /** As VS Code closes a window. */
  async close(): Promise<void> {
    this.#leaving.abort();
    this.tracker.dispose();
    await this.#ledger.release();
    this.#http.dispose();
  }

  /** As a process dies: nothing is released. What is left of it here is cleared away by `close`. */
  kill(): void {
    this.isSeen = false;
    this.#leaving.abort();
    this.tracker.dispose();
    this.#http.dispose();
  }
}

function isOwnDoing({ stage }: FollowedDeploy): boolean {
  return stage.kind === "lost" && stage.reason.kind === "stopped";
}
