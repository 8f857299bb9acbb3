import { makeCommitId, pick } from "./ids";
import { wholeSeconds } from "./timestamps";
import type { Commit } from "./wire";

const messages = [
  "Cache port lookups\n\nHalves the p95 of the berth search.",
  "Show tide times in the harbour's own time zone",
  "Fix crash when a ship has no flag",
  "Bump the map tiles to v5",
  "Let harbour masters cancel a berth (#412)\n\n* adds POST /berths/:id/cancel\n* mails the captain",
  "Retry the weather feed three times",
  "Remove the old pilot form",
  "Speed up the arrivals board",
  "Translate the arrivals board to Dutch",
  "Add a health check that asks the database",
  'Revert "Log slow queries"',
  "Log slow queries",
  "Refuse bookings that end before they begin",
  "Use the new crane icons",
  "Merge pull request #398 from harbor-labs/fog-warnings\n\nFog warnings",
  "Tidy up the tariffs table\r\n\r\nNo change in behaviour.",
  "Update dependencies",
  "Document how to run the tide importer",
  "Count containers, not pallets",
  "Round moorage fees to whole cents",
  "Send the departure mail once",
  "Fix the time zone of night tariffs, which was wrong for two nights each year when the clocks change",
  "Make the quay map work without a mouse",
  "Add an index on port_calls(berth_id)",
  "Move the customs check into a queue",
  "Limit uploads to 20 MB",
  "Show the draught in feet for those who ask",
  "Drop support for the 2019 scanner",
  "Keep sessions for a week",
  "First light 🌊",
];

const hour = 3_600_000;

/**
 * The believable past of a repository, newest first: a commit every few hours.
 *
 * @param now milliseconds since the Unix epoch
 * @param known commits to begin with, newest first, in place of invented ones
 */
export function commitsOf(repo: string, count: number, now: number, known: readonly Commit[] = []): Commit[] {
  const offset = pick(repo, messages.length);
  let at = now - 2 * hour;
  return Array.from({ length: count }, (_, index) => {
    const seed = `${repo}/${index}`;
    at -= (3 + pick(seed, 20)) * hour;
    const message = messages[(index + offset) % messages.length] ?? "";
    return known[index] ?? { id: makeCommitId(seed), message, createdAt: wholeSeconds(at) };
  });
}
