import { sampleKey, type Fault } from "../simulator/simulator.js";
import type { sentences } from "./sentences.js";

type Kind = keyof typeof sentences;

/** Where a request is sent instead of to the simulator, so that it fails before it gets anywhere. */
export type DeadEnd = "refused" | "dns" | "tls";

/** A fault, and what must come of it whatever the request. Exceptions are named where the requests are. */
export interface FaultCase {
  readonly name: string;
  readonly fault: DeadEnd | Fault;
  /** What the client must call it; undefined when all goes well. */
  readonly kind: Kind | undefined;
  /** Nothing tells whether Render gave the answer, and the sentence says so. */
  readonly isUnclear?: true;
  /** What follows the sentence of that kind. */
  readonly tail?: string;
  /** How often a read must be sent while the fault lasts: 4 where a moment later may be better, else 1. */
  readonly tries: number;
  /** Whether the server did what was asked. */
  readonly acts: boolean;
  /** Whether the client must reckon that a write was done. Not where a reply or the lack of a connection rules it out. */
  readonly unsure: boolean;
}

const again = 4;
const once = 1;

/** Before the request left: nothing arrives, surely. */
const deadEnds: readonly FaultCase[] = [
  {
    name: "connection refused",
    fault: "refused",
    kind: "unreachable",
    tries: again,
    acts: false,
    unsure: false,
  },
  { name: "name not found", fault: "dns", kind: "dns", tries: again, acts: false, unsure: false },
  { name: "certificate refused", fault: "tls", kind: "tls", tries: once, acts: false, unsure: false },
];

/** The connection broke, or the answer took too long: a write may have been done. */
const broken: readonly FaultCase[] = [
  {
    name: "cut before acting",
    fault: { kind: "cutBefore" },
    kind: "unreachable",
    tries: again,
    acts: false,
    unsure: true,
  },
  {
    name: "cut after acting",
    fault: { kind: "cutAfter" },
    kind: "unreachable",
    tries: again,
    acts: true,
    unsure: true,
  },
  {
    name: "cut in the body",
    fault: { kind: "cutInBody" },
    kind: "cutOff",
    tries: again,
    acts: true,
    unsure: true,
  },
  {
    name: "slow, but in time",
    fault: { kind: "delay", ms: 14_000 },
    kind: undefined,
    tries: once,
    acts: true,
    unsure: false,
  },
  { name: "no answer", fault: { kind: "hang" }, kind: "timeout", tries: again, acts: true, unsure: true },
  // It uses up the 60 s that all tries have together.
  {
    name: "a body that trickles",
    fault: { kind: "slowBody", chunkMs: 10_000 },
    kind: "timeout",
    tries: once,
    acts: true,
    unsure: true,
  },
];

/** Answers that are none of Render's, or not whole. Asking again would bring the same. */
const wrong: readonly FaultCase[] = [
  {
    name: "empty body",
    fault: { kind: "emptyBody" },
    kind: "emptyBody",
    tries: once,
    acts: true,
    unsure: true,
  },
  {
    name: "a web page",
    fault: { kind: "html" },
    kind: "intercepted",
    tries: once,
    acts: false,
    unsure: true,
  },
  {
    name: "JSON cut short",
    fault: { kind: "badJson" },
    kind: "notJson",
    tries: once,
    acts: true,
    unsure: true,
  },
  {
    name: "JSON of another shape",
    fault: { kind: "wrongShape" },
    kind: "badShape",
    tries: once,
    acts: true,
    unsure: true,
  },
  {
    name: "11 MB",
    fault: { kind: "huge", bytes: 11 * 1024 * 1024 },
    kind: "tooLarge",
    tries: once,
    acts: true,
    unsure: true,
  },
  {
    name: "a redirect",
    fault: { kind: "redirect", location: "https://elsewhere.invalid/v1" },
    kind: "redirected",
    tries: once,
    acts: false,
    unsure: false,
  },
  {
    name: "204",
    fault: { kind: "status", status: 204 },
    kind: "unexpectedStatus",
    tries: once,
    acts: false,
    unsure: true,
  },
];

/** Render refuses: a 4xx says that nothing was done. */
const refusals: readonly FaultCase[] = (
  [
    [400, "badRequest"],
    [401, "unauthorized"],
    [402, "paymentRequired"],
    [403, "forbidden"],
    [404, "notFound"],
    [405, "badRequest"],
    [406, "notAcceptable"],
    [409, "conflict"],
    [410, "gone"],
    [413, "badRequest"],
    [418, "badRequest"],
    [422, "badRequest"],
  ] as const
).map(([status, kind]) => ({
  name: String(status),
  fault: { kind: "status", status, body: { message: `reason ${status}` } },
  kind,
  tries: once,
  acts: false,
  unsure: false,
}));

const noLimitHeaders = { "ratelimit-limit": null, "ratelimit-remaining": null, "ratelimit-reset": null };

function tooMany(
  name: string,
  headers: Record<string, string | null>,
  seconds: number | undefined,
): FaultCase {
  return {
    name: `429 ${name}`,
    fault: { kind: "status", status: 429, headers: { ...noLimitHeaders, ...headers } },
    kind: "rateLimited",
    ...(seconds !== undefined && { tail: ` Render says in ${seconds} s.` }),
    // A wait beyond the 60 s of all tries is left to the person.
    tries: seconds !== undefined && seconds > 60 ? once : again,
    acts: false,
    unsure: false,
  };
}

