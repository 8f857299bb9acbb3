/** What the built extension reads from disk, and when. The same figures are tests: `test/unit/startUp.test.ts`. */
import { readdir, stat } from "node:fs/promises";
import { Bundle, type Loaded } from "../support/bundle.js";
import { loadedFor, mostRead } from "./goals.js";
import { thousands, type Row, type Section } from "./table.js";

export async function filesRead(): Promise<Section> {
  const bundle = await Bundle.read();
  const built = await readdir("dist");
  const sizes = await Promise.all(built.map(async file => (await stat(`dist/${file}`)).size));
  const whole = sizes.reduce((sum, size) => sum + size, 0);
  const row = (name: string, { bytes, files }: Loaded, most: { bytes: number; files: number }): Row => ({
    name,
    figure: `${thousands(bytes)} bytes, ${files.length} files`,
    baseline: `${thousands(whole)} bytes, ${built.length} files (all that is built)`,
    ratio: bytes / whole,
    goal: `≤ ${thousands(most.bytes)} bytes, ${most.files} files`,
    isMet: bytes <= most.bytes && files.length <= most.files,
  });
  return {
    title: "Read from disk",
    rows: [
      row("When VS Code starts", bundle.loadedWith(), mostRead.start),
      row("In an idle window with Git", bundle.loadedWith(...loadedFor.idle), mostRead.idle),
      row("Up to the first deploy", bundle.loadedWith(...loadedFor.firstDeploy), mostRead.firstDeploy),
    ],
  };
}
