import assert from "node:assert/strict";
import type { DeployChoice, PlanRefusal } from "../../../src/features/whatToDeploy/plan.js";
import {
  choiceText,
  detailsOf,
  explain,
  refusalText,
  SettingError,
  staleText,
} from "../../../src/text/explanation.js";
import { RenderError, type RenderErrorKind } from "../../../src/render/errors.js";
import { anImageService, aRepository, aService, sha } from "../../support/builders.js";
import { assertPlain, hostileTexts } from "../../support/hostileText.js";
import { assertSentence } from "../../support/sentence.js";
import { without } from "../../support/without.js";

const key = "rnd_0123456789abcdefghijABCDEFGH";
const request = { method: "POST", path: "/services/srv-1/deploys" };

/** Every kind; a kind that is added to the type and not here does not compile. */
const kinds = Object.keys({
  badRequest: true,
  unauthorized: true,
  paymentRequired: true,
  forbidden: true,
  notFound: true,
  notAcceptable: true,
  conflict: true,
  gone: true,
  rateLimited: true,
  serverError: true,
  unavailable: true,
  unexpectedStatus: true,
  redirected: true,
  intercepted: true,
  proxySignIn: true,
  networkSignIn: true,
  gatewayFailed: true,
  unreachable: true,
  dns: true,
  tls: true,
  timeout: true,
  cutOff: true,
  tooLarge: true,
  notJson: true,
  badShape: true,
  emptyBody: true,
  noKey: true,
  keyUnreadable: true,
  unusableKey: true,
  aborted: true,
} satisfies Record<RenderErrorKind, true>) as RenderErrorKind[];

describe("explain", () => {
  for (const kind of kinds)
    it(`has a sentence for ${kind} and something to do about it`, () => {
      const { text, remedies } = explain(new RenderError(kind, request), "load the services");
      assert.match(text, /^Could not load the services: /u);
      assertSentence(text);
      assert.ok(remedies.length > 0);
      assert.equal(new Set(remedies).size, remedies.length);
    });

  it("says each kind in its own words", () => {
    const texts = kinds.map(kind => explain(new RenderError(kind, request), "go on").text);
    assert.equal(new Set(texts).size, texts.length);
  });

  for (const [kind, remedy] of [
    ["unauthorized", "setApiKey"],
    ["noKey", "setApiKey"],
    ["paymentRequired", "openDashboard"],
    ["rateLimited", "retry"],
    ["unreachable", "retry"],
    ["redirected", "openSettings"],
    ["badShape", "showOutput"],
  ] as const)
    it(`offers ${remedy} first for ${kind}`, () => {
      assert.equal(explain(new RenderError(kind, request), "go on").remedies[0], remedy);
    });

  for (const [retryAfterMs, wait] of [
    [undefined, ""],
    [0, " Render says in 1 s."],
    [1_200, " Render says in 2 s."],
    [60_000, " Render says in 60 s."],
  ] as const)
    it(`says how long to wait after ${retryAfterMs ?? "no"} ms`, () => {
      const { text } = explain(new RenderError("rateLimited", { ...request, retryAfterMs }), "go on");
      assert.ok(text.endsWith(`then try again.${wait}`), text);
    });

  it("speaks of waiting only where the rate limit is the cause", () => {
    const { text } = explain(new RenderError("unavailable", { ...request, retryAfterMs: 5_000 }), "go on");
    assert.doesNotMatch(text, /\d/u);
  });

  it("passes on the sentence about a setting", () => {
    const text = "The setting render.apiUrl is not an address.";
    assert.deepEqual(explain(new SettingError(text), "go on"), { text, remedies: ["openSettings"] });
  });

  for (const thrown of [new TypeError(`secret ${key}`), key, undefined, null, { message: key }])
    it(`tells nothing of an unexpected ${Object.prototype.toString.call(thrown)} but that there are details`, () => {
      assert.deepEqual(explain(thrown, "go on"), {
        text: "Could not go on: something unexpected happened. The output has the details.",
        remedies: ["showOutput"],
      });
    });

  it("does not repeat what a server said", () => {
    const error = new RenderError("badRequest", { ...request, serverMessage: "$(zap) buy now" });
    assert.ok(!explain(error, "go on").text.includes("buy now"));
  });
});

