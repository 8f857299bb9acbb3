/** Render docs, "Deploys": skip phrases. They are written there in lower case alone. */
const skipPhrase = /\[(?:skip (?:render|deploy|cd)|(?:render|deploy|cd) skip)\]/u;
const inAnyCase = new RegExp(skipPhrase, "iu");

/** The phrase in a commit message for which auto-deploy ignores the commit: "[skip render]". */
export function skipPhraseIn(message: string | undefined): string | undefined {
  return skipPhrase.exec(message ?? "")?.[0];
}

/** Whether the message holds a phrase in other letters, of which Render does not say whether it counts: "[Skip Render]". */
export function maySkip(message: string | undefined): boolean {
  return inAnyCase.test(message ?? "");
}
