import type { Logger } from "../ports.js";

let log: Logger | undefined;

/** Where the details of errors are written from now on: a sentence about one may point there. */
export function writeDetailsTo(output: Logger): void {
  log = output;
}

/** @param line everything about an error, on one line */
export function writeDetails(line: string): void {
  log?.error(line);
}
