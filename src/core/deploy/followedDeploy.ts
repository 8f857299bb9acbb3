import type { Place } from "../services/place.js";
import type { TriggerBody } from "../render/client.js";
import type { Deploy, Service } from "../render/shapes.js";
import type { DeployOutcome } from "./status.js";

/** What a person confirmed: exactly this is sent, once. */
export interface DeployOrder {
  readonly service: Service;
  readonly place: Place;
  readonly body: TriggerBody;
  /** What is deployed, in words: "a1b2c3d Cache port lookups (main)", "the newest commit of main". */
  readonly what: string;
  /** Who asked and from where: "Ada Marsh, from the status bar". */
  readonly askedBy: string;
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
  /** The person ended watching. */
  | { readonly kind: "stopped" };

/** Where a deploy that a person asked for stands. Only the last four are ends. */
export type DeployStage =
  | { readonly kind: "sending" }
  /** The answer was lost and it is looked up whether Render began a deploy all the same. */
  | { readonly kind: "lookingUp"; readonly error: unknown }
  /** Accepted (202), but no deploy to follow exists yet. */
  | { readonly kind: "queued" }
  | { readonly kind: "following"; readonly deploy: Deploy }
  | {
      readonly kind: "ended";
      readonly deploy: Deploy;
      readonly outcome: DeployOutcome;
      readonly replacedBy?: Deploy;
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

/** A deploy that this window started or takes care of, at one moment. Replaced as a whole at each change. */
export interface FollowedDeploy {
  /** Unique within this window. */
  readonly key: string;
  readonly order: DeployOrder;
  /** Milliseconds since the epoch. */
  readonly askedAt: number;
  readonly stage: DeployStage;
  readonly steps: readonly DeployStep[];
  /** The deploy it waits for, or waited for last. */
  readonly behind?: Deploy;
  /** The answer to the trigger never came; the deploy was found in the list. */
  readonly answerLost: boolean;
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

/** The deploy on Render, once it is known which it is. */
export function deployOf(followed: FollowedDeploy): Deploy | undefined {
  return "deploy" in followed.stage ? followed.stage.deploy : undefined;
}
