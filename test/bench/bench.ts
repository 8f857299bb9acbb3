/**
 * Measures what must be quick and small, each next to a baseline of the same run, as machines differ. Prints one table.
 *
 *   npm run bench [-- --only SECTION]
 *
 * SECTION is one of the names below. Fails when a goal is missed.
 */
import { cpus, totalmem } from "node:os";
import { parseArgs } from "node:util";
import { confirmToPost } from "./confirmToPost.js";
import { dailyWork } from "./dailyWork.js";
import { editorStart } from "./editorStart.js";
import { filesRead } from "./filesRead.js";
import { growth } from "./growth.js";
import { idleWindow } from "./idleWindow.js";
import { largeAccounts } from "./largeAccounts.js";
import { logChannel } from "./logChannel.js";
import { requestsAMinute } from "./requestsAMinute.js";
import { statusShown } from "./statusShown.js";
import { missedOf, tableText, type Section } from "./table.js";

const measures: Readonly<Record<string, () => Section | Promise<Section>>> = {
  filesRead,
  editorStart,
  idleWindow,
  confirmToPost,
  requestsAMinute,
  statusShown,
  logChannel,
  dailyWork,
  largeAccounts,
  growth,
};

const { values } = parseArgs({ options: { only: { type: "string" } } });
const began = performance.now();
const sections: Section[] = [];
for (const [name, measure] of Object.entries(measures)) {
  if (values.only !== undefined && values.only !== name) continue;
  console.log(`Measuring: ${name}`);
  sections.push(await measure());
}
const [cpu] = cpus();
const seconds = Math.round((performance.now() - began) / 1_000);
console.log(`\n${tableText(sections)}\n`);
console.log(
  `${cpu?.model.trim() ?? "?"}, ${cpus().length} cores, ${(totalmem() / 2 ** 30).toFixed(0)} GiB, Node ${process.version}; ${seconds} s.`,
);
const missed = missedOf(sections);
for (const { name, figure, goal = "" } of missed) console.log(`MISSED: ${name}: ${figure}, goal ${goal}`);
if (missed.length > 0) process.exitCode = 1;
