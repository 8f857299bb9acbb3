import assert from "node:assert/strict";
import fc from "fast-check";
import { RenderError } from "../../../../src/render/errors.js";
import { askedWait, isPassing, retryWait } from "../../../../src/render/http/retry.js";
import { headersOf } from "./headersOf.js";

const now = Date.UTC(2026, 5, 12, 8);
const request = { method: "GET", path: "/users" };

describe("askedWait", () => {
  const cases: [string, number, Record<string, string>, number | undefined][] = [
    ["seconds", 429, { "Retry-After": "2" }, 2000],
    ["no seconds", 429, { "Retry-After": "0" }, 0],
    ["a date", 503, { "Retry-After": "Fri, 12 Jun 2026 08:01:00 GMT" }, 60_000],
    ["a date gone by", 503, { "Retry-After": "Fri, 12 Jun 2026 07:00:00 GMT" }, 0],
    ["a date without a day", 503, { "Retry-After": "2026-06-12" }, undefined],
    ["a fraction", 503, { "Retry-After": "1.5" }, undefined],
    ["a day that is none", 503, { "Retry-After": "Someday" }, undefined],
    ["the window on 429", 429, { "Ratelimit-Reset": "5" }, 6000],
    ["the window on 503", 503, { "Ratelimit-Reset": "5" }, undefined],
    ["Retry-After before the window", 429, { "Retry-After": "9", "Ratelimit-Reset": "5" }, 9000],
    ["nothing", 429, {}, undefined],
  ];
  for (const [what, status, headers, expected] of cases)
    it(`reads ${what}`, () => {
      assert.equal(askedWait(status, headersOf(headers), now), expected);
    });
});

describe("isPassing", () => {
  const passing = [
    "rateLimited",
    "serverError",
    "unavailable",
    "unreachable",
    "dns",
    "timeout",
    "cutOff",
  ] as const;
  const lasting = [
    "unauthorized",
    "notFound",
    "tls",
    "badShape",
    "notJson",
    "aborted",
    "redirected",
    "tooLarge",
  ] as const;
  for (const kind of passing)
    it(`hopes after ${kind}`, () => {
      assert.equal(isPassing(new RenderError(kind, request)), true);
    });
  for (const kind of lasting)
    it(`gives up after ${kind}`, () => {
      assert.equal(isPassing(new RenderError(kind, request)), false);
    });
});

describe("retryWait", () => {
  it("is what the server asks for and up to half a second more", () => {
    const error = new RenderError("rateLimited", { ...request, retryAfterMs: 30_000 });
    assert.equal(
      retryWait(error, 2, () => 0),
      30_000,
    );
    assert.equal(
      retryWait(error, 2, () => 0.999),
      30_499.5,
    );
  });

  it("is else anything up to a bound that doubles until 8 s", () => {
    const error = new RenderError("unavailable", request);
    const bounds = [0, 1, 2, 3, 4, 5, 100].map(retries => retryWait(error, retries, () => 1));
    assert.deepEqual(bounds, [500, 1000, 2000, 4000, 8000, 8000, 8000]);
    fc.assert(
      fc.property(fc.nat(2000), fc.double({ min: 0, max: 1, noNaN: true }), (retries, chance) => {
        const wait = retryWait(error, retries, () => chance);
        assert.ok(wait >= 0 && wait <= 8000);
      }),
    );
  });
});
