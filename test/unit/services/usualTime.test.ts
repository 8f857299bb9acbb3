import assert from "node:assert/strict";
import fc from "fast-check";
import type { Deploy } from "../../../src/render/shapes.js";
import { timeLeft, usualTime, wasBuilt, type UsualTime } from "../../../src/services/usualTime.js";
import { leftText, usualSentence, usualText, usuallyText } from "../../../src/services/usualTimeTexts.js";
import { aDeploy } from "../../support/builders.js";
import { assertPlain } from "../../support/hostileText.js";
import { without } from "../../support/without.js";

const second = 1_000;
const minute = 60 * second;

/** A deploy that went live and took so long from its first step on. */
const took = (ms: number, change: Partial<Deploy> = {}): Deploy =>
  aDeploy({ status: "deactivated", startedAt: 50_000, finishedAt: 50_000 + ms, ...change });
const tookAll = (...all: number[]): Deploy[] => all.map(ms => took(ms));

describe("usualTime", () => {
  it("is the median of those that went live, with the shortest and the longest", () => {
    const deploys = [took(3 * minute, { status: "live" }), ...tookAll(2 * minute, 4 * minute)];
    assert.deepEqual(usualTime(true, deploys), {
      median: 3 * minute,
      shortest: 2 * minute,
      longest: 4 * minute,
    });
  });

  it("of an even number is between the two in the middle", () => {
    const { median } = usualTime(true, tookAll(100_000, 130_000, 110_000, 120_000)) ?? {};
    assert.equal(median, 115_000);
  });

  it("does not begin while a deploy waits for another one", () => {
    const deploys = tookAll(minute, minute, minute).map(deploy => ({ ...deploy, createdAt: -9 * minute }));
    assert.equal(usualTime(true, deploys)?.median, minute);
  });

  const three = tookAll(minute, minute, minute);
  for (const [what, deploys] of [
    ["there are fewer than three", three.slice(1)],
    ["one of three failed", [...three.slice(1), took(minute, { status: "build_failed" })]],
    ["one of three was canceled", [...three.slice(1), took(minute, { status: "canceled" })]],
    ["one of three still runs", [...three.slice(1), aDeploy({ startedAt: 50_000 })]],
    ["one of three does not say when it began", [...three.slice(1), without(took(minute), "startedAt")]],
    ["one of three was a rollback", [...three.slice(1), took(minute, { trigger: "rollback" })]],
    ["one of three was of an image", [...three.slice(1), without(took(minute), "commit")]],
    ["they are too unlike", tookAll(minute, 2 * minute, 5 * minute)],
  ] as const)
    it(`is not known where ${what}`, () => {
      assert.equal(usualTime(true, deploys), undefined);
    });

  it("is known of short ones however they differ in proportion", () => {
    assert.equal(usualTime(true, tookAll(5_000, 10_000, 30_000))?.median, 10_000);
  });

  it("of five and more leaves the longest and the shortest aside, as a cold cache is not usual", () => {
    assert.deepEqual(usualTime(true, tookAll(3 * minute, minute, 150_000, 2 * minute, 20 * minute)), {
      median: 150_000,
      shortest: 2 * minute,
      longest: 3 * minute,
    });
  });

  it("of what is not built is that of rollbacks and images", () => {
    const deploys = [10_000, 12_000, 14_000].map(ms => took(ms, { trigger: "rollback" }));
    assert.equal(usualTime(false, [...deploys, ...three])?.median, 12_000);
  });

  it("is never negative and lies between its ends, whatever Render's times are", () => {
    const time = fc.option(fc.integer({ min: -1e13, max: 1e13 }), { nil: undefined });
    const deploy = fc.record({
      startedAt: time,
      finishedAt: time,
      status: fc.constantFrom("live", "canceled"),
    });
    fc.assert(
      fc.property(fc.array(deploy), all => {
        const deploys = all.map(({ startedAt, finishedAt, status }) =>
          aDeploy({
            status,
            ...(startedAt !== undefined && { startedAt }),
            ...(finishedAt !== undefined && { finishedAt }),
          }),
        );
        const usual = usualTime(true, deploys);
        if (!usual) return;
        assert.ok(usual.shortest >= 0);
        assert.ok(usual.shortest <= usual.median && usual.median <= usual.longest);
        assert.ok(usual.longest <= Math.max(2 * usual.shortest, usual.shortest + 30_000));
      }),
    );
  });
});