describe("detailsOf", () => {
  it("is one line with everything that is known", () => {
    const error = new RenderError("rateLimited", {
      ...request,
      status: 429,
      requestId: "api-1/abc-000042",
      serverMessage: "slow down",
      serverCode: "rate_limited",
      field: "deploy.status",
      cause: new Error("ECONNRESET"),
    });
    assert.equal(
      detailsOf(error),
      'POST /services/srv-1/deploys, status 429 (rateLimited), field deploy.status, Render says: "slow down", ' +
        "code rate_limited, Render-Request-Id api-1/abc-000042, cause: ECONNRESET",
    );
  });

  it("leaves out what is not known", () => {
    assert.equal(detailsOf(new RenderError("dns", request)), "POST /services/srv-1/deploys, dns");
    assert.equal(
      detailsOf(new RenderError("dns", { ...request, cause: "odd" })),
      "POST /services/srv-1/deploys, dns",
    );
  });

  it("of another error is its stack, which names the place, or its message", () => {
    const error = new TypeError("x is not a function");
    assert.match(detailsOf(error), /^TypeError: x is not a function\n\s+at .*messages\.test/u);
    delete error.stack;
    assert.equal(detailsOf(error), "x is not a function");
    assert.equal(detailsOf("thrown text"), "thrown text");
    assert.equal(detailsOf(undefined), "undefined");
  });

  it("never holds a key or a header, even where an error below carries the request", () => {
    const headers = { authorization: `Bearer ${key}` };
    const cause = Object.assign(new Error("socket hang up"), {
      headers,
      request: { headers },
      config: headers,
    });
    for (const kind of kinds)
      for (const error of [new RenderError(kind, { ...request, cause }), cause])
        assert.doesNotMatch(detailsOf(error), /rnd_|Bearer|authorization/iu);
  });

  it("stays one bounded line, whatever a server says", () => {
    for (const text of hostileTexts) {
      const error = new RenderError("serverError", {
        ...request,
        status: 500,
        requestId: text,
        serverMessage: text,
        serverCode: text,
        cause: new Error(text),
      });
      assertPlain(detailsOf(error), 1_200);
    }
  });
});

describe("refusalText", () => {
  const refusals = Object.keys({
    cronJobCommit: true,
    notBuiltFromGit: true,
    notBuiltFromImage: true,
    otherImage: true,
    badCommitId: true,
  } satisfies Record<PlanRefusal, true>) as PlanRefusal[];

  for (const why of refusals)
    it(`has a sentence for ${why}`, () => {
      assertSentence(refusalText(why));
    });
});

describe("choiceText", () => {
  const noBranch = without(aService(), "branch");
  const detached = without(aRepository(), "branch");
  const commit = { id: sha, message: "Cache port lookups\n\nHalves the p95." };
  for (const [service, choice, text] of [
    [aService(), { kind: "commit", commit, head: aRepository() }, "7c1f0e9 Cache port lookups (main)"],
    [aService(), { kind: "commit", commit, head: detached }, "7c1f0e9 Cache port lookups"],
    [aService(), { kind: "commit", commit }, "7c1f0e9 Cache port lookups"],
    [aService(), { kind: "commit", commit: { id: sha } }, "7c1f0e9"],
    [aService(), { kind: "newest" }, "the newest commit of main"],
    [noBranch, { kind: "newest" }, "the newest commit"],
    [anImageService(), { kind: "image" }, "the image ghcr.io/harbor-labs/thumbs:1.4"],
    [anImageService(), { kind: "image", imageUrl: "ghcr.io/a/b:2" }, "the image ghcr.io/a/b:2"],
    [aService(), { kind: "redeploy" }, "the last successful build, without building again"],
  ] as const)
    it(`is "${text}"`, () => {
      assert.equal(choiceText(service, choice), text);
    });

  it("is plain text, whatever the names are", () => {
    for (const text of hostileTexts) {
      const service = aService({ branch: text, imagePath: text });
      const choices: DeployChoice[] = [
        { kind: "commit", commit: { id: text, message: text }, head: aRepository({ branch: text }) },
        { kind: "newest" },
        { kind: "image" },
        { kind: "image", imageUrl: text },
      ];
      for (const choice of choices) assertPlain(choiceText(service, choice), 160);
    }
  });
});

describe("staleText", () => {
  const error = new RenderError("unreachable", request);

  it("says why, and since when what is shown is known", () => {
    const text = staleText({ error, readAt: Date.UTC(2026, 5, 12, 8, 5) });
    assert.match(text, /^Could not refresh the services: Render could not be reached\./u);
    assert.match(text, / Shown is what was known at \d\d:\d\d(?: [AP]M)?\.$/u);
  });

  it("does without a time where there is none", () => {
    assert.match(staleText({ error }), / Shown is what was known before\.$/u);
  });
});
