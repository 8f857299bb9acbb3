/** What texts say of several things: how many there are, and which. */

/** The parts that say something, with the separator between them. */
export function joined(parts: readonly string[], separator: string): string {
  return parts.filter(part => part !== "").join(separator);
}

/** "1 service"; "3 services" */
export function counted(count: number, one: string, several = `${one}s`): string {
  return `${count} ${count === 1 ? one : several}`;
}

/** "a"; "a and b"; "a, b and c". @param beforeLast what stands before the last of several */
export function listed(names: readonly string[], beforeLast = " and "): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")}${beforeLast}${last}`;
}

/** The same where there is room for so many names: "a, b, c and 14 more" */
export function fewListed(names: readonly string[], most: number, beforeLast?: string): string {
  const more = names.length - most;
  return more > 0 ? `${names.slice(0, most).join(", ")} and ${more} more` : listed(names, beforeLast);
}
