/** What a person reads while an API key is set or removed. */
import { plainName } from "../text/plainText.js";
import { RenderError } from "../render/errors.js";
import type { User } from "../render/shapes.js";

/** Where a key is to be kept: in VS Code's secret storage, or in the memory of this window. */
export type KeyPlace = "storage" | "session";

/** What stands below the input of a key. */
export const keyPrompts: Record<KeyPlace, string> = {
  storage:
    "Paste an API key. It is kept in VS Code's secret storage. The button above opens the page where you create one.",
  session:
    "Paste an API key. It is kept in the memory of this window only, until the window is closed or reloaded. The button above opens the page where you create one.",
};

/** Why a key was not taken, to stand below the input. `explanation` is what the error means otherwise. */
export function keyProblem(error: unknown, explanation: string): string {
  const isRefused =
    error instanceof RenderError && error.kind === "unauthorized" && error.answerer === "render";
  const why = isRefused
    ? "Render did not accept this key. Copy it again, or create a new one with the button above."
    : explanation;
  return `${why} Nothing was kept.`;
}

/** The greeting once a key is kept. */
export function signedInText({ name, email }: User, place: KeyPlace): string {
  const who = plainName(name || email);
  return place === "storage"
    ? `Signed in to Render as ${who}.`
    : `Signed in to Render as ${who}, in this window and until it is closed or reloaded.`;
}

/** What is offered when the secret storage did not take a key that Render accepts. */
export const sessionQuestion = {
  detail:
    "Render accepts the key. You can use it without keeping it: it stays in the memory of this window, and is gone when the window is closed or reloaded.",
  button: "Use for This Session",
};
