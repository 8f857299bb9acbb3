import { Readable } from "node:stream";
import { setImmediate } from "node:timers/promises";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { SimulatorClock } from "./clock";
import type { Fault } from "./faults";

/** Answers in the server's place; false when the fault does not do that. */
export function answerInstead(fault: Fault, request: FastifyRequest, reply: FastifyReply): boolean {
  switch (fault.kind) {
    case "status":
      if (fault.acts === true) return false;
      void reply.send(dressUp(fault, reply));
      return true;
    case "cutBefore":
      void reply.hijack();
      request.raw.socket.destroy();
      return true;
    case "html":
      void reply
        .code(200)
        .type("text/html; charset=utf-8")
        .send(
          "<!doctype html><title>Welcome aboard</title><p>Accept the terms to use the ship's network.</p>",
        );
      return true;
    case "redirect":
      void reply.code(307).header("location", fault.location).send();
      return true;
    case "delay":
    case "cutAfter":
    case "cutInBody":
    case "badJson":
    case "wrongShape":
    case "emptyBody":
    case "huge":
    case "hang":
    case "slowBody":
      return false;
  }
}

/** The body to send instead of `payload`, after the server acted. May never settle, for an answer that never comes. */
export async function spoil(
  fault: Fault,
  payload: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  clock: SimulatorClock,
): Promise<unknown> {
  const { socket } = request.raw;
  const body = Buffer.from(typeof payload === "string" ? payload : "");
  switch (fault.kind) {
    case "cutAfter":
      socket.destroy();
      return payload;
    case "hang":
      return new Promise(() => undefined);
    case "cutInBody":
      void reply.header("content-length", body.length + 1);
      return Readable.from(
        cut(body, () => {
          socket.destroySoon();
        }),
        { objectMode: false },
      );
    case "slowBody":
      void reply.header("content-length", body.length);
      return Readable.from(slowly(body, fault.chunkMs, clock), { objectMode: false });
    case "huge":
      void reply.type("application/json; charset=utf-8");
      return Readable.from(padding(fault.bytes), { objectMode: false });
    case "badJson":
      void reply.type("application/json; charset=utf-8");
      return body.length > 2 ? body.subarray(0, body.length / 2) : '{"id":';
    case "wrongShape":
      void reply.type("application/json; charset=utf-8");
      return JSON.stringify({ unexpected: [1, "two", null] });
    case "emptyBody":
      return "";
    case "status":
      void reply.removeHeader("content-type");
      return dressUp(fault, reply) ?? "";
    case "cutBefore":
    case "html":
    case "redirect":
    case "delay":
      return payload;
  }
}

/** Gives the reply the status and headers of the fault; what is returned is the body to send. */
function dressUp(
  { status, body, headers = {} }: Extract<Fault, { kind: "status" }>,
  reply: FastifyReply,
): string | undefined {
  void reply.code(status);
  for (const [name, value] of Object.entries(headers)) {
    if (value === null) void reply.removeHeader(name);
    else void reply.header(name, value);
  }
  if (typeof body === "string" || body === undefined) return body;
  void reply.type("application/json; charset=utf-8");
  return JSON.stringify(body);
}

async function* cut(body: Buffer, end: () => void): AsyncGenerator<Buffer> {
  yield body.subarray(0, Math.ceil(body.length / 2));
  // Twice around the event loop, so that the first half has left before the connection goes.
  await setImmediate();
  await setImmediate();
  end();
}

async function* slowly(body: Buffer, chunkMs: number, clock: SimulatorClock): AsyncGenerator<Buffer> {
  const size = Math.max(1, Math.ceil(body.length / 8));
  for (let start = 0; start < body.length; start += size) {
    await new Promise<void>(resolve => {
      clock.after(chunkMs, resolve);
    });
    yield body.subarray(start, start + size);
  }
}

function* padding(bytes: number): Generator<Buffer> {
  const chunk = Buffer.alloc(64 * 1024, "a");
  yield Buffer.from('{"padding":"');
  for (let left = bytes - 14; left > 0; left -= chunk.length) yield chunk.subarray(0, left);
  yield Buffer.from('"}');
}
