import type { ConfigEntry } from "./configText.js";
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
 * Remotes behind an ssh alias count where there is no sure one; where the clone is linked and no address says which, the one
 * that Git itself would take.
 *
 * @param usual see `usualRemote`
 */
export function serviceRemotes(
  remotes: readonly RemoteAddresses[],
  { repo, isLinked }: Origin,
  way: "fetch" | "push",
  usual: string | undefined,
): string[] {
  const agreeing = (kind: "same" | "alias"): string[] =>
    remotes
      .filter(remote => remote[way].some(address => compareRemotes(address, repo)?.kind === kind))
      .map(({ name }) => name);
  const sure = agreeing("same");
  if (sure.length > 0) return sure;
  const likely = agreeing("alias");
  if (likely.length > 0 || !isLinked) return likely;
  return remotes.map(({ name }) => name).filter(name => name === usual);
}

/**
 * The remote that Git pushes a branch to where none is named (Git: `git-config`, `branch.<name>.pushRemote`,
 * `remote.pushDefault`, `branch.<name>.remote`): else `origin`, or the only one. Undefined where none of these is one.
 */
export function usualRemote(
  remotes: readonly Pick<RemoteAddresses, "name">[],
  entries: readonly ConfigEntry[],
  branch: string | undefined,
): string | undefined {
  const configured = (section: string, subsection: string | undefined, key: string): string | undefined =>
    entries.findLast(each => each.section === section && each.subsection === subsection && each.key === key)
      ?.value;
  const ofBranch = (key: string): string | undefined =>
    branch === undefined ? undefined : configured("branch", branch, key);
  const names = remotes.map(({ name }) => name);
  const only = names.length === 1 ? names[0] : undefined;
  const wanted = [ofBranch("pushremote"), configured("remote", undefined, "pushdefault"), ofBranch("remote")];
  return [...wanted, "origin", only].find(name => name !== undefined && names.includes(name));
}