describe("wasBuilt", () => {
  it("is true of a commit, not of an image or a rollback", () => {
    assert.equal(wasBuilt(aDeploy()), true);
    assert.equal(
      wasBuilt(without(aDeploy({ image: { ref: "docker.io/library/nginx:1.27" } }), "commit")),
      false,
    );
    assert.equal(wasBuilt(aDeploy({ trigger: "rollback" })), false);
  });
});

/** Any that `usualTime` gives. */
const usuals = fc
  .tuple(fc.nat(7_200_000), fc.nat(60_000), fc.nat(60_000))
  .map(([shortest, more, most]): UsualTime => ({
    shortest,
    median: shortest + more,
    longest: shortest + more + most,
  }));
const times = fc.integer({ min: -1e12, max: 1e12 });

describe("timeLeft", () => {
  const usual = { shortest: 2 * minute, median: 3 * minute, longest: 4 * minute };

  it("goes from what is left over soon to late, a tenth after the longest", () => {
    assert.deepEqual(timeLeft(usual, 0), { kind: "left", ms: 3 * minute });
    assert.deepEqual(timeLeft(usual, 2 * minute), { kind: "left", ms: minute });
    assert.deepEqual(timeLeft(usual, 3 * minute), { kind: "soon" });
    assert.deepEqual(timeLeft(usual, 4 * minute + 20 * second), { kind: "soon" });
    assert.deepEqual(timeLeft(usual, 4 * minute + 30 * second), { kind: "late" });
  });

  it("is never more than all of it, nor nothing or less, and only shrinks", () => {
    const kinds = ["left", "soon", "late"];
    fc.assert(
      fc.property(usuals, times, times, (each, a, b) => {
        const [earlier, later] = [timeLeft(each, Math.min(a, b)), timeLeft(each, Math.max(a, b))];
        assert.ok(kinds.indexOf(earlier.kind) <= kinds.indexOf(later.kind));
        if (earlier.kind !== "left") return;
        assert.ok(earlier.ms > 0 && earlier.ms <= each.median);
        if (later.kind === "left") assert.ok(later.ms <= earlier.ms);
      }),
    );
  });
});

describe("what is said of it", () => {
  const usual = { shortest: 2 * minute, median: 3 * minute, longest: 4 * minute };
  for (const [elapsed, text] of [
    [-5_000, "usually 3 min more"],
    [0, "usually 3 min more"],
    [70_000, "usually 2 min more"],
    [minute + 30 * second, "usually 1 min 30 s more"],
    [2 * minute + 13 * second, "usually 50 s more"],
    [3 * minute - 1, "usually 10 s more"],
    [3 * minute, "usually live about now"],
    [5 * minute, "longer than usual"],
  ] as const)
    it(`after ${elapsed} ms is "${text}"`, () => {
      assert.equal(leftText(usual, elapsed), text);
    });

  it("is steady where it is not brought up to date each second", () => {
    assert.equal(usuallyText(usual, 0), "usually about 3 min");
    assert.equal(usuallyText(usual, 4 * minute), "usually about 3 min");
    assert.equal(usuallyText(usual, 5 * minute), "longer than usual");
  });

  it("is a sentence with what it rests on", () => {
    assert.equal(usualSentence(usual, 0), "Usually live after about 3 min; the last ones took 2 to 4 min.");
    assert.equal(
      usualSentence(usual, 5 * minute),
      "It takes longer than usual: the last ones took 2 to 4 min.",
    );
  });

  for (const [shortest, longest, text] of [
    [0, 4_000, "about 10 s"],
    [12_000, 38_000, "10 to 40 s"],
    [52_000, 100_000, "50 s to 1 min 30 s"],
    [90_000, 150_000, "1 min 30 s to 2 min 30 s"],
    [100_000, 190_000, "1 min 30 s to 3 min"],
    [12 * minute, 17 * minute, "12 to 17 min"],
    [31 * minute, 33 * minute, "30 to 35 min"],
    [50 * minute, 80 * minute, "50 min to 1 h 20 min"],
    [60 * minute, 120 * minute, "1 to 2 h"],
  ] as const)
    it(`of ${shortest} to ${longest} ms is "${text}"`, () => {
      assert.equal(usualText({ shortest, median: shortest, longest }), text);
    });

  it("is one short plain line without a minus, whatever the times are", () => {
    fc.assert(
      fc.property(usuals, times, (each, elapsed) => {
        for (const text of [leftText(each, elapsed), usuallyText(each, elapsed), usualText(each)]) {
          assertPlain(text, 40);
          assert.doesNotMatch(text, /-|NaN|\b0 /u);
        }
      }),
    );
  });
});
