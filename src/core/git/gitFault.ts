/** Why Git did not do what was asked of it. */
export type GitFault =
  /** The remote's branch has commits that the pushed one lacks. */
  | { readonly kind: "behind" }
  /** The remote does not know, or does not let in, who asks. */
  | { readonly kind: "signIn" }
  /** Merging stopped at conflicts, which are in the working tree now. */
  | { readonly kind: "conflicts" }
  /** Changed or untracked files, which are not committed, stand in the way. */
  | { readonly kind: "localChanges" }
  /** Anything else, in Git's or the remote's own words. */
  | { readonly kind: "other"; readonly reason: string };

/** What an error of the Git extension tells (VS Code: `extensions/git/src/git.ts`, `GitError`). */
export interface GitFailure {
  readonly message: string;
  /** The Git extension's name for it: `PushRejected`. */
  readonly gitErrorCode?: string;
  readonly stderr?: string;
}

/** Reads what Git wrote, as the extension calls every refused push the same, whether a pull would help or not. */
export function gitFaultOf({ message, gitErrorCode, stderr = "" }: GitFailure): GitFault {
  const isBehind = (line: string): boolean =>
    line.includes("! [rejected]") && /\((?:fetch first|non-fast-forward)\)/u.test(line);
  if (stderr.split("\n").some(isBehind)) return { kind: "behind" };
  if (gitErrorCode === "Conflict") return { kind: "conflicts" };
  if (gitErrorCode === "DirtyWorkTree" || stderr.includes("files would be overwritten by"))
    return { kind: "localChanges" };
  if (gitErrorCode === "AuthenticationFailed" || stderr.includes("Permission denied (publickey"))
    return { kind: "signIn" };
  return { kind: "other", reason: reasonIn(stderr) ?? message };
}

/** The remote's reasons come first: Git's own last words only say that it failed. */
function reasonIn(stderr: string): string | undefined {
  const remote = [...stderr.matchAll(/^remote: +(?:error|fatal): *(.+)$/gimu)].map(([, text]) => text);
  const [, refused] = /^ *! \[remote rejected\].*\(([^(\n]+)\)$/mu.exec(stderr) ?? [];
  const said = stderr.split("\n").filter(line => /^(?:fatal|error|remote): /u.test(line));
  return remote.length > 0 ? remote.join(" ") : (refused ?? said.at(-1));
}
