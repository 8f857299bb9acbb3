import type { DeployPlan } from "../simulator/simulator.js";

export type Play = NonNullable<DeployPlan["plays"]>;

/** What a person is to read of a failure whose log is played, and a line that must stand beside it, if there is one. */
export const endings: readonly (readonly [plays: Play, text: RegExp, line: RegExp | undefined])[] = [
  [
    "cloneFailed",
    /^Likely cause: Render could not clone|^Likely cause: Render has no access/u,
    /clone|Username/u,
  ],
  [
    "commitGone",
    /^Likely cause: [0-9a-f]{7,40} is not in the repository any more\. Push it/u,
    /reference is not a tree/u,
  ],
  [
    "rootDirectoryMissing",
    /^Likely cause: the root directory .* is not in the repository\. Correct it/u,
    /is missing/u,
  ],
  ["missingScript", /^Likely cause: package\.json has no script ".+"\. Add it/u, /Missing script/u],
  ["lockFile", /^Likely cause: the lock file .*commit the lock file\.$/u, /npm ci/u],
  ["commandNotFound", /^Likely cause: the command \S+ was not found\./u, /not found/u],
  [
    "buildModuleNotFound",
    /^Likely cause: "\.\/components\/Tidetable" was not found\./u,
    /Cannot find module|not found/u,
  ],
  ["typeError", /^Likely cause: .*Argument of type 'string \| undefined' is not assignable/u, /TS2345/u],
  ["nextTypeError", /^Likely cause: .+ Correct the type error\.$/u, /Type error:/u],
  ["viteResolve", /^Likely cause: ".+" was not found\./u, /resolve/u],
  ["pythonRequirement", /^Likely cause: /u, /ERROR|requirement/iu],
  ["pythonVersion", /^Likely cause: the version of the language .*fit/u, /Python|python/u],
  [
    "dockerStep",
    /^Likely cause: (?:the lock file|a step of the Dockerfile failed)/u,
    /npm ci|failed to solve/u,
  ],
  [
    "publishDirectoryMissing",
    /^Likely cause: the publish directory ".+" does not exist after the build\./u,
    /does not exist/u,
  ],
  ["buildExitCode", /^The command ended with exit code 3\.$/u, /charts of sector 7 are 41 days old/u],
  ["buildOutOfMemory", /^It ran out of memory \(limit 8Gi\)\./u, /./u],
  ["buildMinutesUsedUp", /^The build minutes of the workspace are used up\./u, undefined],
  [
    "migrationFailed",
    /^Likely cause: the migration met something that is there already \(.+\)\./u,
    /already exists/u,
  ],
  ["startTraceback", /^Likely cause: /u, /Error/u],
  ["startModuleNotFound", /^Likely cause: ".+" was not found\./u, /Cannot find module|No module named/u],
  ["missingVariable", /^Likely cause: the environment variable [A-Z_]+ is not set\. Set it/u, /[A-Z_]{4,}/u],
  ["databaseUnreachable", /^Likely cause: the database could not be reached/u, /ECONNREFUSED/u],
  ["noOpenPort", /^Render gave up on it after 15 min: no open ports were detected\..*0\.0\.0\.0/u, /port/iu],
  ["wrongHost", /^Render gave up on it after 15 min: no open ports were detected\..*0\.0\.0\.0/u, /port/iu],
  ["healthCheck", /the health check/iu, /./u],
  ["outOfMemory", /^It ran out of memory \(limit 512Mi\)\./u, /./u],
  [
    "exitedEarly",
    /^The program ended by itself, without an error, although a service has to go on running\.$/u,
    /./u,
  ],
  ["evicted", /^Render took it off its machine/u, undefined],
];
