import assert from "node:assert/strict";
import type { Reason } from "../../../../src/features/deployLog/cause.js";
import { KnownReasons, type FoundReason } from "../../../../src/features/deployLog/knownReasons.js";

const { signal } = new AbortController();
const reason: Reason = { text: "It ran out of memory.", lines: ["Killed"] };

describe("KnownReasons", () => {
  /** Counts how often it is read; gives these one after the other. */
  function reading(...answers: (Reason | FoundReason | Error | undefined)[]) {
    const read = async (): Promise<FoundReason> => {
      reads.count += 1;
      await Promise.resolve();
      const answer = answers.shift();
      if (answer instanceof Error) throw answer;
      return answer && "isWhole" in answer ? answer : { reason: answer, isWhole: true };
    };
    const reads = { count: 0, read };
    return reads;
  }

  it("reads the reason of a deploy once, also for several who ask in the same moment", async () => {
    const reasons = new KnownReasons();
    const reads = reading(reason);
    const ask = (): Promise<Reason | undefined> => reasons.of("dep-1", signal, reads.read);
    assert.deepEqual(await Promise.all([ask(), ask(), ask()]), [reason, reason, reason]);
    assert.equal(await ask(), reason);
    assert.equal(reads.count, 1);
  });

  it("reads again what could not be told, or not be read", async () => {
    const reasons = new KnownReasons();
    const reads = reading(undefined, new Error("unreachable"), reason);
    assert.equal(await reasons.of("dep-1", signal, reads.read), undefined);
    await assert.rejects(reasons.of("dep-1", signal, reads.read), /unreachable/u);
    assert.equal(await reasons.of("dep-1", signal, reads.read), reason);
  });

  it("reads again what was half read", async () => {
    const reasons = new KnownReasons();
    const other: Reason = { text: "It ended with exit code 1.", lines: [] };
    const reads = reading({ reason: other, isWhole: false }, reason);
    assert.equal(await reasons.of("dep-1", signal, reads.read), other);
    assert.ok(!reasons.has("dep-1"));
    assert.equal(await reasons.of("dep-1", signal, reads.read), reason);
    assert.ok(reasons.has("dep-1"));
  });

  it("reads for the next one who asks where the first one left", async () => {
    const reasons = new KnownReasons();
    const reads = reading(undefined, reason);
    const first = reasons.of("dep-1", signal, reads.read);
    const second = reasons.of("dep-1", signal, reads.read);
    assert.deepEqual(await Promise.all([first, second]), [undefined, reason]);
  });

  it("reads nothing for somebody who has left", async () => {
    const reads = reading(reason);
    assert.equal(await new KnownReasons().of("dep-1", AbortSignal.abort(), reads.read), undefined);
    assert.equal(reads.count, 0);
  });

  it("keeps the reasons of the last two hundred", async () => {
    const reasons = new KnownReasons();
    for (let id = 0; id <= 200; id++)
      await reasons.of(`dep-${id}`, signal, () => Promise.resolve({ reason, isWhole: true }));
    const reads = reading(reason, reason);
    await reasons.of("dep-200", signal, reads.read);
    assert.equal(reads.count, 0);
    await reasons.of("dep-0", signal, reads.read);
    assert.equal(reads.count, 1);
  });
});
