import type { Explanation } from "../../text/explanation.js";
import type { Deploy, Service } from "../../render/shapes.js";
import type { FollowedDeploy } from "../following/followedDeploy.js";
import type { DeployChoice } from "../whatToDeploy/plan.js";
import type { CommitFacts } from "../../git/commitFacts.js";

/** Everything that is known before a deploy is confirmed. */
export interface PreflightFacts {
  readonly service: Service;
  /** "Harbor / production" */
  readonly environment?: string;
  /** `unknown`: the service is in an environment that could not be read. */
  readonly protection: "protected" | "open" | "unknown";
  readonly choice: DeployChoice;
  /** Why HEAD is not what is deployed, where a person would expect it to be. */
  readonly noHead?: Explanation;
  /** Absent when no commit was chosen, or no clone of the service's repository is open. */
  readonly commit?: CommitFacts;
  /** HEAD of the open clone, where Render takes no commit and so builds the newest one of its branch. */
  readonly head?: CommitFacts;
  /** The service's last deploys, newest first; absent when they could not be read. */
  readonly deploys?: readonly Deploy[];
  /** The deploy of the service that this window sends or follows. */
  readonly followed?: FollowedDeploy;
  /** Milliseconds since the epoch. */
  readonly now: number;
}
