import type { ConfigEntry } from "./configText.js";
import type { RemoteBranch } from "./push.js";

/** Where a clone keeps what it knows of a remote's branch: "origin/main". */
export function trackingName({ remote, name }: RemoteBranch): string {
  return `${remote}/${name}`;
}

/**
 * The remote and its branch in "acme/upstream/main". Both names may have slashes, so only the remotes that exist tell
 * where the one ends: the longest that fits. Undefined for no branch: what a remote calls HEAD only names its main one.
 */
export function remoteBranchIn(tracking: string, remotes: readonly string[]): RemoteBranch | undefined {
  const [remote] = remotes
    .filter(each => tracking.startsWith(`${each}/`))
    .sort((a, b) => b.length - a.length);
  if (remote === undefined) return undefined;
  const name = tracking.slice(remote.length + 1);
  return name === "" || name === "HEAD" ? undefined : { remote, name };
}

/** Whether a clone fetches a branch, so that it sees what becomes of it there; so it does where nothing is configured. */
export function isFetched({ remote, name }: RemoteBranch, entries: readonly ConfigEntry[]): boolean {
  const refspecs = entries.flatMap(({ section, subsection, key, value }) => {
    return section === "remote" && subsection === remote && key === "fetch" ? (value ?? []) : [];
  });
  const isSource = (refspec: string): boolean => {
    const [source = ""] = refspec.replace(/^\+/u, "").split(":");
    const [start = "", end] = source.split("*");
    const branch = `refs/heads/${name}`;
    return end === undefined ? source === branch : branch.startsWith(start) && branch.endsWith(end);
  };
  return refspecs.length === 0 || refspecs.some(isSource);
}
