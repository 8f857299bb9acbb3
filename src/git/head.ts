import type { RemoteBranch } from "./push.js";

/** What the Git extension tells of HEAD (VS Code: `extensions/git/src/api/git.d.ts`, `Branch`). */
export interface ReportedHead {
  /** A value of the Git extension's enum `RefType`. */
  readonly type: number;
  /** Of a branch; on a detached HEAD of a tag that is there too; of a remote's branch without the remote. */
  readonly name?: string;
  readonly commit?: string;
  readonly upstream?: RemoteBranch;
  readonly ahead?: number;
  readonly behind?: number;
}

/** HEAD as Git has it. */
export interface Head {
  /** Undefined on a detached HEAD, however it came about. */
  readonly branch: string | undefined;
  /** Undefined while the branch has no commit. */
  readonly commit: string | undefined;
  /** The remote's branch that it follows. A local one has no remote, and nothing is pushed to it. */
  readonly upstream: RemoteBranch | undefined;
  /** To the upstream; 0 where there is none. */
  readonly ahead: number;
  readonly behind: number;
}

/** The Git extension's `RefType.Head`: a branch of this repository. */
const localBranch = 0;

/** What Git calls the repository itself where it names a remote (Git: `git-config`, `branch.<name>.remote`). */
const here = ".";

/** HEAD as Git has it, out of what the Git extension says, which names a detached one after a tag that is there too. */
export function headIn(reported: ReportedHead | undefined): Head {
  const { type, name, commit, upstream, ahead = 0, behind = 0 } = reported ?? { type: localBranch };
  const isBranch = type === localBranch;
  if (!isBranch || !upstream || upstream.remote === here)
    return { branch: isBranch ? name : undefined, commit, upstream: undefined, ahead: 0, behind: 0 };
  return { branch: name, commit, upstream, ahead, behind };
}
