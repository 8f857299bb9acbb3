import type { Reason } from "../deployLog/cause.js";
import type { Place } from "../../services/place.js";
import type { TriggerBody } from "../../render/client.js";
import type { Deploy, Service } from "../../render/shapes.js";
import type { AutomaticDeploy } from "../autoDeploy/automaticDeploy.js";
import type { DeployOutcome } from "../../services/deployStatus.js";
import type { Successor } from "../../services/toldEnd.js";

/** What is needed of a service to deploy it and to tell of it later, when nothing else is known of it any more. */
export type OrderedService = Pick<Service, "id" | "name" | "type" | "dashboardUrl" | "url">;

/** What a person confirmed: exactly this is sent, once. */
export interface DeployOrder {
  readonly service: OrderedService;
  readonly place: Place;
  readonly body: TriggerBody;
  /** The deploy to go back to. Then `body` is empty, and Render's rollback is what is asked for. */
  readonly rollbackTo?: Deploy;
  /** What is deployed, in words: "a1b2c3d Cache port lookups (main)", "the newest commit of main". */
  readonly what: string;
  /** Who asked and from where: "Ada Marsh, from the status bar". */
  readonly askedBy: string;
  /** The deploy that Render is about to make by itself of the same commit: it is waited for before anything is sent. */
  readonly automatic?: AutomaticDeploy;
  /**
   * The batch it is part of, which tells its progress and its end. Not written down: a batch ends with its window, and
   * what of it still runs is followed from then on like any other deploy.
   */
  readonly batch?: string;
  /**
   * What of the same batch is to be started after it. Written down, as nothing starts it any more when the window closes:
   * then that is told.
   */
  readonly next?: readonly Pick<OrderedService, "id" | "name">[];
}

/** Why a deploy is no longer watched although its end was not seen. */
export type LostReason =
  | { readonly kind: "error"; readonly error: unknown }
  /** It ran longer than anything Render's time limits allow. */
  | { readonly kind: "timeLimit" }
  /** Render went on with a later deploy (given here); ours never appeared. */
  | { readonly kind: "skipped"; readonly later: Deploy }
  /** Render accepted it, but nothing ran and no deploy appeared for minutes. */
  | { readonly kind: "neverAppeared" }
  /** Render has not made the automatic deploy that was waited for, and nothing was sent in its place. */
  | { readonly kind: "automaticMissing" }
  /** The deploy that was waited for is one that this window follows already, as it was asked for in another way too. */
  | { readonly kind: "joined" }
  /** The person ended watching. */
  | { readonly kind: "stopped" }
  /** There is no API key any more to look with. */
  | { readonly kind: "signedOut" }
  /** Another window of the same person follows it, or has told its end. */
  | { readonly kind: "elsewhere" };

/** Where a deploy that a person asked for stands. Only the last four are ends. */
export type DeployStage =
  | { readonly kind: "sending" }
  /** Render makes it by itself, as its commit was pushed, and its deploy has not appeared yet. */
  | {
      readonly kind: "awaited";
      /** It has not come in time: the batch that it is part of sends it when its turn has come. */
      readonly isOverdue?: true;
    }
  /** The answer was lost and it is looked up whether Render began a deploy all the same. */
  | { readonly kind: "lookingUp"; readonly error: unknown }
  /** Accepted (202), but no deploy to follow exists yet. */
  | { readonly kind: "queued" }
  | { readonly kind: "following"; readonly deploy: Deploy }
  | {
      readonly kind: "ended";
      readonly deploy: Deploy;
      readonly outcome: DeployOutcome;
      readonly replacedBy?: Successor;
      /** Why it failed, as far as that can be told. */
      readonly reason?: Reason;
    }
  /** Nothing was started, for certain. */
  | { readonly kind: "notStarted"; readonly error: unknown }
  /** The answer was lost and it cannot be told whether a deploy was started. */
  | { readonly kind: "unclear"; readonly error: unknown }
  | { readonly kind: "lost"; readonly reason: LostReason; readonly deploy?: Deploy };

