import type { Push } from "../git/push.js";
import { compareRemotes } from "../git/remoteUrl.js";
import { skipPhraseIn } from "../git/skipPhrase.js";
import type { Clock } from "../ports.js";
import type { RenderClient } from "../render/client.js";
import { RenderError } from "../render/errors.js";
import type { Deploy, Service } from "../render/shapes.js";
import { areOutsideBuildFilter } from "../services/buildFilter.js";
import type { ServiceMatch } from "../services/match.js";
import { automaticDeployOf, lookFor, type Looking } from "./lookFor.js";

/** Why Render made no deploy of a push, as far as it can be told. */
export type NoDeployReason =
  | { readonly kind: "skipPhrase"; readonly phrase: string }
  | { readonly kind: "outsideBuildFilter"; readonly files: number }
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

/** How far this machine's reading of Git and Render's times may be apart, in milliseconds. */
const slack = 60_000;

/** With checks, these run before Render deploys. */
const longest = { commit: 90_000, checksPass: 30 * 60_000 } as const;
const longestPace = { commit: 10_000, checksPass: 60_000 } as const;

/** How many deploys are read: a service with more new ones than this has other news. */
const deploysRead = 20;

/** The services that Render deploys by itself when this push arrives. Only sure matches count. */
export function servicesOf(push: Push, matches: readonly ServiceMatch[]): Service[] {
  return matches
    .filter(({ isSure, service }) => isSure && isDeployedBy(push, service))
    .map(({ service }) => service);
}

function isDeployedBy({ branch, remotes }: Push, service: Service): boolean {
  const { repo, imagePath } = service;
  if (repo === undefined || imagePath !== undefined || service.branch !== branch) return false;
  const isAutomatic = service.autoDeploy !== "off" && !service.suspended;
  return isAutomatic && remotes.some(remote => compareRemotes(remote, repo) !== undefined);
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
  const { watch, clock, renderNow } = parts;
  const service = await readService(parts, known, signal);
  if (!isDeployedBy(push, service) || service.autoDeploy === "off") return { kind: "nothing" };
  const { id, autoDeploy } = service;
  const hint = await hintOf(service, push);
  const renderTime = (): number => renderNow() ?? clock.now();
  const since = (): number => push.after + (renderTime() - clock.now()) - slack;
  const isIgnored = async (): Promise<boolean> => {
    const range = { type: "commit_ignored", from: since(), until: renderTime() };
    for await (const events of watch.events(id, range, signal))
      if (events.some(({ ignoredCommit }) => ignoredCommit === push.commit.id)) return true;
    return false;
  };
  const ignored: PushOutcome = { kind: "noDeploy", service, reason: hint ?? { kind: "ignored" } };
  let trouble: unknown;
  let isDeployedOtherwise = false;
  try {
    const found = await lookFor(
      lookingFor(autoDeploy, clock),
      async (): Promise<PushOutcome | undefined> => {
        try {
          const deploys = await watch.listDeploys(id, { limit: deploysRead }, signal);
          const deploy = automaticDeployOf(push.commit.id, deploys, since());
          trouble = undefined;
          isDeployedOtherwise = deploys.some(
            ({ commit, createdAt = Infinity }) => commit?.id === push.commit.id && createdAt >= since(),
          );
          if (deploy) return { kind: "deploy", service, deploy };
          // Where something speaks for it, it is not waited for what will not come.
          return hint && (await isIgnored()) ? ignored : undefined;
        } catch (error) {
          signal.throwIfAborted();
          if (isFinal(error)) throw error;
          trouble = error;
          return undefined;
        }
      },
      signal,
    );
    if (found) return found;
    if (isDeployedOtherwise) return { kind: "nothing" };
    if (trouble !== undefined) return { kind: "nothing", error: trouble };
    if (await isIgnored()) return ignored;
  } catch (error) {
    signal.throwIfAborted();
    return { kind: "nothing", error };
  }
  const kind = autoDeploy === "checksPass" ? "checks" : "notStarted";
  return { kind: "noDeploy", service, reason: hint ?? { kind } };
}

function lookingFor(when: "commit" | "checksPass", clock: Clock): Looking {
  return {
    clock,
    first: 2_000,
    pace: elapsed => Math.min(longestPace[when], Math.max(3_000, elapsed / 10)),
    longest: longest[when],
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
async function hintOf({ buildFilter }: Service, push: Push): Promise<NoDeployReason | undefined> {
  const phrase = skipPhraseIn(push.commit.message);
  if (phrase !== undefined) return { kind: "skipPhrase", phrase };
  const files = buildFilter ? await push.files() : undefined;
  return areOutsideBuildFilter(files, buildFilter)
    ? { kind: "outsideBuildFilter", files: files.length }
    : undefined;
}

/** Errors that looking again cannot mend. */
function isFinal(error: unknown): boolean {
  if (!(error instanceof RenderError)) return true;
  return ["unauthorized", "forbidden", "notFound", "gone", "noKey", "badRequest"].includes(error.kind);
}
