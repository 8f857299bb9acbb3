import { reasonIn } from "./gitReason.js";

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
  /** Anything else, in the words of Git, the remote, ssh or a hook. */
  | { readonly kind: "other"; readonly reason: string };

/** What an error of the Git extension tells (VS Code: `extensions/git/src/git.ts`, `GitError`). */
export interface GitFailure {
  readonly message: string;
  /** The Git extension's name for it: `PushRejected`. */
  readonly gitErrorCode?: string;
  readonly stderr?: string;
  /** Of a push, what a hook wrote there. */
  readonly stdout?: string;
}

/** ssh, or Git over https, was asked for a sign-in that the remote did not take. */
const signInRefused = /^(?:\S+: )?Permission denied \([\w,-]+\)|^fatal: Authentication failed for /mu;

/** Reads what Git wrote, as the extension calls every refused push the same, whether a pull would help or not. */
export function gitFaultOf({ message, gitErrorCode, stderr = "", stdout = "" }: GitFailure): GitFault {
  const isBehind = (line: string): boolean =>
    line.includes("! [rejected]") && /\((?:fetch first|non-fast-forward)\)/u.test(line);
  if (stderr.split("\n").some(isBehind)) return { kind: "behind" };
  if (gitErrorCode === "Conflict") return { kind: "conflicts" };
  if (gitErrorCode === "DirtyWorkTree" || /^error: .*files would be overwritten by/mu.test(stderr))
    return { kind: "localChanges" };
  const isSignIn = stderr === "" ? gitErrorCode === "AuthenticationFailed" : signInRefused.test(stderr);
  if (isSignIn) return { kind: "signIn" };
  return { kind: "other", reason: withoutCredentials(reasonIn(stderr, stdout) ?? message) };
}

/** Everything that Git, the remote, ssh and hooks wrote, line by line, without credentials: for the output. */
export function writtenBy({ message, stderr = "", stdout = "" }: GitFailure): string[] {
  const lines = [stderr, stdout]
    .flatMap(text => text.split(/\r\n|[\r\n]/u))
    .filter(line => line.trim() !== "");
  return (lines.length > 0 ? lines : [message]).map(withoutCredentials);
}

/** A text without the names and passwords that addresses hold; `git@` is the same for everybody. */
export function withoutCredentials(text: string): string {
  return text
    .replace(/\b(https?:\/\/)[^\s/'"@]*(?:@[^\s/'"@]*)*@/giu, "$1***@")
    .replace(/\b([a-z][a-z+.-]{0,30}:\/\/[^\s/:'"@]*):[^\s/'"]*@/giu, "$1:***@")
    .replace(/\b(authorization: *\S+ +)\S+/giu, "$1***");
}
