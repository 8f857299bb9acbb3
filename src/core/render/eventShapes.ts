import * as v from "valibot";
import { entry, time } from "./shapes.js";

/** Something that happened to a service (Render API, "List events"). */
export interface ServiceEvent {
  id: string;
  /** One of Render's types or one added later. */
  type: string;
  /** Milliseconds since the epoch. */
  at: number;
  /** The full SHA of the commit that auto-deploy passed over, of `commit_ignored`. */
  ignoredCommit?: string;
}

/** What `details` holds depends on the type; only that of ignored commits is read. */
const eventSchema = v.pipe(
  v.object({
    id: v.string(),
    type: v.string(),
    timestamp: time,
    details: v.nullish(v.record(v.string(), v.unknown())),
  }),
  v.transform(({ id, type, timestamp, details }): ServiceEvent => {
    const commit = type === "commit_ignored" ? details?.["id"] : undefined;
    return { id, type, at: timestamp, ...(typeof commit === "string" && { ignoredCommit: commit }) };
  }),
);

export const eventPage = v.array(
  v.pipe(
    v.object({ cursor: v.nullish(v.string()), event: v.nullish(eventSchema) }),
    v.transform(wrapper => entry(wrapper.cursor, wrapper.event)),
  ),
);
