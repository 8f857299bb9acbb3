import type { ConfigEntry } from "./configText.js";
import type { RemoteBranch } from "../push.js";

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

/** Where a clone keeps what it fetches from a branch: "refs/remotes/origin/main". Undefined where it keeps it nowhere. */
export function trackingRef(
  { remote, name }: RemoteBranch,
  entries: readonly ConfigEntry[],
): string | undefined {
  const branch = `refs/heads/${name}`;
  const kept = refspecsOf(remote, entries).map(({ from, to }) => mapped(branch, from, to));
  return kept.find(ref => ref !== undefined);
}

/** The branch that a clone keeps under this ref, of whichever of the remotes it is fetched from. */
export function branchKeptAs(
  ref: string,
  remotes: readonly string[],
  entries: readonly ConfigEntry[],
): RemoteBranch | undefined {
  for (const remote of remotes)
    for (const { from, to } of refspecsOf(remote, entries)) {
      const source = mapped(ref, to, from);
      if (source?.startsWith(heads) === true) return { remote, name: source.slice(heads.length) };
    }
  return undefined;
}

const heads = "refs/heads/";

interface Refspec {
  readonly from: string;
  readonly to: string;
}

/** What is fetched, and where it is kept (Git: `git-fetch`, "refspec"); without what is kept nowhere. */
function refspecsOf(remote: string, entries: readonly ConfigEntry[]): Refspec[] {
  return entries.flatMap(({ section, subsection, key, value = "" }) => {
    if (section !== "remote" || subsection !== remote || key !== "fetch") return [];
    const [from = "", to = ""] = value.replace(/^\+/u, "").split(":");
    return from === "" || to === "" ? [] : [{ from, to }];
  });
}

/** The ref as the second pattern writes it, where the first one fits; each has one `*` or none. */
function mapped(ref: string, pattern: string, into: string): string | undefined {
  const [start = "", end] = pattern.split("*");
  if (end === undefined) return ref === pattern ? into : undefined;
  const fits = ref.startsWith(start) && ref.endsWith(end) && ref.length >= start.length + end.length;
  return fits ? into.replace("*", () => ref.slice(start.length, ref.length - end.length)) : undefined;
}
