import { playedLog } from "./playedLog";
import type { DeployRecord, PhaseKind, PhaseRecord, ServiceRecord } from "./records";
import type { Failure } from "./wire";

/** A line that a deploy writes, before it has a date. */
export interface ScriptLine {
  /** How far into the step it is written: 0 at its beginning, 1 and more after it; `end` just before its end, whenever that is. */
  part: number | "end";
  /** When it can be read, counted as `part`; without it, at once. */
  comesAt?: number;
  text: string;
  level?: string;
  /** `build` for the build's own lines, `app` for all others. */
  type: "build" | "app";
}

const green = (text: string): string => `\u001b[32m${text}\u001b[0m`;
const red = (text: string): string => `\u001b[31m${text}\u001b[39m`;
const grey = (text: string): string => `\u001b[2m${text}\u001b[22m`;

/** The lines of one step of a deploy, in order; a step that is still under way gives all that it would write. */
export function scriptOf(record: ServiceRecord, deploy: DeployRecord, phase: PhaseRecord): ScriptLine[] {
  const { kind, outcome } = phase;
  if (deploy.plays !== undefined) {
    const { lines = [] } = playedLog(deploy.plays).find(step => step.kind === kind) ?? {};
    return lines.map(({ part, comesAt, text, isError }) => {
      const filled = fill(text, record, deploy);
      return { part, comesAt, text: filled, ...labels(filled, kind, isError) };
    });
  }
  const texts = working[kind](record, deploy);
  const ending = outcome === undefined ? [] : endings[kind][outcome](record, deploy);
  return [
    ...texts.map((text, index) => ({
      part: index / (texts.length + 1),
      text,
      ...labels(text, kind, false),
    })),
    ...ending.map(text => ({
      part: "end" as const,
      text,
      ...labels(text, kind, outcome === "failed" && !isPlatform(text)),
    })),
  ];
}

/** Render's own lines; some begin with a colour. */
function isPlatform(text: string): boolean {
  // eslint-disable-next-line no-control-regex
  return /^(?:\u001b\[[\d;]*m|\u001b\(B)*==>/.test(text);
}

/** As seen: lines of a build have a level, those of a program as well, Render's own about a deploy have none. */
function labels(text: string, kind: PhaseKind, isError: boolean): Pick<ScriptLine, "level" | "type"> {
  const level = { level: isError ? "error" : "info" };
  if (kind === "build") return { ...level, type: "build" };
  return { ...(!isPlatform(text) && level), type: "app" };
}

function fill(text: string, { service }: ServiceRecord, deploy: DeployRecord): string {
  return text
    .replaceAll("{repo}", service.repo ?? "")
    .replaceAll("{branch}", service.branch ?? "")
    .replaceAll("{commit}", deploy.commit?.id ?? "")
    .replaceAll("{name}", service.name)
    .replaceAll("{url}", service.serviceDetails.url ?? `https://${service.slug}.onrender.com`);
}

const help = "==> Common ways to troubleshoot your deploy: https://render.com/docs/troubleshooting-deploys";
const ruler = "==> ///////////////////////////////////////////////////////////";

const isDocker = ({ service }: ServiceRecord): boolean => service.serviceDetails.runtime === "docker";

const working: Record<PhaseKind, (record: ServiceRecord, deploy: DeployRecord) => string[]> = {
  build: (record, deploy) => {
    const { service } = record;
    const command =
      service.serviceDetails.envSpecificDetails?.buildCommand ?? service.serviceDetails.buildCommand ?? "";
    return [
      ...(deploy.clearCache ? [] : ["==> Downloading cache..."]),
      `==> Cloning from ${service.repo ?? ""}`,
      `==> Checking out commit ${deploy.commit?.id ?? ""} in branch ${service.branch ?? ""}`,
      ...(deploy.clearCache ? [] : ["==> Downloaded 303MB in 3s. Extraction took 7s."]),
      ...(isDocker(record)
        ? ["#8 [4/6] RUN npm ci", "#8 9.214 added 412 packages in 9s", "#9 [5/6] RUN npm run build"]
        : [
            command === ""
              ? "==> Empty build command; skipping build"
              : `==> Running build command '${command}'...`,
            grey("resolving packages"),
            "added 412 packages in 9s",
            grey("compiling 318 modules"),
            green("compiled") + " 318 modules",
          ]),
    ];
  },
  pre_deploy: ({ service }) => [
    `==> Starting pre-deploy: ${service.serviceDetails.envSpecificDetails?.preDeployCommand ?? ""}`,
    "2 migrations to apply",
    `${green("done")} 0041_berths`,
    `${green("done")} 0042_port_calls`,
  ],
  update: record => {
    const { service } = record;
    if (service.type === "static_site") return ["==> Deploying..."];
    const command = service.serviceDetails.envSpecificDetails?.startCommand ?? "";
    return [
      "==> Deploying...",
      // A container starts with what its image names, which no line tells.
      ...(command === "" ? [] : [`==> Running '${command}'`]),
      `${service.name} starting`,
      `${green("listening")} on 10000`,
    ];
  },
};

type Ending = (record: ServiceRecord, deploy: DeployRecord) => string[];

const nothing: Ending = () => [];

const endings: Record<PhaseKind, Record<"succeeded" | "failed" | "canceled", Ending>> = {
  build: {
    succeeded: record =>
      isDocker(record)
        ? ["Pushing image to registry...", "Upload succeeded"]
        : [
            "==> Uploading build...",
            "==> Uploaded in 5.4s. Compression took 1.3s",
            "==> Build successful 🎉",
          ],
    failed: () => [
      `src/berths.ts(42,7): ${red("error")} TS2322: Type 'string' is not assignable to type 'number'.`,
      "==> Build failed 😞",
      help,
    ],
    canceled: nothing,
  },
  pre_deploy: {
    succeeded: () => ["==> Pre-deploy complete!"],
    failed: () => [`${red("error")} column "berth_id" already exists`, "==> Pre-deploy has failed"],
    canceled: nothing,
  },
  update: {
    succeeded: ({ service }) => [
      "==> Your service is live 🎉",
      ...(service.serviceDetails.url === undefined
        ? []
        : ["==> ", ruler, "==> ", `==> Available at your primary URL ${service.serviceDetails.url}`]),
    ],
    failed: (_record, { failure }) => [
      `${red("fatal")} cannot connect to the database`,
      ...exitLine(failure),
      help,
    ],
    canceled: nothing,
  },
};

/** What Render prints of the reason that its events give. */
function exitLine(failure: Failure | undefined): string[] {
  if (failure?.oomKilled !== undefined)
    return [`==> Out of memory (used over ${failure.oomKilled.memoryLimit})`];
  if (failure?.earlyExit === true) return ["==> Application exited early"];
  if (failure?.nonZeroExit !== undefined) return [`==> Exited with status ${failure.nonZeroExit}`];
  return failure?.timedOutSeconds === undefined ? [] : ["==> Timed Out"];
}

const chatter = [
  "GET /berths 200 in 12 ms",
  "tide table refreshed",
  "GET /healthz 200 in 1 ms",
  `${grey("cache")} 98% hits`,
];

/** What a service says while it runs, again and again. */
export function chatterLine(index: number): string {
  return chatter[index % chatter.length] ?? "";
}
