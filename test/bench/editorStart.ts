/**
 * What the packaged extension adds to the start of a real VS Code, by VS Code's own figures (Developer: Startup
 * Performance), next to an extension that does nothing in the same window.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRepository } from "../support/gitRepository.js";
import { packageExtension } from "../try/packageExtension.js";
import { eventually } from "../vscode/eventually.js";
import type { EditorWindow } from "../vscode/editorWindow.js";
import { pinnedEditors, type PinnedEditor } from "../vscode/pinned.js";
import { startServer } from "../vscode/startServer.js";
import { packageBeside } from "./packageBeside.js";
import { medianOf, type Row, type Section } from "./table.js";

/** Windows that are measured, each of a new user. One before them fills the caches of the machine. */
const windows = 7;

/** What starting may add to an extension that does nothing, in milliseconds. */
const longestStart = 15;

const ours = "render-deploy.render-deploy";
const empty = "bench.empty";

export async function editorStart(): Promise<Section> {
  const temporary = await mkdtemp(join(tmpdir(), "render-bench-"));
  try {
    const extensions = [
      await packageExtension(),
      await packageBeside(temporary, {
        name: "empty",
        activation: "onStartupFinished",
        code: "export function activate() {}\n",
      }),
    ];
    const folder = join(temporary, "lighthouse");
    const remote = "git@github.com:harbor-labs/lighthouse.git";
    await createRepository({ folder, remote, commits: ["Light the lamp"] });
    const rows: Row[] = [];
    for (const editor of [pinnedEditors.newest, pinnedEditors.oldest])
      rows.push(await startOfEditor(editor, extensions, folder));
    return { title: `Starting in the real VS Code (its own figures, medians of ${windows} windows)`, rows };
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

async function startOfEditor(editor: PinnedEditor, vsix: readonly string[], folder: string): Promise<Row> {
  const server = await startServer({ editor, vsix, folder });
  try {
    const starts: { readonly own: Start; readonly empty: Start }[] = [];
    for (let index = -1; index < windows; index++) {
      const window = await server.newWindow();
      await window.statusItem(`${ours}.deploy`).waitForText(/./u, 30_000);
      const page = await startupPage(window);
      if (index >= 0) starts.push({ own: startOf(ours, page), empty: startOf(empty, page) });
      await window.close();
    }
    const own = medianOf(starts.map(start => inAll(start.own)));
    const bare = medianOf(starts.map(start => inAll(start.empty)));
    const more = starts
      .map(start => inAll(start.own) - inAll(start.empty))
      .toSorted((one, other) => one - other);
    const added = medianOf(more);
    const activate = medianOf(starts.map(start => start.own.activate));
    return {
      name: `Loading and activating in ${editor.version}`,
      figure: `${own} ms (activating: ${activate}): ${added} more, ${more[0] ?? ""} to ${more.at(-1) ?? ""}`,
      baseline: `${bare} ms (an empty extension)`,
      ratio: own / bare,
      goal: `≤ ${longestStart} ms more`,
      isMet: added <= longestStart,
    };
  } finally {
    await server.stop();
  }
}

/** The text of VS Code's page about its start, once it knows of both extensions. */
async function startupPage(window: EditorWindow): Promise<string> {
  await window.palette("Developer: Startup Performance");
  const lines = window.page.locator(".editor-instance .view-lines").first();
  await lines.waitFor();
  return await eventually("both extensions in the page about the start", async () => {
    await lines.click();
    await window.page.keyboard.press("Control+A");
    await window.page.keyboard.press("Control+C");
    const text = await window.clipboard();
    return rowOf(ours, text) && rowOf(empty, text) ? text : undefined;
  });
}

/** In milliseconds, as VS Code's page has it: `| Extension | Eager | Load Code | Call Activate | Finish Activate | … |`. */
interface Start {
  readonly load: number;
  readonly activate: number;
}

const inAll = ({ load, activate }: Start): number => load + activate;

function startOf(extension: string, page: string): Start {
  const cells = (rowOf(extension, page) ?? "").split("|").map(cell => cell.trim());
  const [load = NaN, call = NaN, finish = NaN] = cells
    .slice(3, 6)
    .map(cell => (cell === "" ? NaN : Number(cell)));
  if (Number.isNaN(load + call + finish)) throw new Error(`VS Code tells no times of ${extension}.`);
  return { load, activate: call + finish };
}

function rowOf(extension: string, page: string): string | undefined {
  return page.split("\n").find(line => line.startsWith(`| ${extension} `));
}
