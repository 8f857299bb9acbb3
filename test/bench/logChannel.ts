/** What 100,000 lines cost that come into a log's channel in the real VS Code, next to the same text appended in blocks. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { eventually } from "../vscode/eventually.js";
import { pinnedEditors } from "../vscode/pinned.js";
import { startServer } from "../vscode/startServer.js";
import type { ChannelFigures } from "./inHost/channelFigures.js";
import { packageBeside } from "./packageBeside.js";
import { medianOf, msText, thousands, type Row, type Section } from "./table.js";

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

async function measure(vsix: string, folder: string, figures: string): Promise<ChannelFigures[]> {
  const server = await startServer({ editor: pinnedEditors.newest, vsix, folder });
  try {
    const all: ChannelFigures[] = [];
    for (let index = 0; index < windows; index++) {
      const window = await server.newWindow();
      const read = async (): Promise<ChannelFigures | undefined> => {
        const text = await readFile(figures, "utf8").catch(() => "");
        return text === "" ? undefined : (JSON.parse(text) as ChannelFigures);
      };
      all.push(await eventually("figures of the channel", read, { timeoutMs: 120_000 }));
      await rm(figures);
      await window.close();
    }
    return all;
  } finally {
    await server.stop();
  }
}

function rowsOf(all: readonly ChannelFigures[]): Row[] {
  const of = (name: keyof ChannelFigures): number => medianOf(all.map(each => each[name]));
  const ratio = of("oursMs") / of("blocksMs");
  return [
    {
      name: "Until the editor has taken them",
      figure: msText(of("oursMs")),
      baseline: `${msText(of("blocksMs"))} (the same text in blocks of 1,000 lines)`,
      ratio,
      goal: `≤ ${mostTimes} ×`,
      isMet: ratio <= mostTimes,
    },
    {
      name: "Longest block of the extension host",
      figure: msText(of("oursBlockMs")),
      baseline: `${msText(of("blocksBlockMs"))} (the same text in blocks)`,
      ratio: of("oursBlockMs") / of("blocksBlockMs"),
      goal: `≤ ${longestBlock} ms`,
      isMet: of("oursBlockMs") <= longestBlock,
    },
    {
      name: "Memory that is kept afterwards",
      figure: `${(of("memoryBytes") / 1e6).toFixed(0)} MB of ${thousands(of("lines"))} lines`,
      goal: `≤ ${mostMemory / 1e6} MB`,
      isMet: of("memoryBytes") <= mostMemory,
    },
  ];
}
