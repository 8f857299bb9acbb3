import { request } from "node:http";

/** What a caller that leaves everything to itself got back. */
export interface RawAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  /** As much of the body as arrived. */
  body: string;
  /** How the connection ended, when it did not end well, for example `ECONNRESET`. */
  error?: string;
}

export interface RawCall {
  url: string;
  key?: string;
  method?: string;
  /** Sent as JSON, or as it is when it is a string. */
  body?: unknown;
  headers?: Record<string, string>;
  /** Ends the call from this side. */
  signal?: AbortSignal;
}

/** One call by `node:http`, on a connection of its own: no retry, no redirect, no interpretation. */
export function rawCall({
  url,
  key,
  method = "GET",
  body,
  headers = {},
  signal,
}: RawCall): Promise<RawAnswer> {
  const text = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
  return new Promise(resolve => {
    const answer: RawAnswer = { status: 0, headers: {}, body: "" };
    const fail = (error: NodeJS.ErrnoException): void => {
      resolve({ ...answer, error: error.code ?? error.message });
    };
    const call = request(
      url,
      {
        method,
        agent: false,
        ...(signal !== undefined && { signal }),
        headers: {
          ...(key !== undefined && { authorization: `Bearer ${key}` }),
          ...(text !== undefined && {
            "content-type": "application/json",
            "content-length": Buffer.byteLength(text),
          }),
          ...headers,
        },
      },
      response => {
        answer.status = response.statusCode ?? 0;
        answer.headers = response.headers;
        response.setEncoding("utf8");
        response.on("data", (chunk: string) => {
          answer.body += chunk;
        });
        response.on("error", fail);
        response.on("end", () => {
          resolve(answer);
        });
      },
    );
    call.on("error", fail);
    call.end(text);
  });
}
