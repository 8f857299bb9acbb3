import * as v from "valibot";
import { informing, needed, pageOf, text } from "./entries.js";
import { present, time } from "./shapes.js";

/** Something that happened to a service (Render API, "List events"). */
export interface ServiceEvent {
  id: string;
  /** One of Render's types or one added later. */
  type: string;
  /** Milliseconds since the epoch. */
  at?: number;
  /** The full SHA of the commit that auto-deploy passed over, of `commit_ignored`. */
  ignoredCommit?: string;
  /** Of `deploy_…` and `pre_deploy_…`. */
  deployId?: string;
  /** Of `build_…`, and of a `deploy_ended` whose build failed. */
  buildId?: string;
  /** What failed, of `…_ended` and `server_failed`. */
  failure?: Failure;
  /** Of `…_ended` where a later deploy took its place: that one. */
  newDeployId?: string;
  /** The same where only the build of the later one is named. */
  newBuildId?: string;
  /** Of `…_started` that a person asked for: their e-mail address. */
  startedBy?: string;
  /** Of `image_pull_failed`. */
  imageUrl?: string;
  /** Of `branch_deleted`. */
  deletedBranch?: string;
}

/** Why something failed, as far as Render says (Render API: events, `reason.failure`). */
export interface Failure {
  nonZeroExit?: number;
  /** The program ended by itself, without an error, although it should go on. */
  earlyExit?: boolean;
  /** It used more memory than this, such as `512Mi`. */
  memoryLimit?: string;
  timedOutSeconds?: number;
  timedOutReason?: string;
  /** What the health check said. */
  unhealthy?: string;
  evicted?: boolean;
}

const record = informing(v.record(v.string(), v.unknown()));
const named = informing(v.object({ id: text }));
const flag = informing(v.boolean());
const whole = informing(v.pipe(v.number(), v.integer()));

const failureSchema = informing(
  v.pipe(
    v.object({
      nonZeroExit: whole,
      earlyExit: flag,
      oomKilled: informing(v.object({ memoryLimit: text })),
      timedOutSeconds: whole,
      timedOutReason: text,
      unhealthy: text,
      evicted: flag,
    }),
    v.transform(({ oomKilled, ...rest }): Failure => {
      // That it says so is enough; which limit is another matter.
      const memoryLimit = oomKilled && (oomKilled.memoryLimit ?? "");
      return present({ ...rest, memoryLimit });
    }),
  ),
);

/** What `details` holds depends on the type; what is read of it has one meaning in all of them, but for `id`. */
const detailsSchema = informing(
  v.object({
    id: text,
    deployId: text,
    buildId: text,
    imageURL: text,
    deletedBranch: text,
    trigger: informing(v.object({ user: informing(v.object({ email: text })) })),
    reason: informing(
      v.object({ failure: failureSchema, buildFailed: record, newDeploy: named, newBuild: named }),
    ),
  }),
);

const eventSchema = v.pipe(
  v.object({ id: needed, type: needed, timestamp: time, details: detailsSchema }),
  v.transform(({ id, type, timestamp, details }): ServiceEvent => {
    const { reason } = details ?? {};
    const failedBuild = reason?.buildFailed?.["id"];
    return present({
      id,
      type,
      at: timestamp,
      ignoredCommit: type === "commit_ignored" ? details?.id : undefined,
      deployId: details?.deployId,
      buildId: details?.buildId ?? (typeof failedBuild === "string" ? failedBuild : undefined),
      failure: reason?.failure,
      newDeployId: reason?.newDeploy?.id,
      newBuildId: reason?.newBuild?.id,
      startedBy: details?.trigger?.user?.email,
      imageUrl: type === "image_pull_failed" ? details?.imageURL : undefined,
      deletedBranch: details?.deletedBranch,
    });
  }),
);

export const eventPage = pageOf("event", eventSchema);
