/** What a person reads who pasted something else than an API key. */
import { plainText } from "../text/plainText.js";

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
