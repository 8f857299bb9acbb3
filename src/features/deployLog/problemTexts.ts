/** How the problems of a deploy are told in the Problems panel. */
import { plainName, plainText } from "../../text/plainText.js";
import type { OwnProblem } from "./ownProblems.js";

/** What a program printed, on as many lines. */
export function problemText({ message }: Pick<OwnProblem, "message">): string {
  return message
    .split("\n")
    .map(line => plainText(line, 400))
    .join("\n");
}

/** The program that found it, and the service that was built: "tsc · lighthouse". */
export function problemSource({ source }: Pick<OwnProblem, "source">, serviceName: string): string {
  return `${source} · ${plainName(serviceName)}`;
}

/** The rule or the number that the program gives it; undefined where it gives none. */
export function problemCode({ code }: Pick<OwnProblem, "code">): string | undefined {
  return code === undefined ? undefined : plainText(code, 60);
}
