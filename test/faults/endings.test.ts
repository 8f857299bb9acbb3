import assert from "node:assert/strict";
import { causeText } from "../../src/features/deployLog/causeTexts.js";
import { whyFailed } from "../../src/features/deployLog/whyFailed.js";
import { RenderClient } from "../../src/render/client.js";
import { RenderHttp } from "../../src/render/http/http.js";
import { emptyData, newService, noLimits, Simulator, type DeployPlan } from "../simulator/simulator.js";
import { RecordingLog } from "../support/builders.js";
import { FaultyLine } from "./walks/faultyLine.js";
import { VirtualTime } from "./walks/virtualTime.js";

const commitId = "3f1a5c9e7b2d4680a1b2c3d4e5f60718293a4b5c";

type Play = NonNullable<DeployPlan["plays"]>;

/** What a person is to read of a failure whose log is played, and a line that must stand beside it, if there is one. */
const endings: readonly (readonly [plays: Play, text: RegExp, line: RegExp | undefined])[] = [
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

describe("why a deploy failed, read of the simulator", () => {
  for (const [plays, text, line] of endings)
    it(`is said of ${plays}`, async () => {
      const { cause } = await failureOf(plays);
      assert.ok(cause, "nothing is said");
      assert.match(causeText(cause), text);
      if (line) assert.match(cause.lines.join("\n"), line);
      assert.ok(cause.lines.length <= 3);
    });
});

/** Deploys, until it has failed, and asks why. */
async function failureOf(plays: Play): ReturnType<typeof whyFailed> {
  const time = new VirtualTime();
  const data = emptyData();
  const service = newService({ name: "lighthouse", ownerId: data.workspaces[0]?.owner.id ?? "" });
  const simulator = Simulator.withoutServer({
    data: { ...data, services: [service] },
    clock: time,
    limits: noLimits,
  });
  const line = new FaultyLine(simulator, time, () => () => undefined);
  const http = new RenderHttp({
    fetch: () => Promise.resolve(line.fetch),
    apiUrl: () => "https://render.example/v1",
    apiKey: () => Promise.resolve(simulator.key),
    clock: time,
    random: () => 0.5,
    log: new RecordingLog(),
    userAgent: "endings",
  });
  const render = new RenderClient(http);
  const { signal } = new AbortController();
  const { id, ownerId } = service.service;
  simulator.nextDeploy(id, { plays });
  const [answer] = await Promise.all([render.triggerDeploy(id, { commitId }, signal), time.pass(1_000)]);
  if (answer.kind !== "created") throw new Error("Nothing runs, and yet it waits.");
  await time.pass(30 * 60_000, () => simulator.deploysOf(id)[0]?.finishedAt !== undefined);
  const [deploy] = await Promise.all([render.getDeploy(id, answer.deploy.id, signal), time.pass(1_000)]);
  assert.match(deploy.status, /_failed$/u);
  const [failure] = await Promise.all([
    whyFailed(render, { id, ownerId }, deploy, http.renderNow ?? time.now(), signal),
    time.pass(10_000),
  ]);
  http.dispose();
  await simulator.close();
  return failure;
}