const limited: readonly FaultCase[] = [
  tooMany("without headers", {}, undefined),
  tooMany("with headers that say nothing", { "ratelimit-reset": "soon", "retry-after": "-1" }, undefined),
  // Whole seconds left, rounded down by Render, so that one more is waited.
  tooMany("with Ratelimit-Reset", { "ratelimit-reset": "7" }, 8),
  tooMany("with Retry-After", { "retry-after": "7" }, 7),
  tooMany("with both", { "retry-after": "3", "ratelimit-reset": "50" }, 3),
  tooMany("with a long Retry-After", { "retry-after": "120" }, 120),
];

/** Render or a gateway before it fails: a write may have been done, and in half of these it was. */
const failures: readonly FaultCase[] = (
  [
    [500, "serverError", again],
    [501, "unavailable", again],
    [502, "unavailable", again],
    [503, "unavailable", again],
    [504, "unavailable", again],
    [521, "unavailable", again],
  ] as const
).flatMap(([status, kind, tries]) =>
  [false, true].map(acts => ({
    name: acts ? `${status} after acting` : String(status),
    fault: { kind: "status", status, body: { message: `reason ${status}` }, acts },
    kind,
    tries,
    acts,
    unsure: true,
  })),
);

const page = "<!doctype html><title>Access denied</title><p>This site is blocked by your organization.</p>";
const html = { "content-type": "text/html", "render-request-id": null };
const plain = { "content-type": "text/plain", "render-request-id": null };

/** What answers in Render's place. It may have kept back Render's answer instead of the request, but for some. */
const inBetween: readonly FaultCase[] = [
  ...[401, 403, 404].flatMap((status): FaultCase[] =>
    [false, true].map(acts => ({
      name: acts ? `a page with ${status} after acting` : `a page with ${status}`,
      fault: { kind: "status", status, body: page, headers: html, acts },
      kind: "intercepted",
      tries: once,
      acts,
      unsure: true,
    })),
  ),
  {
    name: "Cloudflare's text with 403",
    fault: { kind: "status", status: 403, body: "error code: 1020", headers: plain },
    kind: "intercepted",
    tries: once,
    acts: false,
    unsure: true,
  },
  {
    name: "407",
    fault: { kind: "status", status: 407, body: page, headers: html },
    kind: "proxySignIn",
    tries: once,
    acts: false,
    unsure: false,
  },
  {
    name: "511",
    fault: { kind: "status", status: 511, body: page, headers: html },
    kind: "networkSignIn",
    tries: once,
    acts: false,
    unsure: false,
  },
  ...[520, 522, 524, 530].map((status): FaultCase => ({
    name: `Cloudflare's ${status}`,
    fault: { kind: "status", status, body: `error code: ${status}`, headers: plain, acts: status === 524 },
    kind: "gatewayFailed",
    tries: again,
    acts: status === 524,
    unsure: true,
  })),
  ...(
    [
      [401, "unauthorized"],
      [403, "forbidden"],
      [404, "notFound"],
    ] as const
  ).map(([status, kind]): FaultCase => ({
    name: `${status} of whomever`,
    fault: { kind: "status", status, headers: { "render-request-id": null } },
    kind,
    isUnclear: true,
    tries: once,
    acts: false,
    unsure: false,
  })),
  {
    name: "408",
    fault: { kind: "status", status: 408, body: { message: "reason 408" } },
    kind: "timeout",
    tries: again,
    acts: false,
    unsure: false,
  },
  {
    name: "429 as Render words it",
    fault: { kind: "status", status: 429, body: { error: "rate limit exceeded" }, headers: noLimitHeaders },
    kind: "rateLimited",
    tries: again,
    acts: false,
    unsure: false,
  },
];

/** The server quotes the key wherever it can. What is read, shown and logged must not. */
function quoting(key: string): readonly FaultCase[] {
  const headers = { "render-request-id": `req-${key}` };
  const body = { message: `the key ${key} is wrong`, code: key, id: key };
  return [
    {
      name: "400 that quotes the key",
      fault: { kind: "status", status: 400, body, headers },
      kind: "badRequest",
      tries: once,
      acts: false,
      unsure: false,
    },
    {
      name: "500 that quotes the key",
      fault: { kind: "status", status: 500, body, headers },
      kind: "serverError",
      tries: again,
      acts: false,
      unsure: true,
    },
    {
      name: "200 that quotes the key",
      fault: { kind: "status", status: 200, body: `<p>${key}</p>`, headers },
      kind: "intercepted",
      tries: once,
      acts: false,
      unsure: true,
    },
    {
      name: "200 with the key for a field",
      fault: { kind: "status", status: 200, body: { [key]: key }, headers },
      kind: "badShape",
      tries: once,
      acts: false,
      unsure: true,
    },
    {
      name: "a redirect to the key",
      fault: { kind: "redirect", location: `https://elsewhere.invalid/${key}` },
      kind: "redirected",
      tries: once,
      acts: false,
      unsure: false,
    },
  ];
}

export const faultCases: readonly FaultCase[] = [
  ...deadEnds,
  ...broken,
  ...wrong,
  ...refusals,
  ...limited,
  ...failures,
  ...inBetween,
  ...quoting(sampleKey),
];
