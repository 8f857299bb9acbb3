import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { openLogSocket } from "./openLogSocket";
import { latest } from "./logs";
import { parsePlayedLog, playedLog, playedLogsFolder } from "./playedLog";
import { type Play, playedEndings } from "./simulator";
import { type Bench, withSimulator } from "./withSimulator";
import type { LogLine } from "./wire";

const plays = Object.keys(playedEndings) as Play[];
const hour = 3_600_000;

interface Event {
  type: string;
  details: Record<string, unknown>;
}

interface Played {
  id: string;
  status: string;
  /** By date. */
  lines: LogLine[];
  /** Oldest first. */
  events: Event[];
}

/** Plays a log in a new service, until nothing more comes of it. */
async function play(bench: Bench, name: Play): Promise<Played> {
  const { simulator, clock, add, call } = bench;
  const { id, ownerId } = add({ name: "quay", type: "static_site" }).service;
  const startTime = new Date(clock.now() - 1000).toISOString();
  simulator.nextDeploy(id, { plays: name });
  const { json } = await call("POST", `/services/${id}/deploys`, {});
  const deploy = (json as { id: string }).id;
  clock.advance(hour);
  const shown = (await call("GET", `/services/${id}/deploys/${deploy}`)).json as { status: string };
  const query = `ownerId=${ownerId}&resource=${id}&startTime=${startTime}&direction=forward&limit=1000`;
  const { logs } = (await call("GET", `/logs?${query}`)).json as { logs: LogLine[] };
  const events = (await call("GET", `/services/${id}/events?limit=100&startTime=${startTime}`)).json;
  return {
    id: deploy,
    status: shown.status,
    lines: logs,
    events: (events as { event: Event }[]).map(({ event }) => event).reverse(),
  };
}

const textsOf = ({ lines }: Played): string[] => lines.map(({ message }) => message);
const label = ({ labels }: LogLine, name: string): string | undefined =>
  labels.find(each => each.name === name)?.value;
const detailsOf = ({ events }: Played, type: string): Record<string, unknown> | undefined =>
  events.find(event => event.type === type)?.details;

