import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { isFullCommitId, parseCommitId } from "../commitId.js";
import { listedFiles, trackedFiles, type ListedFiles } from "../listedFiles.js";
import type { GitRepository } from "./gitApi.js";
import { commitHere, hasHistories } from "./objects.js";

/** How long Git may take, in milliseconds. */
const longestRun = 15_000;

/** The longest list that is read, in bytes: of about half a million files. */
const longestList = 64 * 1024 * 1024;

/**
 * The files of a commit; undefined where the clone does not have it with all its folders. The Git extension cannot tell
 * them. Never goes to the network.
 *
 * @param gitPath the Git that VS Code runs
 */
export async function filesAt(
  repository: GitRepository,
  commitId: string,
  gitPath: string,
): Promise<ListedFiles | undefined> {
  const id = parseCommitId(commitId);
  if (id === undefined || !isFullCommitId(id) || !(await hasHistories(repository))) return undefined;
  if (!(await commitHere(repository, id))) return undefined;
  return run(repository, gitPath, ["ls-tree", "-r", "-z", "--full-tree", id]).then(
    listedFiles,
    () => undefined,
  );
}

/** The files that are tracked now; none where Git does not tell. */
export async function filesNow(repository: GitRepository, gitPath: string): Promise<ListedFiles> {
  return run(repository, gitPath, ["ls-files", "-z"]).then(trackedFiles, () => new Map<string, undefined>());
}

async function run({ rootUri }: GitRepository, gitPath: string, args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(gitPath, ["-c", "core.fsmonitor=false", ...args], {
    cwd: rootUri.fsPath,
    // It takes no lock that a person's own Git would wait for.
    env: { ...process.env, GIT_NO_LAZY_FETCH: "1", GIT_OPTIONAL_LOCKS: "0", GIT_TERMINAL_PROMPT: "0" },
    maxBuffer: longestList,
    timeout: longestRun,
    windowsHide: true,
  });
  return stdout;
}
