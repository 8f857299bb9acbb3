import { sameCommit } from "../../git/commitId.js";
import type { Push } from "../../git/push.js";
import { compareRemotes } from "../../git/remotes/remoteUrl.js";
import type { Clock } from "../../ports.js";
import type { RenderClient } from "../../render/client.js";
import { Refusals } from "../../render/refusals.js";
import type { Deploy, Service } from "../../render/shapes.js";
import type { ServiceMatch } from "../../matching/match.js";
import { asksForFiles, foretell, type PassedOver } from "../autoDeploy/autoDeployRule.js";
import { deployOfPush, earliestOf } from "../autoDeploy/automaticDeploy.js";
import { automaticWithin } from "../autoDeploy/automaticWait.js";
import { longestWatch } from "../following/polling.js";
import { lookFor, type Looking } from "./lookFor.js";
import { runningOf } from "../../services/deployList.js";

/** Why Render passed over a push to the branch of a service with auto-deploy. */
type WhyPassedOver = Exclude<PassedOver, { kind: "off" | "otherBranch" }>;

/** Why Render made no deploy of a push, as far as it can be told. */
export type NoDeployReason =
  | WhyPassedOver
  /** Render says that it ignored the commit, and nothing here tells why. */
  | { readonly kind: "ignored" }
  /** The checks of the commit are pending, failed, or there are none (Render docs, "Deploys"). */
  | { readonly kind: "checks" }
  | { readonly kind: "notStarted" };

/** A service of which a push made no deploy. */
export interface Undeployed {
  readonly kind: "noDeploy";
  readonly service: Service;
  readonly reason: NoDeployReason;
}

/** What came of a push for one service. */
export type PushOutcome =
  | { readonly kind: "deploy"; readonly service: Service; readonly deploy: Deploy }
  | Undeployed
  /** The commit is deployed in another way, or Render could not be read: there is nothing to be told. */
  | { readonly kind: "nothing"; readonly error?: unknown };

export interface PushWatchParts {
  /** Reads in the background. */
  readonly watch: Pick<RenderClient, "getService" | "listDeploys" | "events">;
  readonly clock: Clock;
  /** Render's clock, in milliseconds since the epoch; undefined while no reply has told it. */
  readonly renderNow: () => number | undefined;
}

const longestPace = { commit: 10_000, checksPass: 60_000 } as const;

/** How many deploys are read: a service with more new ones than this has other news. */
const deploysRead = 20;

/** The services that Render deploys by itself when this push arrives. Only sure matches count. */
export function servicesOf(push: Push, matches: readonly ServiceMatch[]): Service[] {
  return matches
    .filter(({ isSure, service, repository }) => {
      const isLinked = repository?.root === push.root && repository.isLinked === true;
      return isSure && isDeployedBy(push, service) && (isLinked || isAt(push, service.repo));
    })
    .map(({ service }) => service);
}

function isDeployedBy({ branch }: Push, service: Service): boolean {
  if (service.suspended || service.autoDeploy === "unknown") return false;
  return foretell(service, { branch, message: undefined, files: undefined }).kind !== "passedOver";
}

function isOn(autoDeploy: Service["autoDeploy"]): autoDeploy is "commit" | "checksPass" {
  return autoDeploy === "commit" || autoDeploy === "checksPass";
}

function isAt({ remotes }: Push, repo: string | undefined): boolean {
  return repo !== undefined && remotes.some(remote => compareRemotes(remote, repo) !== undefined);
}

/**
 * Looks for the deploy that Render makes of a push, and where none comes in time, for the reason. Ends by itself; rejects
 * only when aborted.
 */
export async function watchPush(
  parts: PushWatchParts,
  known: Service,
  push: Push,
  signal: AbortSignal,
): Promise<PushOutcome> {
  const service = await readService(parts, known, signal);
  const isIts = service.repo === known.repo || isAt(push, service.repo);
  const { autoDeploy } = service;
  if (!isIts || !isDeployedBy(push, service) || !isOn(autoDeploy)) return { kind: "nothing" };
  const hint = await hintOf(service, push);
  const looks = new PushReadings(parts, service.id, push, signal);
  const undeployed = (reason: NoDeployReason): Undeployed => ({ kind: "noDeploy", service, reason });
  const look = async (): Promise<PushOutcome | undefined> => {
    const deploy = await looks.findDeploy();
    if (deploy) return { kind: "deploy", service, deploy };
    // Where something speaks for it, nobody waits for what will not come.
    return hint && !looks.isDeployedOtherwise && (await looks.isIgnored()) ? undeployed(hint) : undefined;
  };
  try {
    const found = await lookFor(lookingFor(autoDeploy, parts.clock, looks), () => looks.try(look), signal);
    if (found) return found;
    if (looks.trouble !== undefined || looks.isDeployedOtherwise)
      return { kind: "nothing", error: looks.trouble };
    const isIgnored = await looks.isIgnored();
    const kind = isIgnored ? "ignored" : autoDeploy === "checksPass" ? "checks" : "notStarted";
    return undeployed(hint ?? { kind });
  } catch (error) {
    signal.throwIfAborted();
    return { kind: "nothing", error };
  }
}

