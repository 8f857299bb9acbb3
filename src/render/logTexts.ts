/** Lines of the output about requests, and about the secret storage that holds their key. */
import { plainText } from "../text/plainText.js";

/** An entry of a list that could not be used. @param field the dotted path of what is not as it should be */
export function leftOutLine(id: string | undefined, path: string, field: string): string {
  const which = id === undefined ? "An entry without an id" : `The entry ${plainText(id, 80)}`;
  return `${which} of ${path} was left out, as ${plainText(field, 80)} is not as it should be`;
}

/** A request that is tried again after `ms` milliseconds. */
export function retryLine(request: string, ms: number, retry: number, most: number): string {
  return `${request}: again in ${Math.round(ms)} ms (${retry} of ${most})`;
}

/** How a request ended, after `ms` milliseconds. */
export function exchangeLine(
  request: string,
  outcome: string,
  ms: number,
  requestId: string | undefined,
): string {
  const id = requestId === undefined ? "" : `, request ${requestId}`;
  return `${request} -> ${outcome}, ${ms} ms${id}`;
}

/** How a socket is called. */
export function socketName(address: string): string {
  return `WebSocket ${address}`;
}

/** How a socket ended. */
export function closedWith(code: number): string {
  return `closed with ${code}`;
}

/** What a secret storage did not do. */
export function keyStoreLine(action: "read" | "store" | "remove", reason: string): string {
  return `The secret storage could not ${action} the API key: ${reason}`;
}

/** What is known of a request that failed, in a few words each. */
export function factTexts({
  status,
  field,
  requestId,
}: {
  readonly status?: number | undefined;
  readonly field?: string | undefined;
  readonly requestId?: string | undefined;
}): string[] {
  return [
    ...(status === undefined ? [] : [`status ${status}`]),
    ...(field === undefined ? [] : [`field ${field}`]),
    ...(requestId === undefined ? [] : [`request ${requestId}`]),
  ];
}
