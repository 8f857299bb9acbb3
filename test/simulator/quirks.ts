/** Answer with this status, or do it all the same. */
export type StatusOr<T extends string> = number | T;

/**
 * How the simulated Render behaves where recordings of the real one differ from each other or from its schema, and
 * where its documentation says nothing. The defaults are what the evidence supports; where there is none, the
 * default is the answer that shows a client's mistake soonest.
 */
export interface Quirks {
  /** A deploy of an image says `commit: null`, as recorded, although the schema does not allow it; otherwise the field is absent. */
  commitNull: boolean;
  /** A deploy that has not finished says `finishedAt: null` (recorded until early 2025); otherwise the field is absent (recorded since). */
  finishedAtNull: boolean;
  /** Empty lists of ids in an environment are `null`, as recorded, although the schema requires arrays. */
  nullArrays: boolean;
  /** Every deploy under way has this status instead: lists of values grow (`queued` was added in 2025). `null` for none. */
  unknownStatus: string | null;
  /** Every deploy has this trigger instead. `null` for none. */
  unknownTrigger: string | null;
  /** Errors have no body at all; Render's own command line copes with that. */
  emptyErrorBody: boolean;
  /** Errors are plain text; Render's own command line copes with that. */
  nonJsonErrorBody: boolean;
  /** Errors carry an `id`, which the schema allows and no recording has. */
  errorId: boolean;
  /** Errors carry a `code`, which only the newest schema has. */
  errorCode: boolean;
  /** A list whose length is a multiple of the page size ends with an empty page, because each item has a cursor; otherwise the very last item has none. */
  fullLastPage: boolean;
  /** The order of lists. Render's documentation does not say; newest first holds in practice. */
  listOrder: "newestFirst" | "oldestFirst" | "shuffled";
  /** What a `limit` above 100 does. Render's documentation does not say. */
  limitAbove100: "400" | "clamp";
  /** What a `limit` above 100 does to log lines. Render's documentation does not say; its command line asks for 1000. */
  logLimitAbove100: "400" | "clamp" | "accept";
  /** What an unknown cursor does. Render's documentation does not say. */
  badCursor: StatusOr<"ignore">;
  /** What a list of values does that is joined by commas where keys are to be repeated, or the other way round. Render's documentation does not say. */
  otherArrayEncoding: StatusOr<"accept">;
  /** Whether `createdAfter` and its like include the moment itself. Render's documentation does not say. */
  inclusiveDates: boolean;
  /** What the filter `name` compares. Render's documentation does not say; its tools use it for whole names. */
  nameFilter: "equals" | "contains";
  /** Whether `commitId` may be shortened. Render's documentation does not say for the API; deploy hooks allow it. */
  acceptsShortSha: boolean;
  /** What a `commitId` with the 64 digits of SHA-256 does. Render's documentation does not say. */
  sha256Commit: StatusOr<"accept">;
  /** What a `commitId` does that no push or test has made known. Render's documentation does not say. */
  unknownCommit: StatusOr<"accept">;
  /** What deploying a suspended service does; rolling back then does the same or answers {@link rollbackRefused}. Render's documentation does not say. */
  suspendedDeploy: StatusOr<"accept">;
  /** Whether a push deploys a suspended service. Render's documentation does not say. */
  suspendedAutoDeploys: boolean;
  /** Whether a skip phrase counts in any case. Render's documentation writes it in lower case and says no more. */
  skipPhraseInAnyCase: boolean;
  /** What a build filter that only ignores paths leaves of a root directory. Render's documentation does not say. */
  ignoredPathsAlone: "withinRootDirectory" | "wholeRepository";
  /** Whether a push that changes no file in the end deploys a service with a root directory or a build filter. Render's documentation does not say. */
  emptyPushDeploys: boolean;
  /** Whether a glob that ends in a name stands for all that is in a folder. Render's documentation does not say. */
  widerGlobs: boolean;
  /** Whether a push that a root directory or a build filter holds back is told as `commit_ignored`, as one with a skip phrase is. Render's documentation does not say. */
  filteredPushIsEvent: boolean;
  /** Whether suspending a service cancels its deploy under way. Render's documentation does not say. */
  suspendCancelsDeploy: boolean;
  /** Whether resuming a service deploys it: the trigger `service_resumed` exists. */
  resumeDeploys: boolean;
  /** What resuming does when somebody else than a user suspended the service. Render's documentation does not say. */
  resumeForeignSuspender: StatusOr<"accept">;
  /** What deploying in a protected environment does. Render's documentation does not say whether that counts as destructive. */
  protectedDeploy: StatusOr<"accept">;
  /** What cancelling a queued deploy does. Render's documentation does not say; its command line does not offer it. */
  cancelQueued: StatusOr<"accept">;
  /** The status for cancelling a deploy that has ended. Render's documentation does not say; 400 and 404 are the only ones declared. */
  cancelEnded: number;
  /** The status for cancelling a cron job's deploy, which is not supported. Which one, Render's documentation does not say. */
  cancelCron: number;
  /** What becomes of a waiting deploy that a later one replaces. Render's documentation does not say. */
  skippedDeploys: "canceled" | "absent";
  /** What `commitId` does for a service of an image. Render's documentation does not say. */
  pinnedCommitOnImage: StatusOr<"ignore">;
  /** What `imageUrl` does for a service of a Git repository. Render's documentation does not say. */
  imageUrlOnGit: StatusOr<"ignore">;
  /** Which `deployMode` excludes the other fields: the schema says both. */
  deployModeExclusive: "always" | "deployOnly";
  /** What `deploy_only` does without a successful build, for images, static sites and cron jobs. Render's documentation does not say. */
  deployOnlyWithoutBuild: StatusOr<"accept">;
  /** What a missing body of a trigger does: the schema requires one, and `{}` works. */
  missingBody: StatusOr<"accept">;
  /** The status for rolling back to a deploy that failed, is unknown or has lost its build, or a suspended service. Render's documentation does not say which. */
  rollbackRefused: number;
  /** What rolling back to the live deploy does. Render's documentation does not say. */
  rollbackToLive: StatusOr<"accept">;
  /** What rolling back a cron job does. Render's documentation does not say. */
  rollbackCron: StatusOr<"accept">;
  /** How many successful deploys can be rolled back to. It depends on the plan and is not part of the API. */
  retainedBuilds: number;
  /** Whether a restart appears among the deploys. Render's documentation does not say. */
  restartIsDeploy: boolean;
  /** Whether changing a service deploys it. Render's documentation does not say. */
  patchDeploys: boolean;
  /** Which wins when `autoDeploy` and `autoDeployTrigger` are both sent. Render's documentation says it of Blueprints only. */
  autoDeployWinner: "autoDeploy" | "autoDeployTrigger";
  /** Services have no `autoDeployTrigger`, as before May 2025. */
  autoDeployTriggerAbsent: boolean;
  /** Services have no `dashboardUrl` and no `runtime` beside `env`, and say null where they have no parent or filter: bodies of 2022 and 2023. */
  serviceBodiesOf2023: boolean;
  /** Environments have no `networkIsolationEnabled`, as recorded in January 2025, although the schema requires it. */
  networkIsolationMissing: boolean;
  /** Every object has fields that nobody knows yet. */
  extraFields: boolean;
  /** Optional fields that are left out, for example `deploy.trigger`; see `optionalFields`. */
  missingOptionalFields: readonly string[];
  /** A deploy begins as `created`. The status exists; no recorded answer had it. */
  createdFirst: boolean;
  /** Milliseconds at speed 1 between the answer 202 and the queued deploy in the list. */
  queuedAfterMs: number;
  /** Milliseconds at speed 1 in which a new deploy is found neither by its id nor in the list, although it was answered with 201. Render promises nothing. */
  newDeployHiddenMs: number;
  /** Every trigger is answered with 202, even when nothing runs. What else than waiting causes it is not documented. */
  alwaysQueued: boolean;
  /** Static sites go live without `update_in_progress`. Render's documentation does not say. */
  staticSkipsUpdate: boolean;
  /** How `Ratelimit-Reset` counts: the documentation says epoch, every recording has seconds left. */
  rateLimitResetAs: "seconds" | "epoch";
  /** 429 carries `Retry-After`, which the newest schema declares as optional. */
  retryAfterHeader: boolean;
  /** A call refused with 429 takes from the next minute's budget. Whether it costs anything, Render's documentation does not say. */
  refusedCallsCount: boolean;
  /** The status for a service in a workspace that the key does not reach: 403 or 404. Render's documentation does not say. */
  foreignService: number;
  /** The status for a deleted service: 404 or 410. Render's documentation does not say. */
  removedService: number;
  /** The items of an event list have no `cursor`, as in the newest schema. */
  eventCursorMissing: boolean;
  /** Without `startTime`, only the last hour's events are sent: the parameter's text says so, nothing confirms it. */
  eventsOfLastHour: boolean;
  /** The order of log lines in a page. Schema and command line contradict each other. */
  logOrder: "ascending" | "descending";
  /** No log lines are sent as `logs: null`. Render's documentation does not say. */
  logsNull: boolean;
  /** What a log socket without `startTime` begins with: Render's own client leaves it to the server's default, an hour; a guide says that nothing from before comes. */
  logSocketBacklog: "lastHour" | "none";
  /** For how many days log lines are kept. It depends on the plan: 7, 14 or 30. */
  logRetentionDays: number;
}

