import type { Clock, Logger } from "../../ports.js";
import { closedWith, exchangeLine } from "../logTexts.js";
import { askedWait } from "./retry.js";
import { readTransportFault } from "./transportFault.js";

/** What happens on a socket, in this order; `ended` comes once, as the last. */
export interface SocketListener {
  /** The connection is there. */
  opened(): void;
  message(text: string): void;
  /** The answer to a ping. */
  pong(): void;
  ended(end: SocketEnd): void;
}

/** Why there is no connection (any more). */
export type SocketEnd =
  /** By a code of RFC 6455, 7.4; 1006 where the connection broke without one. */
  | { readonly kind: "closed"; readonly code: number }
  /** An answer of HTTP came in place of a connection. `retryAfterMs`: how long it asks to wait, in milliseconds. */
  | { readonly kind: "refused"; readonly status: number; readonly retryAfterMs?: number }
  /** Nobody answered; `isFinal`: whoever did could not prove who it is, which waiting does not mend. */
  | { readonly kind: "failed"; readonly isFinal: boolean };

/** An open socket, or one that is being opened. Nothing but pings is ever sent. */
export interface Socket {
  ping(): void;
  /** Ends it at once; the listener is told nothing more. */
  end(): void;
}

/** What is used of a WebSocket; that of the package `ws` fits. The standard one can neither ping nor tell a refusal. */
export type WebSocketMaker = new (
  url: string,
  options: {
    headers: Record<string, string>;
    maxPayload: number;
    handshakeTimeout: number;
    followRedirects: false;
  },
) => WebSocketLike;

interface WebSocketLike {
  readyState: number;
  on(event: "open" | "pong", listener: () => void): unknown;
  on(event: "message", listener: (data: { toString(): string }) => void): unknown;
  on(event: "close", listener: (code: number) => void): unknown;
  on(event: "error", listener: (error: Error) => void): unknown;
  on(event: "unexpected-response", listener: (request: unknown, response: RefusingResponse) => void): unknown;
  ping(): void;
  terminate(): void;
}

interface RefusingResponse {
  statusCode?: number;
  headers: Record<string, string | string[] | undefined>;
  resume(): void;
}

/** A line of a log is far shorter. */
const longestMessage = 8 * 1024 * 1024;

/** `WebSocket.OPEN` (WebSockets standard). */
const open = 1;

/**
 * Opens a socket, once.
 *
 * @param request its address, the headers that ask for it, and what the log calls it
 * @param timeoutMs from asking until the connection is there
 */
export function openSocket(
  { WebSocket, clock, log }: { WebSocket: WebSocketMaker; clock: Clock; log: Logger },
  request: { readonly url: string; readonly headers: Record<string, string>; readonly name: string },
  timeoutMs: number,
  listener: SocketListener,
): Socket {
  const began = clock.now();
  let isOver = false;
  const end = (how: SocketEnd, outcome: string): void => {
    if (isOver) return;
    isOver = true;
    log.debug(exchangeLine(request.name, outcome, clock.now() - began, undefined));
    listener.ended(how);
  };
  const { url, headers } = request;
  const socket = new WebSocket(url, {
    headers,
    maxPayload: longestMessage,
    handshakeTimeout: timeoutMs,
    followRedirects: false,
  });
  socket.on("open", () => {
    if (!isOver) listener.opened();
  });
  socket.on("message", data => {
    if (!isOver) listener.message(data.toString());
  });
  socket.on("pong", () => {
    if (!isOver) listener.pong();
  });
  socket.on("close", code => {
    end({ kind: "closed", code }, closedWith(code));
  });
  socket.on("error", error => {
    // One that breaks later is closed as well, which says more.
    if (socket.readyState === open) return;
    const { kind } = readTransportFault(error);
    end({ kind: "failed", isFinal: kind === "tls" }, kind);
  });
  socket.on("unexpected-response", (_request, response) => {
    const status = response.statusCode ?? 0;
    const header = (name: string): string | null => [response.headers[name] ?? null].flat()[0] ?? null;
    const retryAfterMs = askedWait(status, { get: header }, clock.now());
    end({ kind: "refused", status, ...(retryAfterMs !== undefined && { retryAfterMs }) }, String(status));
    response.resume();
    socket.terminate();
  });
  return {
    ping: () => {
      if (socket.readyState === open) socket.ping();
    },
    end: () => {
      isOver = true;
      socket.terminate();
    },
  };
}
