import assert from "node:assert/strict";
import { Slices } from "../../../../src/features/servicesView/slices.js";

describe("Slices", () => {
  /** Each piece of work takes three milliseconds. */
  function setUp() {
    const turns: (() => void)[] = [];
    const done: number[] = [];
    let now = 0;
    const slices = new Slices(
      () => now,
      turn => turns.push(turn),
    );
    const work = (number: number) => () => {
      now += 3;
      done.push(number);
      return number;
    };
    return { turns, done, slices, work };
  }

  it("does what there is time for at once, and the rest in later turns, in order", async () => {
    const { turns, done, slices, work } = setUp();
    const results = Array.from({ length: 10 }, (_, i) => slices.run(work(i)));
    assert.deepEqual(results.slice(0, 4), [0, 1, 2, 3]);
    assert.deepEqual(done, [0, 1, 2, 3]);
    turns.shift()?.();
    assert.deepEqual(done, [0, 1, 2, 3, 4, 5, 6, 7]);
    // What comes meanwhile does not overtake.
    const late = slices.run(work(10));
    while (turns.length > 0) turns.shift()?.();
    assert.deepEqual(done, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    assert.deepEqual(await Promise.all([...results, late]), done);
  });

  it("has time again in the next turn", () => {
    const { turns, slices, work } = setUp();
    for (let i = 0; i < 4; i++) void slices.run(work(i));
    turns.shift()?.();
    assert.equal(slices.run(work(4)), 4);
  });

  it("tells of work that failed whoever asked for it, and goes on", async () => {
    const { turns, slices, work } = setUp();
    for (let i = 0; i < 4; i++) void slices.run(work(i));
    const failing = slices.run(() => {
      throw new Error("no");
    });
    const next = slices.run(work(5));
    turns.shift()?.();
    await assert.rejects(Promise.resolve(failing), /no/u);
    assert.equal(await next, 5);
  });
});
