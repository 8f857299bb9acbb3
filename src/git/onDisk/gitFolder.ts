import { dirname, join, resolve } from "node:path";
import { readText } from "./readText.js";

/** Where a repository keeps what is its own, and what it shares with other worktrees. */
export interface GitFolder {
  readonly own: string;
  readonly common: string;
}

/** The Git folder of a working tree: `.git`, or what a file of that name leads to (Git: `gitrepository-layout`). */
export async function gitFolderOf(root: string): Promise<GitFolder> {
  const [, path] = /^gitdir: (.+)$/mu.exec((await readText(join(root, ".git"))) ?? "") ?? [];
  const own = path === undefined ? join(root, ".git") : resolve(root, path.trim());
  const common = await readText(join(own, "commondir"));
  return { own, common: common === undefined ? own : resolve(own, common.trim()) };
}

/**
 * The files of Git's configuration, the weakest first (Git: `git-config`, "Files").
 *
 * @param gitPath of the Git that runs, beside which the machine's file lies
 */
export function configFilesOf(
  { own, common }: GitFolder,
  gitPath: string | undefined,
  env: NodeJS.ProcessEnv,
  home: string,
): string[] {
  const prefix = gitPath === undefined ? "/usr" : dirname(dirname(gitPath));
  const machine = prefix === "/usr" ? "/etc/gitconfig" : join(prefix, "etc", "gitconfig");
  const noMachine = !["", "0", "false", "no", "off", undefined].includes(
    env["GIT_CONFIG_NOSYSTEM"]?.toLowerCase(),
  );
  const ofUser = env["GIT_CONFIG_GLOBAL"];
  const settings = env["XDG_CONFIG_HOME"] ?? "";
  return [
    ...(noMachine ? [] : [env["GIT_CONFIG_SYSTEM"] ?? machine]),
    ...(ofUser === undefined
      ? [join(settings === "" ? join(home, ".config") : settings, "git", "config"), join(home, ".gitconfig")]
      : [ofUser]),
    join(common, "config"),
    join(own, "config.worktree"),
  ];
}
