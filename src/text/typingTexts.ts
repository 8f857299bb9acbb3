import { plainName } from "./plainText.js";

/** What a person is asked to type, letter by letter, before what may do harm. */
export interface Typing {
  readonly prompt: string;
  readonly expected: string;
  /** Whose name it is; a service's unless told. */
  readonly what?: "service" | "environment";
}

/** Below the box while what was typed is not the name. */
export function typingMismatch(expected: string, what: "service" | "environment" = "service"): string {
  return `That is not the ${what}'s name. Type ${plainName(expected)}, or press Escape to leave.`;
}

/** Above the box. */
export const typingTitle = "Render: Protected Environment";
