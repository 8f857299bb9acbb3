/**
 * Says what changed in Render's OpenAPI document since the contract of this project was distilled from it, and exits
 * with 1 when something did, and with 2 when the document cannot be had.
 *
 *   npm run contract               compares
 *   npm run contract -- --write    puts the new one in the old one's place
 *
 * The document is the file that RENDER_OPENAPI names, else as Render publishes it.
 */
import { readFile, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { format, resolveConfig } from "prettier";
import { calls } from "../contract/calls.js";
import { contractChanges } from "../contract/contractChanges.js";
import { contractFile } from "../contract/contractFile.js";
import { distil } from "../contract/distil.js";
import { officialDocument } from "../contract/officialDocument.js";

const { values } = parseArgs({ options: { write: { type: "boolean" } } });

const document = await officialDocument(process.env["RENDER_OPENAPI"]).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(2);
});
const official = distil(document, calls);
const kept: unknown = await readFile(contractFile, "utf8").then(JSON.parse, () => ({}));
const changes = contractChanges(kept, official);
console.log(changes.length === 0 ? "Nothing changed." : changes.join("\n"));
if (values.write === true) {
  const options = await resolveConfig(contractFile);
  await writeFile(
    contractFile,
    await format(JSON.stringify(official), { ...options, filepath: contractFile }),
  );
} else if (changes.length > 0) process.exitCode = 1;
