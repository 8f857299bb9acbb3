import type { ConfigEntry } from "./configText.js";

/** A remote with the addresses that Git really goes to. */
export interface RemoteAddresses {
  readonly name: string;
  readonly fetch: readonly string[];
  readonly push: readonly string[];
}

/** What is written in place of the start of an address, by what is written in place of it. */
type Rewrites = ReadonlyMap<string, readonly string[]>;

/**
 * The remotes of a configuration, their addresses resolved as Git resolves them (Git: `git-config`, `url.<base>.insteadOf`
 * and `pushInsteadOf`; `remote.c`). Those without an address are left out.
 */
export function remotesIn(entries: readonly ConfigEntry[]): RemoteAddresses[] {
  const insteadOf = listsIn(entries, "url", "insteadof");
  const pushInsteadOf = listsIn(entries, "url", "pushinsteadof");
  const pushUrls = listsIn(entries, "remote", "pushurl");
  return [...listsIn(entries, "remote", "url")].flatMap(([name, values]) => {
    const urls = sinceEmpty(values);
    if (urls.length === 0) return [];
    const fetch = urls.map(url => rewritten(url, insteadOf) ?? url);
    const own = sinceEmpty(pushUrls.get(name) ?? []);
    // Only where nothing says where to push, and then the addresses that it leaves alone are not pushed to.
    const forPush = urls.flatMap(url => rewritten(url, pushInsteadOf) ?? []);
    const push = own.length > 0 ? own.map(url => rewritten(url, insteadOf) ?? url) : forPush;
    return [{ name, fetch, push: push.length > 0 ? push : fetch }];
  });
}

/** By the longest start that is rewritten; of equally long ones by the first. Undefined where none is. */
function rewritten(url: string, rewrites: Rewrites): string | undefined {
  let longest: { readonly base: string; readonly start: string } | undefined;
  for (const [base, starts] of rewrites)
    for (const start of starts)
      if (url.startsWith(start) && (!longest || longest.start.length < start.length))
        longest = { base, start };
  return longest && longest.base + url.slice(longest.start.length);
}

/** The values of a key that may have several, by subsection, in their order. */
function listsIn(entries: readonly ConfigEntry[], section: string, key: string): Map<string, string[]> {
  const lists = new Map<string, string[]>();
  for (const entry of entries) {
    const { subsection, value } = entry;
    if (entry.section !== section || entry.key !== key || subsection === undefined || value === undefined)
      continue;
    lists.set(subsection, [...(lists.get(subsection) ?? []), value]);
  }
  return lists;
}

/** An empty value takes away those before it. */
function sinceEmpty(values: readonly string[]): readonly string[] {
  return values.slice(values.lastIndexOf("") + 1);
}
