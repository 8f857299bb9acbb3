/** Lines of the output about the notes of followed deploys. */
import { messageOf } from "../../../text/messageOf.js";

const endings = {
  create: "could not be written down, and would be forgotten with this window",
  replace: "could not be changed",
  remove: "could not be removed",
} as const;

/** When a note could not be written, changed or removed. */
export function noteFailedLine(work: keyof typeof endings, error: unknown): string {
  const what = work === "create" ? "A followed deploy" : "The note of a followed deploy";
  return `${what} ${endings[work]}: ${messageOf(error)}`;
}
