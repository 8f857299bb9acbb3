import assert from "node:assert/strict";
import fc from "fast-check";
import {
  bucketOf,
  pace,
  RateLimits,
  readRateLimit,
  resetTime,
  spareOf,
  type Bucket,
} from "../../../../src/render/http/rateLimit.js";
import { headersOf } from "./headersOf.js";

const now = Date.UTC(2026, 5, 12, 8);

describe("bucketOf", () => {
  const cases: [string, string, Bucket][] = [
    ["GET", "/services", "get"],
    ["GET", "/services/srv-1/deploys", "get"],
    ["GET", "/logs", "logs"],
    ["GET", "/logs/values", "logs"],
    ["GET", "/logsomething", "get"],
    ["POST", "/services/srv-1/deploys", "deploy:srv-1"],
    ["POST", "/services/srv%2F1/resume", "deploy:srv/1"],
    ["POST", "/services/srv-1/suspend", "deploy:srv-1"],
    ["PATCH", "/services/srv-1", "deploy:srv-1"],
    ["POST", "/services/srv-1/deploys/dep-1/cancel", "write"],
    ["POST", "/services/srv-1", "write"],
    ["PATCH", "/services/srv-1/deploys", "write"],
    ["DELETE", "/services/srv-1", "write"],
  ];
  for (const [method, path, bucket] of cases)
    it(`puts ${method} ${path} into ${bucket}`, () => {
      assert.equal(bucketOf(method, path), bucket);
    });
});

describe("resetTime", () => {
  const cases: [string, string | undefined, number | undefined][] = [
    ["seconds left, rounded up", "45", now + 46_000],
    ["no seconds left", "0", now + 1000],
    ["an hour", "3600", now + 3_601_000],
    ["epoch seconds", String(now / 1000 + 30), now + 30_000],
    ["epoch seconds gone by", String(now / 1000 - 30), now],
    ["more than an hour", "3601", undefined],
    ["epoch seconds far away", String(now / 1000 + 86_400), undefined],
    ["a negative number", "-1", undefined],
    ["a fraction", "1.5", undefined],
    ["a word", "soon", undefined],
    ["nothing", "", undefined],
    ["no header", undefined, undefined],
  ];
  for (const [what, value, expected] of cases)
    it(`understands ${what}`, () => {
      assert.equal(resetTime(headersOf({ "Ratelimit-Reset": value }), now), expected);
    });
});

describe("readRateLimit", () => {
  const all = { "RateLimit-Limit": "400", "RateLimit-Remaining": " 399 ", "RateLimit-Reset": "9" };
  it("reads the three headers", () => {
    assert.deepEqual(readRateLimit(headersOf(all), now), {
      limit: 400,
      remaining: 399,
      resetAt: now + 10_000,
    });
  });
  for (const name of Object.keys(all))
    it(`knows nothing without a usable ${name}`, () => {
      assert.equal(readRateLimit(headersOf({ ...all, [name]: undefined }), now), undefined);
      assert.equal(readRateLimit(headersOf({ ...all, [name]: "many" }), now), undefined);
    });
});

describe("RateLimits", () => {
  const told = { limit: 400, remaining: 100, resetAt: now + 30_000 };

  it("knows a budget until its window ends", () => {
    const limits = new RateLimits();
    assert.equal(limits.read("get", now), undefined);
    limits.record("get", told);
    assert.deepEqual(limits.read("get", now + 29_999), told);
    assert.equal(limits.read("get", now + 30_000), undefined);
    assert.equal(limits.read("write", now), undefined);
  });

  it("is not misled by a reply that comes late", () => {
    const limits = new RateLimits();
    limits.record("get", told);
    limits.record("get", { ...told, remaining: 101, resetAt: told.resetAt + 1000 });
    assert.equal(limits.read("get", now)?.remaining, 100);
    limits.record("get", { ...told, remaining: 99 });
    assert.equal(limits.read("get", now)?.remaining, 99);
  });

  it("believes a new window and a new limit", () => {
    const limits = new RateLimits();
    limits.record("get", told);
    limits.record("get", { ...told, remaining: 399, resetAt: told.resetAt + 60_000 });
    assert.equal(limits.read("get", now)?.remaining, 399);
    limits.record("get", { limit: 800, remaining: 799, resetAt: told.resetAt + 60_000 });
    assert.equal(limits.read("get", now)?.remaining, 799);
  });
});

describe("spareOf", () => {
  for (const [remaining, limit, spare] of [
    [400, 400, 200],
    [201, 400, 1],
    [200, 400, 0],
    [0, 400, -200],
    [5, 5, 2],
    [1, 1, 0],
    [0, 0, 0],
    [1e9, 10, 5],
  ] as const)
    it(`of ${remaining} left of ${limit} is ${spare}`, () => {
      assert.equal(spareOf({ limit, remaining, resetAt: now }), spare);
    });
});

describe("pace", () => {
  const budget = { limit: 400, remaining: 400, resetAt: now + 60_000 };
  const cases: [string, Parameters<typeof pace>, number][] = [
    ["keeps to the minimum while nothing is known", [undefined, now, 3000], 3000],
    ["keeps to the minimum while there is plenty", [budget, now, 3000], 3000],
    ["spreads what is left above half of the limit", [{ ...budget, remaining: 210 }, now, 3000], 6000],
    ["waits for the next window at half of the limit", [{ ...budget, remaining: 200 }, now, 3000], 60_000],
    ["waits for the next window below half of the limit", [{ ...budget, remaining: 3 }, now, 3000], 60_000],
    ["keeps to the minimum after the window", [{ ...budget, remaining: 0 }, now + 70_000, 3000], 3000],
    [
      "keeps to the minimum when the window ends sooner",
      [{ ...budget, remaining: 0 }, now + 59_000, 3000],
      3000,
    ],
    ["manages with a limit of 0", [{ ...budget, limit: 0, remaining: 5 }, now, 3000], 60_000],
    [
      "does not believe more remaining than the limit",
      [{ ...budget, limit: 10, remaining: 1e9 }, now, 1],
      12_000,
    ],
  ];
  for (const [what, given, expected] of cases)
    it(what, () => {
      assert.equal(pace(...given), expected);
    });

  const anything = fc.record({
    limit: fc.nat(5000),
    remaining: fc.nat(5000),
    resetAt: fc.integer({ min: now - 100_000, max: now + 3_600_000 }),
  });

  it("is finite and never below the minimum", () => {
    fc.assert(
      fc.property(anything, fc.nat(60_000), (known, minimum) => {
        const wait = pace(known, now, minimum);
        assert.ok(Number.isFinite(wait) && wait >= minimum);
      }),
    );
  });

  it("lets one poller take at most half of what it found, whatever others take", () => {
    const others = fc.array(fc.nat(3), { maxLength: 50 });
    fc.assert(
      fc.property(anything, fc.integer({ min: 1, max: 5000 }), others, (found, minimum, taken) => {
        let budgetNow = { ...found, remaining: Math.min(found.remaining, found.limit) };
        const half = budgetNow.remaining / 2;
        let used = 0;
        for (let time = now; ; used++) {
          time += pace(budgetNow, time, minimum);
          if (time >= found.resetAt) break;
          const left = budgetNow.remaining - 1 - (taken[used] ?? 0);
          budgetNow = { ...budgetNow, remaining: Math.max(0, left) };
        }
        assert.ok(used <= half, `${used} of ${half * 2}`);
      }),
    );
  });
});
