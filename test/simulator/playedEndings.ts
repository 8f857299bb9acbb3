import type { PhaseKind } from "./records";
import type { Failure } from "./wire";

/** How a deploy ends whose log is played. */
export interface PlayedEnding {
  /** The step that fails; without it, and without the two below, the deploy goes live. */
  fails?: PhaseKind | "image_pull" | "build_minutes";
  /** What the events give as the reason. */
  failure?: Failure;
  /** The step at whose end somebody cancels the deploy. */
  canceledIn?: PhaseKind;
  /** The step at whose end a newer deploy takes the place of this one. */
  supersededIn?: PhaseKind;
}

const exit = (nonZeroExit: number): Failure => ({ evicted: false, nonZeroExit });
const unexplained: Failure = { evicted: false };

/**
 * The logs that can be played: each is a file of this name in `playedLogs/`, which gives the steps of the deploy and what
 * they write; how they end stands here.
 */
export const playedEndings = {
  liveNode: {},
  livePython: {},
  liveDocker: {},
  liveStatic: {},
  cloneFailed: { fails: "build", failure: exit(1) },
  commitGone: { fails: "build", failure: exit(1) },
  rootDirectoryMissing: { fails: "build", failure: exit(1) },
  missingScript: { fails: "build", failure: exit(1) },
  lockFile: { fails: "build", failure: exit(1) },
  commandNotFound: { fails: "build", failure: exit(127) },
  buildModuleNotFound: { fails: "build", failure: exit(1) },
  typeError: { fails: "build", failure: exit(2) },
  nextTypeError: { fails: "build", failure: exit(1) },
  viteResolve: { fails: "build", failure: exit(1) },
  pythonRequirement: { fails: "build", failure: exit(1) },
  pythonVersion: { fails: "build", failure: exit(1) },
  dockerStep: { fails: "build", failure: exit(1) },
  publishDirectoryMissing: { fails: "build", failure: exit(1) },
  buildExitCode: { fails: "build", failure: exit(3) },
  buildOutOfMemory: { fails: "build", failure: { evicted: false, oomKilled: { memoryLimit: "8Gi" } } },
  buildMinutesUsedUp: { fails: "build_minutes", failure: unexplained },
  migrationFailed: { fails: "pre_deploy", failure: exit(1) },
  imagePullFailed: { fails: "image_pull", failure: unexplained },
  startTraceback: { fails: "update", failure: exit(1) },
  startModuleNotFound: { fails: "update", failure: exit(1) },
  missingVariable: { fails: "update", failure: exit(1) },
  databaseUnreachable: { fails: "update", failure: exit(1) },
  noOpenPort: {
    fails: "update",
    failure: { evicted: false, timedOutSeconds: 900, timedOutReason: "no open ports were detected" },
  },
  wrongHost: {
    fails: "update",
    failure: { evicted: false, timedOutSeconds: 900, timedOutReason: "no open ports were detected" },
  },
  healthCheck: {
    fails: "update",
    failure: { evicted: false, timedOutSeconds: 900, unhealthy: "the health check was answered with 503" },
  },
  outOfMemory: { fails: "update", failure: { evicted: false, oomKilled: { memoryLimit: "512Mi" } } },
  exitedEarly: { fails: "update", failure: { evicted: false, earlyExit: true } },
  evicted: { fails: "update", failure: { evicted: true } },
  canceled: { canceledIn: "build" },
  superseded: { supersededIn: "build" },
} as const satisfies Record<string, PlayedEnding>;

/** The name of a log that can be played. */
export type Play = keyof typeof playedEndings;
