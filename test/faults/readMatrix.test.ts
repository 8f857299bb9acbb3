import assert from "node:assert/strict";
import { explain } from "../../src/render/errorTexts.js";
import { RenderError } from "../../src/render/errors.js";
import { faultCases, type FaultCase } from "./faultTable.js";
import { figures } from "./figures.js";
import { reads, type Read } from "./matrixRows.js";
import { useRig, type MatrixCell, type Target } from "./matrixRig.js";
import { sentenceOf } from "./sentences.js";

/** Each read under each fault that lasts: the error, the sentence, the tries; and under each that passes: its value. */
describe("fault matrix: reads", () => {
  const newCell = useRig();

  for (const read of reads)
    for (const fault of faultCases)
      it(`${read.method}: ${fault.name}`, () =>
        figures.time(`${read.method}: ${fault.name}`, async () => {
          await checkLasting(newCell(), read, fault);
          await checkPassing(newCell(), read, fault);
        }));
});

async function checkLasting(cell: MatrixCell, read: Read, fault: FaultCase): Promise<void> {
  const target: Target = { method: "GET", path: read.path };
  cell.put(fault, target);
  const result = await cell.finish(read.call(cell.render, cell));
  const tries = read.once === true ? 1 : fault.tries;
  expectCounts(cell, fault, target, tries);
  expectResult(cell, read, fault, result, fault.kind);
}

/** A fault that only the first request meets. */
async function checkPassing(cell: MatrixCell, read: Read, fault: FaultCase): Promise<void> {
  const target: Target = { method: "GET", path: read.path, times: 1 };
  cell.put(fault, target);
  const result = await cell.finish(read.call(cell.render, cell));
  const recovers = fault.tries > 1 && read.once !== true;
  const arrived = (typeof fault.fault === "string" ? 0 : 1) + (recovers ? 1 : 0);
  assert.deepEqual([cell.sentTo(target), cell.reached(target)], [recovers ? 2 : 1, arrived]);
  expectResult(cell, read, fault, result, recovers ? undefined : fault.kind);
}

function expectCounts(cell: MatrixCell, fault: FaultCase, target: Target, tries: number): void {
  const arrived = typeof fault.fault === "string" ? 0 : tries;
  assert.deepEqual([cell.sentTo(target), cell.reached(target)], [tries, arrived]);
}

function expectResult(
  cell: MatrixCell,
  { doing }: Read,
  fault: FaultCase,
  result: PromiseSettledResult<unknown>,
  kind: FaultCase["kind"],
): void {
  figures.add("fault cells");
  let sentence = "";
  if (kind === undefined) assert.equal(result.status, "fulfilled");
  else {
    assert.ok(result.status === "rejected");
    const error: unknown = result.reason;
    assert.ok(error instanceof RenderError);
    assert.equal(error.kind, kind);
    sentence = explain(error, doing).text;
    assert.equal(sentence, `Could not ${doing}: ${sentenceOf(kind, fault.isUnclear)}${fault.tail ?? ""}`);
  }
  assert.equal(cell.simulator.requests.filter(({ method }) => method !== "GET").length, 0);
  cell.assertClean({ sentence, result });
}