export const defaultQuirks: Readonly<Quirks> = {
  commitNull: true,
  finishedAtNull: false,
  nullArrays: true,
  unknownStatus: null,
  unknownTrigger: null,
  emptyErrorBody: false,
  nonJsonErrorBody: false,
  errorId: false,
  errorCode: false,
  fullLastPage: true,
  listOrder: "newestFirst",
  limitAbove100: "400",
  logLimitAbove100: "accept",
  badCursor: 400,
  otherArrayEncoding: 400,
  inclusiveDates: false,
  nameFilter: "equals",
  acceptsShortSha: false,
  sha256Commit: 400,
  unknownCommit: "accept",
  suspendedDeploy: 409,
  suspendedAutoDeploys: false,
  skipPhraseInAnyCase: false,
  ignoredPathsAlone: "withinRootDirectory",
  emptyPushDeploys: false,
  widerGlobs: false,
  filteredPushIsEvent: false,
  suspendCancelsDeploy: false,
  resumeDeploys: true,
  resumeForeignSuspender: 400,
  protectedDeploy: "accept",
  cancelQueued: 400,
  cancelEnded: 400,
  cancelCron: 400,
  skippedDeploys: "canceled",
  pinnedCommitOnImage: 400,
  imageUrlOnGit: 400,
  deployModeExclusive: "always",
  deployOnlyWithoutBuild: 400,
  missingBody: 400,
  rollbackRefused: 400,
  rollbackToLive: "accept",
  rollbackCron: 400,
  retainedBuilds: 15,
  restartIsDeploy: false,
  patchDeploys: false,
  autoDeployWinner: "autoDeployTrigger",
  autoDeployTriggerAbsent: false,
  serviceBodiesOf2023: false,
  networkIsolationMissing: false,
  extraFields: false,
  missingOptionalFields: [],
  createdFirst: false,
  queuedAfterMs: 0,
  newDeployHiddenMs: 0,
  alwaysQueued: false,
  staticSkipsUpdate: false,
  rateLimitResetAs: "seconds",
  retryAfterHeader: false,
  refusedCallsCount: false,
  foreignService: 404,
  removedService: 404,
  eventCursorMissing: false,
  eventsOfLastHour: true,
  logOrder: "ascending",
  logsNull: false,
  logSocketBacklog: "lastHour",
  logRetentionDays: 7,
};

/** Every field that Render's schema leaves optional and the simulator can leave out. */
export const optionalFields = [
  "owner.twoFactorAuthEnabled",
  "deploy.commit",
  "deploy.image",
  "deploy.status",
  "deploy.trigger",
  "deploy.createdAt",
  "deploy.updatedAt",
  "deploy.startedAt",
  "deploy.finishedAt",
  "service.branch",
  "service.repo",
  "service.imagePath",
  "service.registryCredential",
  "service.buildFilter",
  "service.environmentId",
  "service.autoDeployTrigger",
  "blueprint.lastSync",
] as const;