/** One status a deploy was seen in, and from when to when (milliseconds since the epoch, this machine's clock). */
interface DeployStep {
  readonly status: string;
  readonly since: number;
  readonly until?: number;
}

/** What was known when a trigger was sent: it tells afterwards which deploy is ours. */
export interface SentTrigger {
  readonly baseline: DeployBaseline;
  /** By Render's clock, in milliseconds since the epoch; absent when that is not known. */
  readonly sentAt?: number;
}

/** A deploy that this window started or takes care of, at one moment. Replaced as a whole at each change. */
export interface FollowedDeploy {
  /** Unique over all windows: what it is written down under. */
  readonly key: string;
  readonly order: DeployOrder;
  /** Milliseconds since the epoch. */
  readonly askedAt: number;
  readonly stage: DeployStage;
  /** Absent until the trigger is about to be sent, and for deploys that were not started here. */
  readonly sent?: SentTrigger;
  readonly steps: readonly DeployStep[];
  /** The deploy it waits for, or waited for last. */
  readonly behind?: Deploy;
  /** The answer to the trigger never came; the deploy was found in the list. */
  readonly answerLost: boolean;
  /** When its automatic deploy was looked for, to the minute, in milliseconds since the epoch. */
  readonly lookedAt?: number;
  /** The person canceled it here. */
  readonly cancelAsked: boolean;
  /** Why the last look at it failed. It is tried again. */
  readonly trouble?: unknown;
}

/** Told of each change, in order. It must not throw. */
export interface DeploySink {
  deployChanged(now: FollowedDeploy, before: FollowedDeploy | undefined): void;
}

/** Whether nothing more will happen to it here. */
export function isOver(followed: FollowedDeploy): boolean {
  switch (followed.stage.kind) {
    case "sending":
    case "awaited":
    case "lookingUp":
    case "queued":
    case "following":
      return false;
    case "ended":
    case "notStarted":
    case "unclear":
    case "lost":
      return true;
  }
}

/** Whether it waits to be sent by its batch, in place of an automatic deploy that Render has not made in time. */
export function isOverdue({ stage }: FollowedDeploy): boolean {
  return stage.kind === "awaited" && stage.isOverdue === true;
}

/** Whether an automatic deploy was waited for, and neither came nor was anything sent in its place. */
export function isUnsent(followed: FollowedDeploy): boolean {
  return followed.order.automatic !== undefined && !followed.sent && !deployOf(followed);
}

/** The deploy on Render, once it is known which it is. */
export function deployOf(followed: FollowedDeploy): Deploy | undefined {
  return "deploy" in followed.stage ? followed.stage.deploy : undefined;
}

/**
 * What a reading of its deploy changes: the status, and since when it has it. Undefined where it says nothing new.
 *
 * @param now milliseconds since the epoch
 */
export function seenAs(
  deploy: Deploy,
  followed: FollowedDeploy,
  now: number,
): Pick<FollowedDeploy, "stage" | "steps"> | undefined {
  const { steps, stage } = followed;
  const isSameStatus = steps.at(-1)?.status === deploy.status;
  const isSame = isSameStatus && deployOf(followed)?.updatedAt === deploy.updatedAt;
  if (isSame && stage.kind === "following") return undefined;
  const ended = steps.map(step => (step.until === undefined ? { ...step, until: now } : step));
  return {
    stage: { kind: "following", deploy },
    steps: isSameStatus ? steps : [...ended, { status: deploy.status, since: now }],
  };
}

/** The deploys that a service had before a trigger was sent: what is not among them and not older came after. */
export interface DeployBaseline {
  readonly ids: readonly string[];
  /** The `createdAt` of the newest, in milliseconds since the epoch; 0 when there was none. */
  readonly newest: number;
  /** The deploy that was running, if one was. */
  readonly running?: Deploy;
}
