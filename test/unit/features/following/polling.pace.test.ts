import assert from "node:assert/strict";
import fc from "fast-check";
import { pollPace } from "../../../../src/features/following/polling.js";

describe("pollPace", () => {
  for (const [elapsed, failures, wait] of [
    [0, 0, 2_000],
    [59_999, 0, 2_000],
    [60_000, 0, 4_000],
    [599_999, 0, 4_000],
    [600_000, 0, 10_000],
    [6 * 3_600_000, 0, 10_000],
    [0, 1, 5_000],
    [0, 2, 10_000],
    [600_000, 3, 20_000],
    [0, 4, 40_000],
    [0, 5, 60_000],
    [0, 5_000, 60_000],
  ] as const)
    it(`waits ${wait} ms after ${elapsed} ms with ${failures} failures`, () => {
      assert.equal(pollPace(elapsed, failures, false), wait);
    });

  it("is never shorter than 2 s nor longer than a minute, and never shorter after one failure more", () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat({ max: 2_000 }), fc.boolean(), (elapsed, failures, isHinted) => {
        const wait = pollPace(elapsed, failures, isHinted);
        assert.ok(wait >= 2_000 && wait <= 60_000);
        if (failures > 0) assert.ok(pollPace(elapsed, failures + 1, isHinted) >= wait);
      }),
    );
  });
});
