import { RenderError } from "../../render/errors.js";
import type { Deploy } from "../../render/shapes.js";
import { AutomaticWait } from "../autoDeploy/automaticWait.js";
import { behindEnd } from "./behindEnd.js";
import { DeployLooks } from "./polling.js";
import { DeployReader } from "./deployReader.js";
import {
  deployOf,
  isOver,
  seenAs,
  type DeployStage,
  type FollowedDeploy,
  type LostReason,
} from "./followedDeploy.js";
import type { FollowingParts } from "./followingParts.js";
import { deploysSince, mayBeOurs } from "./ourDeploys.js";
import { runningOf } from "../../services/deployList.js";
import { viewOf } from "../../services/deployStatus.js";
import { findTwin, triggerOnce, type TriggerParts, type TriggerResult } from "./sendOnce.js";

/** How long an accepted deploy may stay invisible while nothing else runs, in milliseconds. */
const longestSilence = 5 * 60_000;

/** How often is written down that somebody looks for an automatic deploy, in milliseconds. */
const noteEvery = 60_000;

/** One deploy from the moment it is asked for to its end: sends it, finds it, looks at it until it is over. */
export class Following {
  readonly #parts: FollowingParts;
  /** Aborted when nothing more is to be done here: it is over, or the window closes. */
  readonly #end = new AbortController();
  readonly #looks: DeployLooks;
  readonly #reader: DeployReader;
  #now: FollowedDeploy;
  #isSending = false;
  #isSettling = false;
  #isListening = false;
  #written: Promise<void> = Promise.resolve();

