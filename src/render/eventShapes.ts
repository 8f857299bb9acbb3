import * as v from "valibot";
import { informing, needed, pageOf } from "./entries.js";
import { present, time } from "./shapes.js";

/** Something that happened to a service (Render API, "List events"). */
export interface ServiceEvent {
  id: string;
  /** One of Render's types or one added later. */
  type: string;
  /** Milliseconds since the epoch. */
  at?: number;
  /** The full SHA of the commit that auto-deploy passed over, of `commit_ignored`. */
  ignoredCommit?: string;
}

/** What `details` holds depends on the type; only that of ignored commits is read. */
const eventSchema = v.pipe(
  v.object({
    id: needed,
    type: needed,
    timestamp: time,
    details: informing(v.record(v.string(), v.unknown())),
  }),
  v.transform(({ id, type, timestamp, details }): ServiceEvent => {
    const commit = type === "commit_ignored" ? details?.["id"] : undefined;
    return present({
      id,
      type,
      at: timestamp,
      ignoredCommit: typeof commit === "string" ? commit : undefined,
    });
  }),
);

export const eventPage = pageOf("event", eventSchema);
