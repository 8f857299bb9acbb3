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