/** What Render tells of one service since a push. */
class PushReadings {
  readonly #parts: PushWatchParts;
  readonly #serviceId: string;
  readonly #push: Push;
  readonly #signal: AbortSignal;
  readonly #start: number;
  readonly #refusals: Refusals;
  /** Why the last look failed. */
  trouble: unknown;
  /** Whether there is a deploy of the commit that a person or something else started. */
  isDeployedOtherwise = false;
  /** When nothing was running for the last time: behind a running deploy Render may hold the automatic one back. */
  quietSince: number;

  constructor(parts: PushWatchParts, serviceId: string, push: Push, signal: AbortSignal) {
    this.#parts = parts;
    this.#serviceId = serviceId;
    this.#push = push;
    this.#signal = signal;
    this.#start = parts.clock.now();
    this.quietSince = this.#start;
    this.#refusals = new Refusals(parts.clock);
  }

  /** Undefined when the look fails in a way that may pass. */
  async try<T>(look: () => Promise<T>): Promise<T | undefined> {
    try {
      const found = await look();
      this.trouble = undefined;
      this.#refusals.end();
      return found;
    } catch (error) {
      if (this.#signal.aborted || this.#refusals.areFinal(error)) throw error;
      this.trouble = error;
      return undefined;
    }
  }

  async findDeploy(): Promise<Deploy | undefined> {
    const { watch } = this.#parts;
    const deploys = await watch.listDeploys(this.#serviceId, { limit: deploysRead }, this.#signal);
    const made = deployOfPush({ commitId: this.#push.commit.id, since: this.#since() }, deploys);
    const isAutomatic = made?.trigger === "new_commit";
    this.isDeployedOtherwise = made !== undefined && !isAutomatic;
    const now = this.#parts.clock.now();
    if (!made && runningOf(deploys) && now - this.#start < longestWatch) this.quietSince = now;
    return isAutomatic ? made : undefined;
  }

  async isIgnored(): Promise<boolean> {
    const range = { types: ["commit_ignored"], from: this.#since(), until: this.#renderTime() };
    for await (const events of this.#parts.watch.events(this.#serviceId, range, this.#signal))
      if (events.some(({ ignoredCommit }) => sameCommit(ignoredCommit, this.#push.commit.id))) return true;
    return false;
  }

  /** When the push was at the earliest, by Render's clock. */
  #since(): number {
    return earliestOf(this.#push.after, this.#parts.clock.now(), this.#parts.renderNow());
  }

  #renderTime(): number {
    return this.#parts.renderNow() ?? this.#parts.clock.now();
  }
}

function lookingFor(
  when: "commit" | "checksPass",
  clock: Clock,
  looks: Pick<PushReadings, "quietSince">,
): Looking {
  return {
    clock,
    first: 2_000,
    pace: elapsed => Math.min(longestPace[when], Math.max(3_000, elapsed / 10)),
    longest: automaticWithin[when],
    since: () => looks.quietSince,
  };
}

/** Auto-deploy may have been switched since the services were loaded. */
async function readService({ watch }: PushWatchParts, known: Service, signal: AbortSignal): Promise<Service> {
  try {
    return await watch.getService(known.id, signal);
  } catch {
    signal.throwIfAborted();
    return known;
  }
}

/** What speaks for Render passing over the commit. */
async function hintOf(service: Service, { branch, commit, files }: Push): Promise<WhyPassedOver | undefined> {
  const foretold = foretell(service, {
    branch,
    message: commit.message,
    files: asksForFiles(service) ? await files() : undefined,
  });
  if (foretold.kind !== "passedOver") return undefined;
  const { why } = foretold;
  return why.kind === "off" || why.kind === "otherBranch" ? undefined : why;
}
