import assert from "node:assert/strict";
import { SteadyRows } from "../../../src/matching/steadyRows.js";

describe("SteadyRows", () => {
  it("gives the row in a place", () => {
    const rows = new SteadyRows<string>();
    rows.replace(["a", "b"], 0);
    assert.equal(rows.at(1, 0), "b");
    assert.equal(rows.at(2, 0), undefined);
    assert.equal(rows.at(-1, 0), undefined);
  });

  it("gives none while another row stood in its place a moment ago", () => {
    const rows = new SteadyRows<string>();
    rows.replace(["a", "b"], 0);
    rows.replace(["new", "a", "b"], 5_000);
    assert.equal(rows.at(0, 5_900), undefined);
    assert.equal(rows.at(1, 5_900), undefined);
    assert.equal(rows.at(0, 6_000), "new");
  });

  it("gives a row that stayed in its place, and one that nobody could see before", () => {
    const rows = new SteadyRows<string>();
    rows.replace(["a", "b"], 0);
    rows.replace(["a", "x", "b"], 100);
    assert.equal(rows.at(0, 200), "a");
    assert.equal(rows.at(1, 200), undefined);
    assert.equal(rows.at(2, 200), "b");
  });

  it("remembers every list of the last moment, not only the one before", () => {
    const rows = new SteadyRows<string>();
    rows.replace(["a"], 0);
    rows.replace(["b"], 400);
    rows.replace(["b"], 800);
    assert.equal(rows.at(0, 900), undefined);
    assert.equal(rows.at(0, 1_399), undefined);
    assert.equal(rows.at(0, 1_400), "b");
  });
});
