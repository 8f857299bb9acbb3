import * as v from "valibot";
import { listOf, needed, text } from "./entries.js";
import { present } from "./shapes.js";

/** A line that a service, its build or Render's own machinery wrote (Render API, "List logs"). */
export interface LogEntry {
  id: string;
  /** Whatever was printed, escape codes included; it may be empty. */
  message: string;
  /** As Render wrote it, with up to nine decimals of a second: a number of JavaScript's cannot hold them. */
  timestamp: string;
  /** Which instance of the service wrote it. The build and Render's own lines have none. */
  instance?: string;
}

const labels = v.fallback(v.array(v.fallback(v.object({ name: text, value: text }), {})), []);

const logSchema = v.pipe(
  v.object({ id: needed, message: v.string(), timestamp: needed, labels: v.optional(labels, []) }),
  v.transform(({ labels: all, ...line }): LogEntry => {
    const instance = all.find(({ name }) => name === "instance")?.value;
    return present({ ...line, instance });
  }),
);

/**
 * A message of the log's socket: one line without anything around it. Render's own client takes one with missing fields, so
 * what is missing is made up for. Undefined where there is nothing to show. Thousands of them come in a second, so what is
 * not used of them is not looked at.
 *
 * @throws {SyntaxError} where it is no JSON
 */
export function logMessage(json: string): LogEntry | undefined {
  const read: unknown = JSON.parse(json);
  if (typeof read !== "object" || read === null || !("message" in read)) return undefined;
  const { message } = read;
  if (typeof message !== "string") return undefined;
  const timestamp = "timestamp" in read && typeof read.timestamp === "string" ? read.timestamp : "";
  const id = "id" in read && typeof read.id === "string" ? read.id : `${timestamp} ${message}`;
  return { id, message, timestamp };
}

/** One page of a log. `next…` are to be asked for, both, where there is more. */
export const logPage = v.object({
  hasMore: v.fallback(v.boolean(), false),
  nextStartTime: text,
  nextEndTime: text,
  // Null where there is none.
  logs: v.pipe(
    v.nullable(listOf("log", logSchema)),
    v.transform(list => list ?? []),
  ),
});
