/** What 100,000 lines cost that come into a log's channel in the real VS Code, next to the same text appended in blocks. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { eventually } from "../vscode/eventually.js";
import { pinnedEditors } from "../vscode/pinned.js";
import { startServer } from "../vscode/startServer.js";
import type { ChannelFigures } from "./inHost/channelFigures.js";
import { packageBeside } from "./packageBeside.js";
import { medianOf, msText, type Row, type Section } from "./table.js";

/** Windows that are measured. */
const windows = 3;

const mostTimes = 1.5;
/** How long the extension host may do nothing else, in milliseconds. */
const longestBlock = 50;
/** What 50,000 lines in sight and the ids of as many may take, in bytes. */
const mostMemory = 60e6;

export async function logChannel(): Promise<Section> {
  const temporary = await mkdtemp(join(tmpdir(), "render-bench-"));
  try {
    const figures = join(temporary, "figures.json");
    const bundled = await build({
      entryPoints: ["test/bench/inHost/channelFigures.ts"],
      bundle: true,
      write: false,
      format: "esm",
      platform: "node",
      target: "node20",
      external: ["vscode"],
      define: { FIGURES_FILE: JSON.stringify(figures) },
    });
    const code = bundled.outputFiles[0]?.text ?? "";
    const vsix = await packageBeside(temporary, { name: "channel", activation: "onStartupFinished", code });
    const all = await measure(vsix, temporary, figures);
    return { title: `100,000 lines into a log's channel (medians of ${windows} windows)`, rows: rowsOf(all) };
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

interface Figures extends ChannelFigures {
  /** When the last line of each was in sight, in milliseconds since the epoch. */
  readonly oursSeenAt: number;
  readonly blocksSeenAt: number;
}

async function measure(vsix: string, folder: string, figures: string): Promise<Figures[]> {
  const server = await startServer({ editor: pinnedEditors.newest, vsix, folder });
  try {
    const all: Figures[] = [];
    for (let index = 0; index < windows; index++) {
      const window = await server.newWindow();
      const sees = async (name: string): Promise<number> => {
        // The last line; VS Code draws blanks as no-break spaces.
        const isThere = `/line\\s99999\\s/u.test(document.querySelector(".part.panel .view-lines")?.textContent ?? "")`;
        await window.page.waitForFunction(isThere, undefined, { timeout: 120_000, polling: 20 });
        const at = Date.now();
        await writeFile(`${figures}.${name}`, "");
        return at;
      };
      const blocksSeenAt = await sees("blocks");
      // Both end with the same line.
      await window.page.waitForFunction(
        `!/line\\s99999\\s/u.test(document.querySelector(".part.panel .view-lines")?.textContent ?? "")`,
      );
      const oursSeenAt = await sees("ours");
      const read = async (): Promise<ChannelFigures | undefined> => {
        const text = await readFile(figures, "utf8").catch(() => "");
        return text === "" ? undefined : (JSON.parse(text) as ChannelFigures);
      };
      const measured = await eventually("figures of the channel", read, { timeoutMs: 60_000 });
      all.push({ ...measured, blocksSeenAt, oursSeenAt });
      for (const name of ["", ".blocks", ".ours"]) await rm(figures + name);
      await window.close();
    }
    return all;
  } finally {
    await server.stop();
  }
}

function rowsOf(all: readonly Figures[]): Row[] {
  const of = (read: (each: Figures) => number): number => medianOf(all.map(read));
  const ours = of(each => each.oursSeenAt - each.oursAt);
  const blocks = of(each => each.blocksSeenAt - each.blocksAt);
  const block = of(each => each.oursBlockMs);
  const memory = of(each => each.memoryBytes);
  return [
    {
      name: "Until the last of them is in sight",
      figure: msText(ours),
      baseline: `${msText(blocks)} (the same text in blocks of 1,000 lines)`,
      ratio: ours / blocks,
      goal: `≤ ${mostTimes} ×`,
      isMet: ours / blocks <= mostTimes,
    },
    {
      name: "Longest block of the extension host",
      figure: msText(block),
      baseline: `${msText(of(each => each.blocksBlockMs))} (the same text in blocks)`,
      goal: `≤ ${longestBlock} ms`,
      isMet: block <= longestBlock,
    },
    {
      name: "Memory that is kept afterwards",
      figure: `${(memory / 1e6).toFixed(0)} MB`,
      goal: `≤ ${mostMemory / 1e6} MB`,
      isMet: memory <= mostMemory,
    },
  ];
}
