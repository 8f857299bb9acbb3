/** When a part of the extension could not be read from disk; the next use tries again. */
export const notLoadedText =
  "A part of the Render extension could not be read from disk. Try again. If it stays so, install the extension anew; the output has the details.";

/** The same in the output. @param what "what fills the services view" */
export function notLoadedLine(what: string, reason: string): string {
  return `Could not load ${what}: ${reason}`;
}
