import type { DeployRecord, PhaseKind, PhaseRecord, ServiceRecord } from "./records";

/** A line that a deploy writes, before it has a date. */
export interface ScriptLine {
  /** How far into the step it is written: 0 at its beginning, 1 at its end. */
  part: number;
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
  const lines = spread(working[phase.kind](record, deploy), phase.kind);
  const ending = phase.outcome === undefined ? undefined : endings[phase.kind][phase.outcome];
  const type = phase.kind === "build" ? "build" : "app";
  for (const text of ending ?? []) {
    lines.push({ part: 1, text, type, ...(!text.startsWith("==>") && { level: "error" }) });
  }
  return lines;
}

function spread(texts: readonly string[], kind: PhaseKind): ScriptLine[] {
  return texts.map((text, index) => ({
    part: index / (texts.length + 1),
    text,
    ...(text.startsWith("==>") && kind !== "build" ? {} : { level: "info" }),
    type: kind === "build" ? "build" : "app",
  }));
}

const working: Record<PhaseKind, (record: ServiceRecord, deploy: DeployRecord) => string[]> = {
  build: ({ service }, deploy) => {
    const command =
      service.serviceDetails.envSpecificDetails?.buildCommand ?? service.serviceDetails.buildCommand;
    return [
      `==> Cloning from ${service.repo ?? ""}`,
      `==> Checking out commit ${deploy.commit?.id ?? ""} in branch ${service.branch ?? ""}`,
      ...(deploy.clearCache
        ? ["==> Build cache cleared"]
        : ["==> Downloading cache...", "==> Cache restored"]),
      `==> Running build command '${command ?? "docker build ."}'...`,
      grey("resolving packages"),
      "added 412 packages in 9s",
      grey("compiling 318 modules"),
      green("compiled") + " 318 modules",
      "==> Uploading build...",
    ];
  },
  pre_deploy: ({ service }) => [
    `==> Running pre-deploy command '${service.serviceDetails.envSpecificDetails?.preDeployCommand ?? ""}'...`,
    "2 migrations to apply",
    `${green("done")} 0041_berths`,
    `${green("done")} 0042_port_calls`,
  ],
  update: ({ service }, deploy) => [
    "==> Deploying...",
    ...(deploy.image === undefined ? [] : [`==> Pulling ${deploy.image.ref}`]),
    ...(service.type === "static_site"
      ? ["==> Publishing files"]
      : [
          `==> Running '${service.serviceDetails.envSpecificDetails?.startCommand ?? "entrypoint of the image"}'`,
          `${service.name} starting`,
          `${green("listening")} on 10000`,
        ]),
  ],
};

const endings: Record<PhaseKind, Record<"succeeded" | "failed" | "canceled", string[]>> = {
  build: {
    succeeded: ["==> Build successful"],
    failed: [
      `src/berths.ts(42,7): ${red("error")} TS2322: Type 'string' is not assignable to type 'number'.`,
      "==> Build failed",
    ],
    canceled: ["==> Build canceled"],
  },
  pre_deploy: {
    succeeded: ["==> Pre-deploy complete"],
    failed: [`${red("error")} column "berth_id" already exists`, "==> Pre-deploy has failed"],
    canceled: ["==> Pre-deploy canceled"],
  },
  update: {
    succeeded: ["==> Your service is live"],
    failed: [
      `${red("fatal")} cannot connect to the database`,
      "==> Deploy failed: no open port was found in time",
    ],
    canceled: ["==> Deploy canceled"],
  },
};

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
