import { readingGit } from "../gitTexts.js";
import type { Git } from "./git.js";
import { waitFor } from "../../dialogs/progress.js";

/**
 * Waits until enough of Git is read, which takes long in a large repository that was just opened. False when the person
 * left: what HEAD is was not known then, and nothing else may be deployed in its place.
 *
 * @param reading that was begun, fresh
 * @param isEnough whether what decides is there, by the last reading
 */
export async function awaitGit(
  git: Git,
  reading: Promise<unknown>,
  isEnough: () => boolean,
): Promise<boolean> {
  const settled = reading.then(async (): Promise<true> => {
    await git.settled(isEnough);
    return true;
  });
  return (await waitFor(settled, readingGit)) === true;
}
