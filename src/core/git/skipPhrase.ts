/** Render docs, "Deploys": skip phrases. */
const skipPhrase = /\[(?:skip (?:render|deploy|cd)|(?:render|deploy|cd) skip)\]/iu;

/** The phrase in a commit message for which auto-deploy ignores the commit: "[skip render]". */
export function skipPhraseIn(message: string | undefined): string | undefined {
  return skipPhrase.exec(message ?? "")?.[0];
}
