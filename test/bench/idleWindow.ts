/**
 * What a window does by itself while nobody touches it: a real VS Code with a Git repository, of a person who signed in
 * before and has loaded the window anew. Another extension in the same host counts the timers that ours sets.
 */
import { mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startSimulator } from "../simulator/simulator.js";
import { createRepository } from "../support/gitRepository.js";
import { packageExtension } from "../try/packageExtension.js";
import { pinnedEditors, type PinnedEditor } from "../vscode/pinned.js";
import { startServer } from "../vscode/startServer.js";
import { packageBeside } from "./packageBeside.js";
import type { Row, Section } from "./table.js";

/** How long it is left alone, in milliseconds. What it would do later it has to have set a timer for. */
const idleMs = 30_000;

interface Timers {
  /** How many were set since the start. */
  readonly set: number;
  /** What each of them that has still to come was set to, in milliseconds. */
  readonly pending: readonly number[];
}

/** Counts the timers set by code of our extension, and writes them down each half a second. */
const counter = `
import { writeFileSync } from "node:fs";
const pending = new Map();
let set = 0;
const isOurs = () => {
  const before = Error.stackTraceLimit;
  Error.stackTraceLimit = 30;
  const { stack } = new Error();
  Error.stackTraceLimit = before;
  return stack.includes("render-deploy.render-deploy");
};
const { setTimeout, setInterval, clearTimeout, clearInterval } = globalThis;
globalThis.setTimeout = (act, ms, ...values) => {
  if (!isOurs()) return setTimeout(act, ms, ...values);
  set += 1;
  const timer = setTimeout(() => { pending.delete(timer); act(...values); }, ms);
  pending.set(timer, ms);
  return timer;
};
globalThis.setInterval = (act, ms, ...values) => {
  const timer = setInterval(act, ms, ...values);
  if (isOurs()) { set += 1; pending.set(timer, ms); }
  return timer;
};
globalThis.clearTimeout = timer => { pending.delete(timer); clearTimeout(timer); };
globalThis.clearInterval = timer => { pending.delete(timer); clearInterval(timer); };
export function activate() {
  const file = process.env.RENDER_BENCH_TIMERS + "/" + Date.now() + ".json";
  setInterval(() => writeFileSync(file, JSON.stringify({ set, pending: [...pending.values()] })), 500);
}
`;

export async function idleWindow(): Promise<Section> {
  const temporary = await mkdtemp(join(tmpdir(), "render-bench-"));
  try {
    const vsix = [
      await packageExtension(),
      await packageBeside(temporary, { name: "counter", activation: "*", code: counter }),
    ];
    const folder = join(temporary, "lighthouse");
    const remote = "git@github.com:harbor-labs/lighthouse.git";
    await createRepository({ folder, remote, commits: ["Light the lamp"] });
    const rows: Row[] = [];
    for (const editor of [pinnedEditors.newest, pinnedEditors.oldest]) {
      const timers = join(temporary, editor.version);
      await mkdir(timers);
      rows.push(...(await idle(editor, vsix, folder, timers)));
    }
    return { title: `An idle window with Git, signed in, left alone for ${idleMs / 1_000} s`, rows };
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

async function idle(
  editor: PinnedEditor,
  vsix: readonly string[],
  folder: string,
  timers: string,
): Promise<Row[]> {
  const simulator = await startSimulator();
  const env = { RENDER_BENCH_TIMERS: timers };
  const settings = { "render.apiUrl": simulator.url };
  const server = await startServer({ editor, vsix, folder, settings, env });
  try {
    const window = await server.newWindow();
    const button = window.statusItem("render-deploy.render-deploy.deploy");
    await button.waitForText(/./u, 30_000);
    await window.palette("Render: Set API Key");
    await window.quick.answer(simulator.key);
    await window.toast("Signed in to Render as");
    const [signingIn, before] = [simulator.requests.length, (await newest(timers)).set];
    simulator.forgetRequests();
    await window.reload();
    await button.waitForText(/./u, 30_000);
    await sleep(idleMs);
    const { length: requests } = simulator.requests;
    const { set, pending } = await newest(timers);
    return [
      {
        name: `Requests in ${editor.version}`,
        figure: String(requests),
        baseline: `${signingIn} (signing in)`,
        ratio: requests / signingIn,
        goal: "0",
        isMet: requests === 0,
      },
      {
        name: `Timers that have still to come in ${editor.version}, so that nothing follows either`,
        figure: `${pending.length} of ${set} set at the start`,
        baseline: `${before} (set until signed in)`,
        goal: "0",
        isMet: pending.length === 0,
      },
    ];
  } finally {
    await server.stop();
    await simulator.close();
  }
}

/** Of the extension host that started last. */
async function newest(folder: string): Promise<Timers> {
  const last = (await readdir(folder)).sort().at(-1);
  if (last === undefined) throw new Error("The timers were not counted.");
  return JSON.parse(await readFile(join(folder, last), "utf8")) as Timers;
}
