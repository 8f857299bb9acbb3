import type { Clock } from "../ports.js";
import type { RenderClient } from "../render/client.js";
import { isGone, RenderError } from "../render/errors.js";
import type { Deploy } from "../render/shapes.js";
import { DeployLooks } from "./deployLooks.js";
import {
  deployOf,
  isOver,
  type DeployStage,
  type FollowedDeploy,
  type LostReason,
} from "./followedDeploy.js";
import { deploysSince, runningOf, startedBy } from "./newDeploys.js";
import { viewOf } from "./status.js";
import { findTwin, triggerOnce, type TriggerParts, type TriggerResult } from "./trigger.js";

/** How long an accepted deploy may stay invisible while nothing else runs, in milliseconds. */
const longestSilence = 5 * 60_000;

/** Where followed deploys are written down, so that they outlive the window that began to follow them. */
export interface FollowLedger {
  /** Writes or replaces what is known. Resolves when it is written, or surely cannot be; never rejects. */
  keep(followed: FollowedDeploy): Promise<void>;
  /**
   * Takes it out, as its end is about to be told. True for exactly one caller of all windows: the one who tells.
   * Never rejects.
   */
  settle(key: string): Promise<boolean>;
}

export interface FollowingParts extends Pick<TriggerParts, "render" | "clock" | "renderNow"> {
  /** Reads in the background, at the pace that Render's rate limits leave. */
  readonly watch: Pick<RenderClient, "listDeploys" | "getDeploy">;
  readonly clock: Clock;
  readonly ledger: FollowLedger;
  /** Whether a deploy belongs to another order of this window, or one sent later may have the better claim on it. */
  readonly isTaken: (deploy: Deploy, by: FollowedDeploy) => boolean;
  /** Told of each change. It must not throw. */
  readonly tell: (now: FollowedDeploy, before: FollowedDeploy | undefined) => void;
}

/** One deploy from the moment it is asked for to its end: sends it, finds it, looks at it until it is over. */
export class Following {
  readonly #parts: FollowingParts;
  /** Aborted when nothing more is to be done here: it is over, or the window closes. */
  readonly #end = new AbortController();
  readonly #looks: DeployLooks;
  #now: FollowedDeploy;
  #isSending = false;
  #isSettling = false;
  #written: Promise<void> = Promise.resolve();

