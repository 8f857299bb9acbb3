import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import { Figures } from "./figures.js";
import { readSeed } from "./seed.js";

describe("the figures of a run", () => {
  it("are added up, and the slowest case is kept", async () => {
    const figures = new Figures();
    figures.add("accepted POSTs");
    figures.add("accepted POSTs", 2);
    figures.took("harbor", 1500);
    figures.took("ferry", 20);
    assert.equal(await figures.time("quay", () => Promise.resolve("done")), "done");
    const table = figures.table(7);
    assert.match(table, /^ {2}accepted POSTs {6}3$/mu);
    assert.match(table, /^ {2}slowest case {8}1\.50 s {2}harbor$/mu);
    assert.match(table, /^ {2}seed {16}7$/mu);
    assert.deepEqual(figures.wrong, []);
  });

  for (const figure of ["duplicates", "lost", "leaked keys", "unhandled"] as const)
    it(`make the run fail when there are ${figure}`, () => {
      const figures = new Figures();
      figures.add(figure, 2);
      assert.deepEqual(figures.wrong, [`${figure}: 2 instead of 0`]);
    });

  it("count a rejection that nobody handles, once however often it is told", () => {
    const figures = new Figures();
    const source = new EventEmitter();
    const stop = figures.watchUnhandled(source);
    const promise = Promise.resolve();
    source.emit("unhandledRejection", new Error("lost at sea"), promise);
    source.emit("unhandledRejection", new Error("lost at sea"), promise);
    stop();
    source.emit("unhandledRejection", new Error("later"), Promise.resolve());
    assert.equal(figures.of("unhandled"), 1);
  });

  it("come from a seed that is fixed unless another is given", () => {
    assert.equal(readSeed(undefined), readSeed(""));
    assert.equal(readSeed("42"), 42);
    for (const text of ["-1", "1.5", "x", "2147483648"]) assert.throws(() => readSeed(text), /whole number/u);
  });
});