/** How each ends: the status, the event with the reason and what it says, and a line that the log has. */
const endings: Record<Play, [status: string, type: string, reason: unknown, line?: string | RegExp]> = {
  liveNode: ["live", "deploy_ended", {}, "==> Pre-deploy complete!"],
  livePython: ["live", "deploy_ended", {}, "==> Your service is live 🎉"],
  liveDocker: ["live", "deploy_ended", {}, "Upload succeeded"],
  liveStatic: ["live", "deploy_ended", {}, "==> Build successful 🎉"],
  cloneFailed: [
    "build_failed",
    "build_ended",
    exit(1),
    /^==> Unable to clone https:\/\/github\.com\/harbor-labs\//,
  ],
  commitGone: ["build_failed", "build_ended", exit(1), /^fatal: reference is not a tree/],
  rootDirectoryMissing: ["build_failed", "build_ended", exit(1), /Service Root Directory ".*" is missing\.$/],
  missingScript: ["build_failed", "build_ended", exit(1), 'npm error Missing script: "build:web"'],
  lockFile: ["build_failed", "build_ended", exit(1), /^npm error `npm ci` can only install packages when/],
  commandNotFound: ["build_failed", "build_ended", exit(127), "sh: 1: webpack: not found"],
  buildModuleNotFound: ["build_failed", "build_ended", exit(1), /^Module not found: Error: Can't resolve/],
  typeError: ["build_failed", "build_ended", exit(2), /^src\/tides\/table\.ts\(12,24\): error TS2307: /],
  nextTypeError: ["build_failed", "build_ended", exit(1), /Type error.*: Property 'draught'/],
  viteResolve: ["build_failed", "build_ended", exit(1), /Rollup failed to resolve import "leaflet/],
  pythonRequirement: ["build_failed", "build_ended", exit(1), /ERROR: Invalid requirement: /],
  pythonVersion: ["build_failed", "build_ended", exit(1), /requires a different Python: 3\.13\.4/],
  dockerStep: ["build_failed", "build_ended", exit(1), /^error: failed to solve: process/],
  publishDirectoryMissing: [
    "build_failed",
    "build_ended",
    exit(1),
    "==> Publish directory build does not exist!",
  ],
  buildExitCode: ["build_failed", "build_ended", exit(3), "charts of sector 7 are 41 days old"],
  buildOutOfMemory: [
    "build_failed",
    "build_ended",
    { failure: { evicted: false, oomKilled: { memoryLimit: "8Gi" } } },
    /JavaScript heap out of memory$/,
  ],
  buildMinutesUsedUp: ["build_failed", "build_ended", { failure: { evicted: false } }],
  migrationFailed: ["pre_deploy_failed", "pre_deploy_ended", exit(1), "==> Pre-deploy has failed"],
  imagePullFailed: ["update_failed", "deploy_ended", { failure: { evicted: false } }],
  startTraceback: ["update_failed", "deploy_ended", exit(1), "==> Exited with status 1"],
  startModuleNotFound: ["update_failed", "deploy_ended", exit(1), /^Error: Cannot find module/],
  missingVariable: ["update_failed", "deploy_ended", exit(1), /variable TIDE_FEED_URL is required$/],
  databaseUnreachable: ["update_failed", "deploy_ended", exit(1), /connect ECONNREFUSED 127\.0\.0\.1:5432$/],
  noOpenPort: [
    "update_failed",
    "deploy_ended",
    { failure: { evicted: false, timedOutSeconds: 900, timedOutReason: "no open ports were detected" } },
    /^==> Port scan timeout reached, no open ports detected\./,
  ],
  wrongHost: [
    "update_failed",
    "deploy_ended",
    { failure: { evicted: false, timedOutSeconds: 900, timedOutReason: "no open ports were detected" } },
    " * Running on http://127.0.0.1:10000",
  ],
  healthCheck: [
    "update_failed",
    "deploy_ended",
    {
      failure: { evicted: false, timedOutSeconds: 900, unhealthy: "the health check was answered with 503" },
    },
    "==> Timed Out",
  ],
  outOfMemory: [
    "update_failed",
    "deploy_ended",
    { failure: { evicted: false, oomKilled: { memoryLimit: "512Mi" } } },
    "==> Out of memory (used over 512Mi)",
  ],
  exitedEarly: [
    "update_failed",
    "deploy_ended",
    { failure: { evicted: false, earlyExit: true } },
    "==> Application exited early",
  ],
  evicted: ["update_failed", "deploy_ended", { failure: { evicted: true } }, "==> Running 'node server.js'"],
  canceled: ["canceled", "deploy_ended", {}, "added 311 packages, and audited 312 packages in 5s"],
  superseded: ["canceled", "deploy_ended", undefined, /^==> Running build command/],
};

function exit(nonZeroExit: number): unknown {
  return { failure: { evicted: false, nonZeroExit } };
}

describe("simulator: played logs", () => {
  it("are a file each, which says what it shows", async () => {
    const files = (await readdir(playedLogsFolder)).sort();
    assert.deepEqual(files, plays.map(name => `${name}.log`).sort());
    for (const file of files) assert.match(await readFile(join(playedLogsFolder, file), "utf8"), /^# \S/);
  });

  it("come at most a minute late, and end at most a minute after their step", () => {
    for (const name of plays)
      for (const { ms, lines } of playedLog(name))
        for (const { part, comesAt, text } of lines) {
          assert.ok((comesAt - part) * ms <= latest, `${name}: ${text}`);
          assert.ok((part - 1) * ms <= latest, `${name}: ${text}`);
        }
  });

  for (const name of plays) {
    const [status, type, reason, line] = endings[name];
    it(`${name} ends as ${status}, with the reason among the events`, async () => {
      await withSimulator({}, async bench => {
        const played = await play(bench, name);
        assert.equal(played.status, status);
        const told = detailsOf(played, type)?.["reason"];
        const [newest] = bench.simulator.services[0]?.deploys ?? [];
        assert.deepEqual(told, reason ?? { newDeploy: { id: newest?.id } });
        assert.equal(newest?.id === played.id, name !== "superseded");
        const texts = textsOf(played);
        if (line === undefined) assert.deepEqual(texts, []);
        else
          assert.ok(
            texts.some(text => (typeof line === "string" ? text === line : line.test(text))),
            texts.join("\n"),
          );
        assert.ok(texts.every(text => !/\{(?:repo|branch|commit|name|url)\}|\\e/.test(text)));
      });
    });
  }

  it("are labelled as Render labels: builds without an instance, its own lines about a deploy without a level", async () => {
    await withSimulator({}, async bench => {
      const { lines } = await play(bench, "startModuleNotFound");
      const labelsOf = (start: RegExp): (string | undefined)[] => {
        const line = lines.find(({ message }) => start.test(message));
        assert.ok(line, String(start));
        return [label(line, "type"), label(line, "level"), label(line, "instance")?.slice(0, 4)];
      };
      assert.deepEqual(labelsOf(/^==> Cloning/), ["build", "info", undefined]);
      assert.deepEqual(labelsOf(/^added 144/), ["build", "info", undefined]);
      assert.deepEqual(labelsOf(/^==> Deploying/), ["app", undefined, undefined]);
      assert.deepEqual(labelsOf(/==>.* Running 'node/), ["app", undefined, undefined]);
      assert.deepEqual(labelsOf(/^Error: Cannot find/), ["app", "error", "srv-"]);
    });
  });

  it("tell an exit before the traceback that explains it, whose dates are earlier, and twice", async () => {
    await withSimulator({}, async bench => {
      const { simulator, clock, add } = bench;
      const record = add();
      simulator.nextDeploy(record.service.id, { plays: "startTraceback" });
      const socket = await openLogSocket(simulator, record);
      simulator.deployElsewhere(record.service.id);
      clock.advance(60_000);
      await socket.settled();
      const lines = socket.lines();
      const at = (text: string): number[] =>
        lines.flatMap(({ message }, index) => (message.startsWith(text) ? [index] : []));
      const [exits, errors] = [at("==> Exited with status 1"), at("ValueError: ")];
      assert.equal(exits.length, 2);
      assert.equal(errors.length, 2);
      for (const [index, exited] of exits.entries()) {
        const error = errors[index] ?? -1;
        assert.ok(exited < error);
        assert.ok(Date.parse(lines[exited]?.timestamp ?? "") > Date.parse(lines[error]?.timestamp ?? ""));
      }
      assert.equal(lines.at(-1)?.message, "==> Running 'gunicorn harbor.wsgi:app'", "started after the end");
      assert.deepEqual(simulator.deploysOf(record.service.id)[0]?.status, "update_failed");
      assert.equal(new Set(lines.map(({ id }) => id)).size, lines.length);
    });
  });

  it("keep the escape codes that printing programs leave behind", async () => {
    await withSimulator({}, async bench => {
      const texts = textsOf(await play(bench, "missingScript"));
      assert.ok(texts.includes("\u001b[31m==>\u001b(B\u001b[m Build failed 😞"));
      const progress = textsOf(await play(bench, "livePython"));
      assert.ok(progress.some(text => text.endsWith("\r\u001b[2K")));
    });
  });

  it("name the service's own repository, commit and address", async () => {
    await withSimulator({}, async bench => {
      const { simulator, clock, add, call } = bench;
      const record = add();
      const { id, ownerId, repo } = record.service;
      simulator.nextDeploy(id, { plays: "liveDocker" });
      simulator.push(id, { id: "a1".repeat(20), message: "Light the lamp" });
      clock.advance(55_000);
      const { logs } = (await call("GET", `/logs?ownerId=${ownerId}&resource=${id}&limit=100`)).json as {
        logs: LogLine[];
      };
      const texts = logs.map(({ message }) => message);
      assert.ok(texts.includes(`==> Cloning from ${repo ?? "nowhere"}`));
      assert.ok(texts.includes(`==> Checking out commit ${"a1".repeat(20)} in branch main`));
      assert.ok(
        texts.includes(`==> Available at your primary URL ${record.service.serviceDetails.url ?? "nowhere"}`),
      );
    });
  });

  it("say by an event what no line says", async () => {
    await withSimulator({}, async bench => {
      const pulled = await play(bench, "imagePullFailed");
      assert.ok(detailsOf(pulled, "image_pull_failed"));
      const minutes = await play(bench, "buildMinutesUsedUp");
      assert.deepEqual(Object.keys(detailsOf(minutes, "pipeline_minutes_exhausted") ?? {}), [
        "buildId",
        "trigger",
      ]);
      const known = await play(bench, "missingScript");
      assert.equal(detailsOf(known, "image_pull_failed"), undefined);
      assert.equal(detailsOf(known, "pipeline_minutes_exhausted"), undefined);
    });
  });

  it("take as long as their files say, at the simulator's speed, and can be told to end otherwise", async () => {
    await withSimulator({ speed: 10 }, async bench => {
      const { simulator, clock, add, statuses } = bench;
      const { id } = add().service;
      simulator.nextDeploy(id, { plays: "missingScript" });
      simulator.nextDeploy(id, {
        plays: "missingScript",
        phases: { build: 1_000 },
        failure: { evicted: true },
      });
      simulator.deployElsewhere(id);
      clock.advance(2_199);
      assert.deepEqual(await statuses(id), ["build_in_progress"]);
      clock.advance(1);
      assert.deepEqual(await statuses(id), ["build_failed"]);
      simulator.deployElsewhere(id);
      clock.advance(100);
      assert.deepEqual(await statuses(id), ["build_failed", "build_failed"]);
      assert.deepEqual(simulator.deploysOf(id)[0]?.failure, { evicted: true });
    });
  });

  it("are read line by line, and a line that is none is named", () => {
    const text = "# What it shows\n[build 10]\n  2.5 | #12 0.045 one\\e[0m\n  2 ! two\n  3 |\n";
    assert.deepEqual(parsePlayedLog(text), [
      {
        kind: "build",
        ms: 10_000,
        lines: [
          { part: 0.25, comesAt: 0.25, text: "#12 0.045 one\u001b[0m", isError: false },
          { part: 0.2, comesAt: 0.25, text: "two", isError: true },
          { part: 0.3, comesAt: 0.3, text: "", isError: false },
        ],
      },
    ]);
    assert.deepEqual(parsePlayedLog(text.replaceAll("\n", "\r\n")), parsePlayedLog(text));
    assert.throws(() => parsePlayedLog("[build 10]\n==> no time\n"), /^Error: line 2 .*: ==> no time$/);
    assert.throws(() => parsePlayedLog("1 | before any step\n"), /line 1/);
    assert.throws(() => parsePlayedLog("[boat 10]\n"), /line 1/);
  });
});
