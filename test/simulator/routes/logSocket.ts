import { type IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { WebSocketServer } from "ws";
import { ApiError } from "../apiError";
import { type Context, queryOf } from "../context";
import type { Fault, SocketFaults } from "../faults";
import { LogQuery } from "../logQuery";
import { LogTail } from "../logTail";

/** The path of the log socket below `/v1`. */
export const socketPath = /^\/logs\/subscribe$/;

/** The log sockets that are open. */
export class LogSockets {
  readonly #open = new Set<LogTail>();

  add(tail: LogTail): void {
    this.#open.add(tail);
  }

  delete(tail: LogTail): void {
    this.#open.delete(tail);
  }

  get size(): number {
    return this.#open.size;
  }

  /** Ends all of them with this code; 1006 cuts them. */
  end(code: number): void {
    for (const tail of this.#open) tail.end(code);
    if (code === 1006) this.#open.clear();
  }
}

/** What surrounds the socket. */
export interface SocketSurroundings {
  sockets: LogSockets;
  faults: SocketFaults;
  /** The fault that the call of a handshake met. */
  metBy: (request: FastifyRequest) => Fault | undefined;
  /** Told of a handshake that succeeded. */
  opened: (request: FastifyRequest) => void;
}

/** New log lines as they come, over a WebSocket (Render API: logs). */
export function addLogSocket(
  app: FastifyInstance,
  context: Context,
  { sockets, faults, metBy, opened }: SocketSurroundings,
): void {
  const answering = new WebSocketServer({ noServer: true });
  const silent = new WebSocketServer({ noServer: true, autoPong: false });
  const heads = new WeakMap<IncomingMessage, Buffer>();
  // Node does not count a connection to be upgraded among those that it closes with the server.
  const connections = new Set<Socket>();

  // A handshake goes the way of every call, so that key, budget, faults and the shape of errors are the same.
  app.server.on("upgrade", (request, socket, head) => {
    if (!(socket instanceof Socket)) return;
    connections.add(socket);
    socket.once("close", () => connections.delete(socket));
    socket.on("error", () => undefined);
    heads.set(request, head);
    const response = new ServerResponse(request);
    response.shouldKeepAlive = false;
    response.assignSocket(socket);
    response.once("finish", () => socket.end());
    app.routing(request, response);
  });

  app.addHook("preClose", done => {
    sockets.end(1006);
    for (const connection of connections) connection.destroy();
    done();
  });

  app.get("/v1/logs/subscribe", (request, reply) => {
    const { raw } = request;
    const head = heads.get(raw);
    if (head === undefined) throw new ApiError(400, "the client does not ask for a WebSocket");
    const query = new LogQuery(queryOf(request), context);
    const fault = metBy(request);
    // Its answer is spoilt on its way, and no WebSocket.
    if (fault !== undefined && fault.kind !== "delay") return reply.send("");
    void reply.hijack();
    reply.raw.detachSocket(raw.socket);
    const met = faults.take();
    const server = met.some(({ kind }) => kind === "noPong") ? silent : answering;
    server.handleUpgrade(raw, raw.socket, head, client => {
      opened(request);
      const tail = new LogTail(client, query, context, met);
      sockets.add(tail);
      client.once("close", () => {
        sockets.delete(tail);
      });
    });
    return reply;
  });
}
