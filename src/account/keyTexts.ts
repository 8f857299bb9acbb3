/** What a person reads while an API key is set or removed. */
import { plainName, plainText } from "../text/plainText.js";
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

/** Above the box that a key is pasted into. */
export const keyTitle = "Render: Set API Key";

/** On the button in that box. */
export const createKeyTooltip = "Create an API Key in the Render Dashboard";

/** What was done with a key when something failed, to follow "Could not". */
export const keyDoing = { check: "check the key", keep: "keep the API key" } as const;

/** When there is none to remove. */
export const noKeyToRemove = "There is no Render API key here to remove.";

/** Before it is removed. */
export const removeQuestion = {
  text: "Remove the Render API key from VS Code?",
  detail:
    "Deploys that run go on at Render, but are no longer followed here. The key itself stays valid until you revoke it in the Dashboard.",
  button: "Remove",
};

/** Once it is removed. */
export const keyRemoved = "The Render API key was removed from VS Code.";

/** What was pasted in place of a key. */
export type Mistake =
  "hidden" | "deployHook" | "address" | "email" | "id" | "variable" | "otherService" | "several" | "blanks";

const createOne = "Create an API key with the button above, copy it, and paste it here.";

const mistakes: Record<Mistake, string> = {
  hidden:
    "This is a key with a part of it hidden. Render shows a key whole only once, when it is created. Create a new one with the button above.",
  deployHook: `This is the address of a deploy hook, not an API key. ${createOne}`,
  address: `This is an address, not an API key. ${createOne}`,
  email: `This is an email address, not an API key. ${createOne}`,
  id: `This is the id of something at Render, not an API key. ${createOne}`,
  variable: `This is the name of a variable, not the key in it. ${createOne}`,
  otherService: `This is a key of another service. ${createOne}`,
  several: "These are several keys. Copy one of them alone, and paste it again.",
  blanks: "An API key has no blanks in it. Copy the key alone, and paste it again.",
};

/** What it is, and what to do. */
export function mistakeText(mistake: Mistake): string {
  return `${mistakes[mistake]} Nothing was sent.`;
}

/** When nothing was pasted, or nothing is left of it without what stands around a key. */
export const noKeyPasted = "Paste the API key first, or press Escape to leave.";

/** When a character is in it that cannot be sent. */
export function oddCharacterText(character: string): string {
  return `No API key has the character “${plainText(character, 4)}” in it. Copy the key again, and paste it here. Nothing was sent.`;
}