  constructor(parts: FollowingParts, first: FollowedDeploy) {
    this.#parts = parts;
    this.#now = first;
    this.#looks = new DeployLooks({
      clock: parts.clock,
      since: first.askedAt,
      signal: this.#end.signal,
      trouble: trouble => {
        if (trouble !== this.#now.trouble) this.#change({ trouble });
      },
    });
    parts.tell(first, undefined);
  }

  get now(): FollowedDeploy {
    return this.#now;
  }

  /** Sends the order. Resolves once it is known what became of it; following goes on after that. Never rejects. */
  async send(): Promise<void> {
    if (this.#isEnded()) return;
    this.#isSending = true;
    const result = await triggerOnce(this.#triggerParts(), this.#now.order, {
      sending: sent => {
        this.#change({ sent });
        return this.#written;
      },
      lookingUp: error => {
        this.#change({ stage: { kind: "lookingUp", error } });
      },
    });
    this.#isSending = false;
    await this.#take(result);
  }

  /** Goes on with what an earlier window wrote down, or with a deploy that was started elsewhere. Never rejects. */
  async resume(): Promise<void> {
    const { stage, sent, order } = this.#now;
    this.#write();
    if (stage.kind === "following") return this.#follow(stage.deploy, "now");
    if (stage.kind === "queued") return this.#awaitDeploy("now");
    const error = new RenderError("aborted", { method: "POST", path: "", maybeReceived: true });
    if (!sent) return this.#finish({ kind: "notStarted", error });
    this.#change({ stage: { kind: "lookingUp", error } });
    await this.#take(await findTwin(this.#triggerParts(), order, sent, error));
  }

  /** Ends it without having seen the end; whatever runs goes on at Render. */
  async leave(reason: LostReason): Promise<void> {
    if (reason.kind === "elsewhere") this.#over({ kind: "lost", reason, ...this.#known() });
    else await this.#lose(reason);
  }

  /** The person asked Render to cancel it, or that failed. */
  setCancelAsked(cancelAsked: boolean): void {
    if (!isOver(this.#now)) this.#change({ cancelAsked });
  }

  /** Looks at once. */
  wake(): void {
    this.#looks.wake();
  }

  /** The window closes: everything ends here, nothing is told, and what is written down stays. */
  dispose(): void {
    this.#end.abort();
  }

  #triggerParts(): TriggerParts {
    const { render, clock, renderNow, isTaken } = this.#parts;
    return {
      render,
      clock,
      renderNow,
      isTaken: deploy => isTaken(deploy, this.#now),
      signal: this.#end.signal,
    };
  }

  async #take(result: TriggerResult): Promise<void> {
    if (isOver(this.#now)) this.#end.abort();
    if (this.#isEnded()) return;
    switch (result.kind) {
      case "started":
        this.#change({ answerLost: result.answerLost });
        this.#see(result.deploy);
        void this.#follow(result.deploy, "soon");
        return;
      case "queued": {
        const behind = this.#now.sent?.baseline.running;
        this.#change({ stage: { kind: "queued" }, ...(behind && { behind }) });
        void this.#awaitDeploy("soon");
        return;
      }
      case "notStarted":
      case "unclear":
        return this.#finish(result);
    }
  }

  /** After a 202: looks for our deploy in the list until it appears, then follows it. */
  async #awaitDeploy(first: "now" | "soon"): Promise<void> {
    const { watch, clock, isTaken } = this.#parts;
    const baseline = this.#now.sent?.baseline ?? { ids: [], newest: 0 };
    let lastSign = clock.now();
    await this.#look(first, async () => {
      const { order, behind: known } = this.#now;
      const deploys = await watch.listDeploys(order.service.id, { limit: 20 }, this.#end.signal);
      const ours = startedBy(order, baseline, deploys).find(deploy => !isTaken(deploy, this.#now));
      if (ours) {
        this.#see(ours);
        void this.#follow(ours, "soon");
        return true;
      }
      const behind = runningOf(deploys);
      if (behind) {
        lastSign = clock.now();
        if (behind.id !== known?.id) this.#change({ behind });
        return false;
      }
      const later = deploysSince(baseline, deploys).at(-1);
      const waited = clock.now() - lastSign;
      if (!later && waited < longestSilence) return false;
      await this.#lose(later ? { kind: "skipped", later } : { kind: "neverAppeared" });
      return true;
    });
  }

  async #follow(deploy: Deploy, first: "now" | "soon"): Promise<void> {
    if (await this.#endIfOver(deploy)) return;
    const { order } = this.#now;
    await this.#look(first, async () => {
      const latest = await this.#parts.watch.getDeploy(order.service.id, deploy.id, this.#end.signal);
      this.#see(latest);
      return this.#endIfOver(latest);
    });
  }

  async #look(first: "now" | "soon", look: () => Promise<boolean>): Promise<void> {
    const end = await this.#looks.until(first, look);
    if (end.kind === "error") await this.#lose(await this.#whyGone(end.error));
    if (end.kind === "timeLimit") await this.#lose(end);
  }

  #isEnded(): boolean {
    return this.#end.signal.aborted;
  }

  async #endIfOver(deploy: Deploy): Promise<boolean> {
    const { outcome } = viewOf(deploy.status);
    if (outcome === undefined) return false;
    const replacedBy =
      outcome === "canceled" && !this.#now.cancelAsked ? await this.#laterThan(deploy) : undefined;
    if (!this.#isEnded())
      await this.#finish({ kind: "ended", deploy, outcome, ...(replacedBy && { replacedBy }) });
    return true;
  }

  /** A queued deploy that Render skips may vanish from its list: then the later one is the reason. */
  async #whyGone(error: unknown): Promise<LostReason> {
    const deploy = deployOf(this.#now);
    const later = isGone(error) && deploy ? await this.#laterThan(deploy) : undefined;
    return later ? { kind: "skipped", later } : { kind: "error", error };
  }

  /** The deploy that began after this one: where deploys override each other, it is why ours was canceled. */
  async #laterThan(deploy: Deploy): Promise<Deploy | undefined> {
    const { watch } = this.#parts;
    try {
      const deploys = await watch.listDeploys(this.#now.order.service.id, { limit: 5 }, this.#end.signal);
      return deploys.filter(({ createdAt }) => (createdAt ?? 0) > (deploy.createdAt ?? Infinity)).at(-1);
    } catch {
      // The reason is a courtesy; the end itself is known.
      return undefined;
    }
  }

  /** Takes up a reading of the deploy: its status, and since when it has it. */
  #see(deploy: Deploy): void {
    const { steps, stage } = this.#now;
    const known = deployOf(this.#now);
    const now = this.#parts.clock.now();
    const isSameStatus = steps.at(-1)?.status === deploy.status;
    if (isSameStatus && known?.updatedAt === deploy.updatedAt && stage.kind === "following") return;
    this.#change({
      stage: { kind: "following", deploy },
      ...(!isSameStatus && {
        steps: [
          ...steps.map(step => (step.until === undefined ? { ...step, until: now } : step)),
          { status: deploy.status, since: now },
        ],
      }),
    });
  }

  #lose(reason: LostReason): Promise<void> {
    return this.#finish({ kind: "lost", reason, ...this.#known() });
  }

  #known(): { deploy?: Deploy } {
    const deploy = deployOf(this.#now);
    return deploy ? { deploy } : {};
  }

  /** Tells the end, if it is this window that tells it. */
  async #finish(stage: DeployStage): Promise<void> {
    if (this.#isSettling || isOver(this.#now)) return;
    this.#isSettling = true;
    const isOurs = !this.#isWritten() || (await this.#parts.ledger.settle(this.#now.key));
    this.#over(isOurs ? stage : { kind: "lost", reason: { kind: "elsewhere" }, ...this.#known() });
  }

  #over(stage: DeployStage): void {
    if (isOver(this.#now)) return;
    this.#change({ stage });
    // A trigger that is on its way is not cut off: that would only make it unknown whether it arrived.
    if (!this.#isSending || this.#now.sent === undefined) this.#end.abort();
  }

  #change(change: Partial<FollowedDeploy>): void {
    if (isOver(this.#now)) return;
    const before = this.#now;
    this.#now = { ...before, ...change };
    if (!("trouble" in change)) this.#write();
    this.#parts.tell(this.#now, before);
  }

  /** What never reached Render needs no trace. */
  #isWritten(): boolean {
    return this.#now.sent !== undefined || deployOf(this.#now) !== undefined;
  }

  #write(): void {
    // What is being settled must not be written again.
    if (this.#isWritten() && !this.#isSettling && !isOver(this.#now))
      this.#written = this.#parts.ledger.keep(this.#now);
  }
}
