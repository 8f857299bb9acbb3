import assert from "node:assert/strict";
import { explain } from "../../src/render/errorTexts.js";
import { RenderClient } from "../../src/render/client.js";
import { RenderError } from "../../src/render/errors.js";
import { faultCases, type FaultCase } from "./faultTable.js";
import { figures } from "./figures.js";
import { reads, writes, type Write } from "./matrixRows.js";
import { useRig, type MatrixCell, type Target } from "./matrixRig.js";
import { sentenceOf } from "./sentences.js";

/** Each write under each fault: sent once whatever happens, and the client knows whether it may have been done. */
describe("fault matrix: writes", () => {
  const newCell = useRig();

  it("leaves out no method of the client, here and among the reads", () => {
    const methods = Object.getOwnPropertyNames(RenderClient.prototype).filter(name => name !== "constructor");
    // A socket has no one reply: logWalks.test.ts tries it under its own faults.
    const tried = ["logSocket", ...[...reads, ...writes].map(({ method }) => method)];
    assert.deepEqual(tried.sort(), methods.sort());
  });

  for (const write of writes)
    for (const fault of faultCases)
      it(`${write.method}: ${fault.name}`, () =>
        figures.time(`${write.method}: ${fault.name}`, () => check(newCell(), write, fault)));
});

function kindOf({ fault, kind }: FaultCase, { hopedFor, noBody }: Write): FaultCase["kind"] {
  // A reply without a body cannot trickle, and one that is cut off there has not begun.
  if (noBody === true && typeof fault === "object") {
    if (fault.kind === "slowBody") return undefined;
    if (fault.kind === "cutInBody") return "unreachable";
  }
  const status = typeof fault === "object" && fault.kind === "status" ? fault.status : 0;
  if (status === 200 && kind !== "intercepted" && !hopedFor.includes(200)) return "unexpectedStatus";
  const isUnread = kind === "emptyBody" || kind === "notJson" || kind === "badShape";
  return noBody === true && isUnread ? undefined : kind;
}

async function check(cell: MatrixCell, write: Write, fault: FaultCase): Promise<void> {
  const { call, isDone } = write.prepare(cell);
  const target: Target = { method: "POST", path: write.path };
  const kind = kindOf(fault, write);
  cell.put(fault, target);
  const result = await cell.finish(call(cell.render));

  figures.add("fault cells");
  let sentence = "";
  if (kind === undefined) assert.equal(result.status, "fulfilled");
  else {
    assert.ok(result.status === "rejected");
    const error: unknown = result.reason;
    assert.ok(error instanceof RenderError);
    assert.deepEqual([error.kind, error.maybeReceived], [kind, fault.unsure]);
    sentence = explain(error, write.doing).text;
    assert.equal(
      sentence,
      `Could not ${write.doing}: ${sentenceOf(kind, fault.isUnclear)}${fault.tail ?? ""}`,
    );
  }
  assert.equal(isDone(), fault.acts);
  assert.deepEqual([cell.sentTo(target), cell.reached(target)], [1, typeof fault.fault === "string" ? 0 : 1]);
  cell.assertClean({ sentence, result });
}
