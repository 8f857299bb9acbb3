import { compareRemotes } from "./remoteUrl.js";
import type { RemoteAddresses } from "./remoteAddresses.js";

/** A service's repository, as a clone of it is looked at. */
export interface Origin {
  readonly repo: string;
  /** Whether a person said that the clone is of it, by a link. */
  readonly isLinked: boolean;
}

/**
 * The names of the remotes that are a service's repository where one fetches from, or pushes to, as the two may differ.
 * Remotes behind an ssh alias count where there is no sure one; all of them where the clone is linked and no address says
 * which.
 */
export function serviceRemotes(
  remotes: readonly RemoteAddresses[],
  { repo, isLinked }: Origin,
  way: "fetch" | "push",
): string[] {
  const agreeing = (kind: "same" | "alias"): string[] =>
    remotes
      .filter(remote => remote[way].some(address => compareRemotes(address, repo)?.kind === kind))
      .map(({ name }) => name);
  const sure = agreeing("same");
  if (sure.length > 0) return sure;
  const likely = agreeing("alias");
  return likely.length > 0 || !isLinked ? likely : remotes.map(({ name }) => name);
}
