import assert from "node:assert/strict";
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setImmediate as turn } from "node:timers/promises";
import { inspect } from "node:util";
import nodeFetch from "node-fetch";
import * as v from "valibot";
import type { Logger } from "../../../../src/ports.js";
import { RenderError } from "../../../../src/render/errors.js";
import { RenderHttp, type HttpParts } from "../../../../src/render/http/http.js";
import { FakeClock } from "../../../support/fakeClock.js";

export const key = "rnd_0123456789abcdefghijABCDEFGH";

interface Seen {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** Answers the request with that number, counted from 0. */
export type Answer = (response: ServerResponse, seen: Seen, number: number) => void;

/** A real HTTP server on this machine that answers as a test tells it to, faults included. */
class LocalRender {
  readonly seen: Seen[] = [];
  connections = 0;
  readonly #server;

  constructor(answer: Answer) {
    this.#server = createServer((request, response) => {
      void read(request).then(body => {
        const seen = { method: request.method ?? "", url: request.url ?? "", headers: request.headers, body };
        answer(response, seen, this.seen.push(seen) - 1);
      });
    });
    this.#server.on("connection", () => this.connections++);
  }

  async start(): Promise<void> {
    await new Promise<void>(resolve => this.#server.listen(0, "127.0.0.1", resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v1`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

class RecordingLog implements Logger {
  readonly lines: string[] = [];
  readonly debug = (line: string): number => this.lines.push(line);
  readonly info = this.debug;
  readonly warn = this.debug;
  readonly error = this.debug;
}

/** Ends what a test began, newest first. */
const endings: (() => Promise<void>)[] = [];

export async function tearDown(): Promise<void> {
  for (const end of endings.splice(0).reverse()) await end();
}

export function atEnd(end: () => Promise<void>): void {
  endings.push(end);
}

export type Overrides = Partial<Omit<HttpParts, "clock">> & { clock?: FakeClock };

/** An HTTP client with the real node-fetch for an address, with a clock that passes waits shorter than any timeout. */
export function clientOf(apiUrl: string, overrides: Overrides = {}) {
  const clock = overrides.clock ?? new FakeClock({ now: Date.UTC(2026, 5, 12, 8), flowBelowMs: 15_000 });
  const log = new RecordingLog();
  const http = new RenderHttp({
    fetch: () => Promise.resolve(nodeFetch),
    apiUrl: () => apiUrl,
    apiKey: () => Promise.resolve(key),
    random: () => 0.5,
    userAgent: "render-deploy/0.1.0 test",
    log,
    ...overrides,
    clock,
  });
  return { http, clock, log, waits: () => clock.slept.filter(ms => ms < 15_000) };
}

/** A client for a new local server that answers so. */
export async function setUp(answer: Answer, overrides: Overrides = {}) {
  const server = new LocalRender(answer);
  await server.start();
  atEnd(() => server.stop());
  return { server, ...clientOf(server.url, overrides) };
}

export function json(response: ServerResponse, status: number, body: unknown, headers = {}): void {
  response.writeHead(status, { "Content-Type": "application/json", ...headers }).end(JSON.stringify(body));
}

/** Lets real input and output happen until the condition holds. The test's own time limit ends it otherwise. */
export async function until(condition: () => boolean): Promise<void> {
  do await turn();
  while (!condition());
}

export const never = (): AbortSignal => new AbortController().signal;

/** The error that the work ends with, once it is sure that the key is nowhere in it. */
export async function errorOf(work: Promise<unknown>): Promise<RenderError> {
  const error: unknown = await work.then(
    () => assert.fail("no error"),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof RenderError, inspect(error));
  assert.ok(!inspect(error, { depth: 10, showHidden: true }).includes(key), "the key is in the error");
  return error;
}

/** An address where nobody answers. */
export const nowhere = "http://127.0.0.1:9/v1";

export const named = v.object({ name: v.string() });
export const ada = { name: "Ada" };

export function ok(response: ServerResponse): void {
  json(response, 200, ada);
}

export const get = (http: RenderHttp, path = "/users", signal = never()) =>
  http.get(path, { name: "user", schema: named, signal });

export const post = (http: RenderHttp, signal = never()) =>
  http.post("/services/srv-1/deploys", {}, { hopedFor: [201], signal });