  constructor(parts: FollowingParts, first: FollowedDeploy) {
    this.#parts = parts;
    this.#now = first;
    this.#reader = new DeployReader(parts.watch, first.order.service.id, this.#end.signal);
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

  /**
   * Sends the order, unless Render is about to make the deploy by itself: then that is waited for. Resolves once it is known
   * what became of it, or that it is waited for; following goes on after that. Never rejects.
   */
  async start(): Promise<void> {
    const { automatic } = this.#now.order;
    if (!automatic || automatic.isOverdue === true) return this.#parts.inTurn(() => this.#send());
    this.#change({ stage: { kind: "awaited" } });
    void this.#awaitAutomatic();
  }

  /** Sends what Render should have made by itself and has not. Resolves once it is known what became of it; never rejects. */
  async sendOverdue(): Promise<void> {
    await this.#parts.inTurn(() => this.#send());
  }

  async #send(): Promise<void> {
    if (this.#isEnded() || this.#isSending || this.#now.sent) return;
    if (this.#now.stage.kind === "awaited") this.#change({ stage: { kind: "sending" } });
    this.#isSending = true;
    const result = await triggerOnce(this.#triggerParts(), this.#now.order, {
      sending: async sent => {
        this.#change({ sent });
        await this.#written;
        // Another window took it over, or it was left, while that was written: then nothing is sent from here.
        if (isOver(this.#now)) this.#end.abort();
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
    if (stage.kind === "following") {
      this.#listen(stage.deploy);
      return this.#follow(stage.deploy, "now");
    }
    if (stage.kind === "queued") return this.#awaitDeploy("now");
    if (stage.kind === "awaited") return this.#awaitAutomatic();
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
    const behind = this.#now.sent?.baseline.running;
    switch (result.kind) {
      case "started":
        this.#change({ answerLost: result.answerLost });
        if (result.deploy.status === "queued") this.#seeBehind(behind);
        this.#found(result.deploy);
        return;
      case "queued":
        this.#change({ stage: { kind: "queued" }, ...(behind && { behind }) });
        void this.#awaitDeploy("soon");
        return;
      case "notStarted":
      case "unclear":
        return this.#finish(result);
    }
  }

  /**
   * Looks for the deploy that Render makes by itself until it appears, then follows it. Where it does not come in time, the
   * order is sent if that was confirmed.
   */
  async #awaitAutomatic(): Promise<void> {
    const { clock, isTaken } = this.#parts;
    const { order, askedAt, lookedAt = askedAt } = this.#now;
    if (!order.automatic) return;
    const wait = new AutomaticWait(order.automatic, lookedAt, clock.now());
    await this.#look("now", async () => {
      const look = wait.look(await this.#reader.list(), clock.now());
      const { lookedAt: noted = askedAt } = this.#now;
      if (clock.now() - noted >= noteEvery) this.#change({ lookedAt: clock.now() });
      switch (look.kind) {
        case "wait":
          this.#seeBehind(look.behind);
          return false;
        case "made":
          if (isTaken(look.deploy, this.#now)) await this.#lose({ kind: "joined" });
          else this.#found(look.deploy);
          return true;
        case "superseded":
          await this.#lose({ kind: "skipped", later: look.later });
          return true;
        case "overdue":
          if (!look.maySend) await this.#lose({ kind: "automaticMissing" });
          // It stays written down until then, as the batch ends with the window.
          else if (order.batch !== undefined) this.#change({ stage: { kind: "awaited", isOverdue: true } });
          else void this.sendOverdue();
          return true;
      }
    });
  }

  #found(deploy: Deploy): void {
    this.#see(deploy);
    void this.#follow(deploy, "soon");
  }

  /** After a 202: looks for our deploy in the list until it appears, then follows it. */
  async #awaitDeploy(first: "now" | "soon"): Promise<void> {
    const { clock, isTaken } = this.#parts;
    const baseline = this.#now.sent?.baseline ?? { ids: [], newest: 0 };
    let lastSign = clock.now();
    await this.#look(first, async () => {
      const { order } = this.#now;
      const deploys = await this.#reader.list();
      const ours = mayBeOurs(order, baseline, deploys).find(deploy => !isTaken(deploy, this.#now));
      if (ours) {
        this.#found(ours);
        return true;
      }
      const behind = runningOf(deploys);
      if (behind) {
        lastSign = clock.now();
        this.#seeBehind(behind);
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
    await this.#look(first, async () => {
      const { steps, askedAt, behind } = this.#now;
      const known = deployOf(this.#now) ?? deploy;
      const reading = await this.#reader.read(known, this.#parts.clock.now() - (steps[0]?.since ?? askedAt));
      if (reading.kind === "notYet") return false;
      if (reading.kind === "gone") {
        const { later, error } = reading;
        await this.#lose(later ? { kind: "skipped", later } : { kind: "error", error });
        return true;
      }
      if (known.status === "queued") this.#seeBehind(await this.#reader.behind(known, behind));
      this.#see(reading.deploy);
      return this.#endIfOver(reading.deploy);
    });
  }

  /** What it waits for goes on meanwhile. */
  #seeBehind(behind: Deploy | undefined): void {
    const { behind: before } = this.#now;
    if (behind && (behind.id !== before?.id || behind.status !== before.status)) this.#change({ behind });
  }

  async #look(first: "now" | "soon", look: () => Promise<boolean>): Promise<void> {
    const end = await this.#looks.until(first, look);
    if (end.kind !== "done") await this.#lose(end);
  }

  #isEnded(): boolean {
    return this.#end.signal.aborted;
  }

  async #endIfOver(deploy: Deploy): Promise<boolean> {
    const { outcome } = viewOf(deploy.status);
    if (outcome === undefined) return false;
    const { why, clock } = this.#parts;
    const parts = { why, clock, reader: this.#reader, signal: this.#end.signal };
    const behind = await behindEnd(parts, this.#now, deploy, outcome);
    if (!this.#isEnded()) await this.#finish({ kind: "ended", deploy, outcome, ...behind });
    return true;
  }

  /** Takes up a reading of the deploy. */
  #see(deploy: Deploy): void {
    const change = seenAs(deploy, this.#now, this.#parts.clock.now());
    if (!change) return;
    this.#looks.hasChanged();
    this.#change(change);
    this.#listen(deploy);
  }

  /** From when it runs on, its log says when to look. */
  #listen(deploy: Deploy): void {
    if (this.#isListening || deploy.status === "queued" || viewOf(deploy.status).outcome !== undefined)
      return;
    this.#isListening = true;
    const signs = {
      mayHaveChanged: () => {
        this.#looks.hint();
      },
      setLive: (isLive: boolean) => {
        this.#looks.setHinted(isLive);
      },
    };
    this.#parts.listen(this.#now.order.service.id, deploy, signs, this.#end.signal);
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
    const { sent, stage } = this.#now;
    return sent !== undefined || stage.kind === "awaited" || deployOf(this.#now) !== undefined;
  }

  #write(): void {
    // What is being settled must not be written again.
    if (this.#isWritten() && !this.#isSettling && !isOver(this.#now))
      this.#written = this.#parts.ledger.keep(this.#now);
  }
}
