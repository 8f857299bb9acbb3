import assert from "node:assert/strict";
import { detailsOf, explain } from "../../../../src/render/errorTexts.js";
import { answererOf, type Answerer } from "../../../../src/render/http/answer.js";
import { cannotMend, isGone, RenderError, type RenderErrorKind } from "../../../../src/render/errors.js";
import { isPassing } from "../../../../src/render/http/retry.js";
import { headersOf } from "./headersOf.js";
import { errorOf, get, never, post, setUp, tearDown } from "./localRender.js";

type Headers = Record<string, string>;

const html = { "Content-Type": "text/html; charset=utf-8" };
const recorded = { "Render-Request-Id": "api-7767dddd75-m2trm/tatrYy6WLK-001727" };
const json = { "Content-Type": "application/json; charset=utf-8" };
const zscaler = "<html><head><title>Internet Security by Zscaler</title></head><body>Blocked</body></html>";
const squid =
  '<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.01//EN"><html><title>ERROR: Cache Access Denied</title>';
const cloudflare =
  '<!DOCTYPE html>\n<!--[if lt IE 7]> <html class="no-js"> <![endif]-->\n<title>Attention Required! | Cloudflare</title>';
const ms = 60_000;

describe("answererOf", () => {
  const answers: readonly [what: string, answerer: Answerer, text: string, headers?: Headers][] = [
    ["a recorded error", "render", '{"message":"not found: srv-1"}\n', { ...json, ...recorded }],
    ["an error without an id of the request", "render", '{"message":"not found: srv-1"}\n', json],
    ["the recorded body of a 429", "render", '{"error":"rate limit exceeded"}'],
    ["an error that has an id only", "render", '{"id":"err-1"}'],
    ["an empty body with the id of the request", "render", "", recorded],
    ["a plain body with the id of the request", "render", "Forbidden", recorded],
    ["an empty body", "unclear", ""],
    ["a plain body", "unclear", "Forbidden"],
    ["JSON that says nothing", "unclear", "{}"],
    ["JSON of another form", "unclear", "[1]"],
    ["a block page", "between", zscaler, html],
    ["a block page that is called plain text", "between", squid, { "Content-Type": "text/plain" }],
    ["a block page that begins with blanks", "between", `\n  ${cloudflare}`, html],
    ["an empty body that is called a page", "unclear", "", html],
    ["a gateway's JSON without Render's mark", "between", '{"error":"Blocked by corporate firewall"}', json],
    ["XML", "between", "<?xml version='1.0'?><Error/>"],
    ["Cloudflare's text for programs", "between", "error code: 1020"],
    ["Cloudflare's JSON", "between", '{"title":"Access denied","cloudflare_error":true,"status":403}', json],
    ["a proxy's text", "between", "Blocked by the corporate proxy"],
    ["a header that only proxies send", "between", "", { "Proxy-Authenticate": 'Basic realm="proxy"' }],
    ["Squid's header", "between", "", { "X-Squid-Error": "ERR_ACCESS_DENIED 0" }],
    ["JSON that is called a page", "render", '{"message":"busy"}', html],
  ];
  for (const [what, answerer, text, headers = {}] of answers)
    it(`takes ${what} for ${answerer}`, () => {
      assert.equal(answererOf(headersOf(headers), text), answerer);
    });
});

