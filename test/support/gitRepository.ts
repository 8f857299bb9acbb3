import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

const day = 86_400_000;

/**
 * Runs git in a folder, with a fixed author and no settings of this machine, and gives what it printed. Commits are
 * dated a day back: of one that was just made, auto-deploy would be expected to take it up.
 */
export async function git(folder: string, ...args: string[]): Promise<string> {
  const yesterday = new Date(Date.now() - day).toISOString();
  const env = {
    ...process.env,
    GIT_AUTHOR_DATE: yesterday,
    GIT_COMMITTER_DATE: yesterday,
    GIT_AUTHOR_NAME: "Sample Author",
    GIT_AUTHOR_EMAIL: "author@harbor.example",
    GIT_COMMITTER_NAME: "Sample Author",
    GIT_COMMITTER_EMAIL: "author@harbor.example",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_NOSYSTEM: "1",
  };
  const { stdout } = await run("git", args, { cwd: folder, env });
  return stdout.trim();
}

/** Writes files and commits them. Gives the SHA. */
export async function commit(
  folder: string,
  message: string,
  files: Readonly<Record<string, string>>,
): Promise<string> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  await git(folder, "add", "--all");
  await git(folder, "commit", "--quiet", "--message", message);
  return git(folder, "rev-parse", "HEAD");
}

export interface NewRepository {
  readonly folder: string;
  /** The address of `origin`; none when left out. */
  readonly remote?: string;
  readonly branch?: string;
  /** The messages of the commits, oldest first; without any, the branch is unborn. */
  readonly commits?: readonly string[];
  /** How Git names its objects; `sha1` unless told. */
  readonly objectFormat?: "sha1" | "sha256";
}

/** Makes a repository with a commit for each message. Gives the SHA of HEAD, or undefined for an unborn branch. */
export async function createRepository({
  folder,
  remote,
  branch = "main",
  commits = [],
  objectFormat = "sha1",
}: NewRepository): Promise<string | undefined> {
  await mkdir(folder, { recursive: true });
  await git(folder, "init", "--quiet", "--initial-branch", branch, "--object-format", objectFormat);
  if (remote !== undefined) await git(folder, "remote", "add", "origin", remote);
  let head: string | undefined;
  for (const [index, message] of commits.entries())
    head = await commit(folder, message, { "README.md": `# Sample\n\nStep ${index + 1}: ${message}\n` });
  return head;
}

/**
 * Makes a bare repository that the repository in `folder` pushes to and fetches from, although its remotes have the ssh
 * addresses of a service's repository: what stands in for ssh leads every address there.
 */
export async function createRemote(folder: string, bare: string, ...branches: string[]): Promise<void> {
  const format = await git(folder, "rev-parse", "--show-object-format");
  await git(folder, "init", "--quiet", "--bare", "--initial-branch", "main", "--object-format", format, bare);
  const ssh = join(bare, "ssh");
  await writeFile(ssh, `#!/bin/sh\nexec "\${2%% *}" "${bare}"\n`, { mode: 0o755 });
  await git(folder, "config", "core.sshCommand", `"${ssh}"`);
  await git(folder, "config", "ssh.variant", "simple");
  for (const branch of branches) await git(folder, "push", "--quiet", "--set-upstream", "origin", branch);
}

/** The commits of HEAD, newest first, as Render would know them. */
export async function history(folder: string): Promise<{ id: string; message: string; createdAt: string }[]> {
  const lines = await git(folder, "log", "--format=%H%x09%cI%x09%s");
  return lines.split("\n").map(line => {
    const [id = "", createdAt = "", message = ""] = line.split("\t");
    return { id, message, createdAt };
  });
}
