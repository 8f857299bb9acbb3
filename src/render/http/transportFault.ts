import { messageOf } from "../../text/messageOf.js";
import { plainText } from "../../text/plainText.js";
import type { RenderErrorKind } from "../errors.js";

/** What a fault on the way to the server or back means. */
export interface TransportFault {
  kind: RenderErrorKind;
  /** May the request have arrived? */
  maybeReceived: boolean;
}

const dns = /^(ENOTFOUND|EAI_)/;
const tls =
  /^(CERT_|CRL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERROR_IN_C|ERR_TLS_|ERR_SSL_|EPROTO$|HOSTNAME_MISMATCH$|INVALID_CA$|INVALID_PURPOSE$|PATH_LENGTH_EXCEEDED$)/;
const cutOff = /^(ERR_STREAM_PREMATURE_CLOSE$|HPE_)/;
const timeout = /^(ETIMEDOUT|ESOCKETTIMEDOUT)$/;
const noRoute = /^(EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENETDOWN|EADDRNOTAVAIL)$/;

/**
 * Reads an error that node-fetch (or Node's own http below it) gave before the reply's headers were there. What is
 * not known counts as `unreachable`, and as maybe received, because a deploy must rather be looked for than sent
 * twice.
 */
export function readTransportFault(error: unknown): TransportFault {
  const code = fieldOf(error, "code");
  // node-fetch calls the system call so; an error of Node itself has it as `syscall`.
  const call = fieldOf(error, "erroredSysCall") || fieldOf(error, "syscall");
  if (dns.test(code)) return { kind: "dns", maybeReceived: false };
  if (tls.test(code)) return { kind: "tls", maybeReceived: false };
  if (cutOff.test(code)) return { kind: "cutOff", maybeReceived: true };
  if (timeout.test(code)) return { kind: "timeout", maybeReceived: call !== "connect" };
  const unsent = call === "connect" || code === "ECONNREFUSED" || (call === "" && noRoute.test(code));
  return { kind: "unreachable", maybeReceived: !unsent };
}

/** A copy of an error that holds its name, message and code only, none of them with the key in it. */
export function withoutSecrets(error: unknown, key: string): Error {
  const name = error instanceof Error ? error.name : "Error";
  const message = messageOf(error);
  const code = fieldOf(error, "code");
  const copy = new Error(hideKey(message, key));
  copy.name = hideKey(name, key);
  return code === "" ? copy : Object.assign(copy, { code: hideKey(code, key) });
}

/** Makes text of a server fit for messages and logs: one printable line of at most `length` characters, no key. */
export function plain(text: string, key: string, length: number): string {
  return plainText(hideKey(text, key), length);
}

function hideKey(text: string, key: string): string {
  return key === "" ? text : text.replaceAll(key, "[key]");
}

function fieldOf(error: unknown, name: string): string {
  const value: unknown = typeof error === "object" && error !== null ? Reflect.get(error, name) : undefined;
  return typeof value === "string" ? value : "";
}