describe("an answer that is not Render's", () => {
  afterEach(tearDown);

  interface Case {
    readonly status: number;
    readonly text?: string;
    readonly headers?: Headers;
    readonly kind: RenderErrorKind;
    readonly says: RegExp;
    /** Whether a POST may have been done all the same. */
    readonly unsure: boolean;
    readonly passes?: true;
    /** Whether it is believed after a while; never unless told. */
    readonly believed?: true;
  }
  const between = /something between you and Render answered in its place/u;
  const either = /by Render or by something between you and Render/u;
  const cases: readonly Case[] = [
    { status: 401, text: zscaler, headers: html, kind: "intercepted", says: between, unsure: true },
    { status: 403, text: cloudflare, headers: html, kind: "intercepted", says: between, unsure: true },
    { status: 403, text: squid, headers: html, kind: "intercepted", says: between, unsure: true },
    { status: 403, text: "error code: 1020", kind: "intercepted", says: between, unsure: true },
    {
      status: 404,
      text: "<h1>Not Found</h1>",
      headers: html,
      kind: "intercepted",
      says: between,
      unsure: true,
    },
    { status: 400, text: zscaler, headers: html, kind: "intercepted", says: between, unsure: true },
    { status: 451, text: zscaler, headers: html, kind: "intercepted", says: between, unsure: true },
    { status: 200, text: zscaler, headers: html, kind: "intercepted", says: between, unsure: true },
    {
      status: 407,
      kind: "proxySignIn",
      says: /a proxy between you and Render wants you to sign in/u,
      unsure: false,
    },
    {
      status: 511,
      text: zscaler,
      headers: html,
      kind: "networkSignIn",
      says: /sign in to the network/u,
      unsure: false,
    },
    {
      status: 302,
      headers: { Location: "https://login.invalid/" },
      kind: "redirected",
      says: /sign-in page of a network/u,
      unsure: false,
    },
    ...[520, 521, 522, 524, 525, 530].map((status): Case => ({
      status,
      text: `error code: ${status}`,
      kind: "gatewayFailed",
      says: /something between you and Render answered that it does not reach Render/u,
      unsure: true,
      passes: true,
    })),
    {
      status: 521,
      text: "",
      kind: "gatewayFailed",
      says: /does not reach Render/u,
      unsure: true,
      passes: true,
    },
    {
      status: 503,
      text: squid,
      headers: html,
      kind: "gatewayFailed",
      says: /does not reach Render/u,
      unsure: true,
      passes: true,
    },
    {
      status: 429,
      text: "error code: 1015",
      kind: "rateLimited",
      says: /lets no more requests through/u,
      unsure: false,
      passes: true,
    },
    { status: 401, text: "", kind: "unauthorized", says: either, unsure: false, believed: true },
    { status: 401, text: "Unauthorized", kind: "unauthorized", says: either, unsure: false, believed: true },
    { status: 403, text: "", kind: "forbidden", says: either, unsure: false, believed: true },
    { status: 403, text: "Forbidden", kind: "forbidden", says: either, unsure: false, believed: true },
    { status: 404, text: "", kind: "notFound", says: either, unsure: false, believed: true },
  ];
  for (const { status, text = "", headers = {}, kind, says, unsure, passes, believed } of cases)
    it(`${status} ${JSON.stringify(text.slice(0, 30))} is ${kind}`, async () => {
      const { http } = await setUp(r => r.writeHead(status, headers).end(text));
      const error = await errorOf(post(http));
      assert.deepEqual([error.kind, error.maybeReceived], [kind, unsure]);
      assert.match(explain(error, "deploy lighthouse").text, says);
      assert.equal(isPassing(error), passes === true);
      assert.equal(isGone(error), false);
      // A deploy that runs is followed on.
      assert.equal(cannotMend(error, 4 * ms), false);
      assert.equal(cannotMend(error, 10 * ms), believed === true);
    });

  it("quotes a page by its title, and a text by itself, for the output", async () => {
    for (const [text, said] of [
      [cloudflare, /what is between says: "Attention Required! \| Cloudflare"/u],
      ["error code: 1020", /what is between says: "error code: 1020"/u],
      ["Forbidden", /the answer says: "Forbidden"/u],
      ['{"error": "no such thing"}', /Render says: "no such thing"/u],
    ] as const) {
      const { http } = await setUp(r => r.writeHead(403).end(text));
      assert.match(detailsOf(await errorOf(get(http))), said);
    }
  });

  it("is no success of a write whose answer has nothing to be read", async () => {
    const { http } = await setUp(r => r.writeHead(200, html).end(zscaler));
    const restart = http.post("/services/srv-1/restart", undefined, { hopedFor: [200], signal: never() });
    assert.equal((await errorOf(restart)).kind, "intercepted");
  });
});

describe("cannotMend", () => {
  const own = (kind: RenderErrorKind, status?: number): RenderError =>
    new RenderError(kind, { method: "GET", path: "/", status });

  for (const [kind, status] of [
    ["unauthorized", 401],
    ["forbidden", 403],
    ["notFound", 404],
    ["gone", 410],
    ["badRequest", 400],
    ["noKey", undefined],
    ["unusableKey", undefined],
  ] as const)
    it(`is so of Render's own ${kind}, at once`, () => {
      assert.equal(cannotMend(own(kind, status), 0), true);
    });

  for (const kind of [
    "keyUnreadable",
    "timeout",
    "unavailable",
    "rateLimited",
    "redirected",
    "notJson",
  ] as const)
    it(`is never so of ${kind}`, () => {
      assert.equal(cannotMend(own(kind), 60 * ms), false);
    });

  it("is so of a status that is not listed after some minutes, and of what is no answer never", () => {
    assert.deepEqual(
      [0, 4 * ms, 5 * ms].map(lasting => cannotMend(own("badRequest", 422), lasting)),
      [false, false, true],
    );
    assert.equal(cannotMend(new Error("x"), 60 * ms), false);
  });
});
