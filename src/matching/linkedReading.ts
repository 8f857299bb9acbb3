import { readLinked, type GitReading } from "../git/repository.js";
import type { ServiceLink } from "./link.js";

/** What Git tells, as it stands to a service with the links that a person made. */
export function readingOf(
  { id }: { readonly id: string },
  links: readonly ServiceLink[],
  reading: GitReading,
): GitReading {
  const own = links.filter(({ service }) => service.id === id);
  return readLinked(
    own.map(({ folder }) => folder),
    reading,
  );
}
