/** When a part of the extension could not be read from disk; the next use tries again. */
export const notLoadedText =
  "A part of the Render extension could not be read from disk. Try again. If it stays so, install the extension anew; the output has the details.";

const partNames = {
  blueprintFiles: "what looks at Blueprint files",
  followedDeploys: "what follows deploys",
  pushes: "what follows pushes",
} as const;

/** The same in the output. */
export function notLoadedLine(part: keyof typeof partNames, reason: string): string {
  return `Could not load ${partNames[part]}: ${reason}`;
}
