import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { WebSocket } from "ws";
import type { ServiceRecord, Simulator } from "./simulator";
import type { LogLine } from "./wire";

/** A client of the log socket that leaves everything as it came. */
export interface OpenSocket {
  client: WebSocket;
  /** Every message so far. */
  messages: string[];
  /** The lines among them; throws for a message that is no JSON. */
  lines: () => LogLine[];
  /** The close code, once it is closed. */
  closed: Promise<number>;
  /** Settles when all that was sent until now has arrived. */
  settled: () => Promise<void>;
}

/** What a handshake was answered with that opened no socket; `status` is 0 when the connection ended without an answer. */
export interface RefusedSocket {
  status: number;
  headers: IncomingMessage["headers"];
  body: string;
}

type Query = Record<string, string | readonly string[]>;

export function socketUrl(simulator: Simulator, query: Query): string {
  const all = new URLSearchParams(
    Object.entries(query).flatMap(([name, values]) =>
      (typeof values === "string" ? [values] : values).map((value): [string, string] => [name, value]),
    ),
  );
  return `${simulator.url.replace("http:", "ws:")}/logs/subscribe?${all.toString()}`;
}

/** Opens a socket for the lines of a service. */
export async function openLogSocket(
  simulator: Simulator,
  { service }: ServiceRecord,
  query: Query = {},
): Promise<OpenSocket> {
  const url = socketUrl(simulator, { ownerId: service.ownerId, resource: service.id, ...query });
  const client = new WebSocket(url, { headers: { authorization: `Bearer ${simulator.key}` } });
  const messages: string[] = [];
  client.on("message", (data: Buffer) => messages.push(data.toString()));
  const closed = new Promise<number>(resolve => {
    client.once("close", resolve);
  });
  await once(client, "open");
  const settled = async (): Promise<void> => {
    const pong = once(client, "pong");
    client.ping();
    await pong;
  };
  return {
    client,
    messages,
    lines: () => messages.map(text => JSON.parse(text) as LogLine),
    closed,
    settled,
  };
}

/** A handshake that is expected to be refused. */
export async function refusedSocket(url: string, key: string): Promise<RefusedSocket> {
  const client = new WebSocket(url, { headers: { authorization: `Bearer ${key}` } });
  return new Promise((resolve, reject) => {
    client.once("open", () => {
      client.terminate();
      reject(new Error("the socket was opened"));
    });
    client.once("error", () => {
      resolve({ status: 0, headers: {}, body: "" });
    });
    client.once("unexpected-response", (_request, response) => {
      let body = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => (body += chunk));
      response.on("end", () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
      });
    });
  });
}
