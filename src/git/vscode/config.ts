import { realpath } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import { readConfig } from "../remotes/configFiles.js";
import type { ConfigEntry } from "../remotes/configText.js";
import { configFilesOf, gitFolderOf } from "../onDisk/gitFolder.js";
import { headIn } from "../head.js";
import { readText } from "../onDisk/readText.js";
import { remotesIn, type RemoteAddresses } from "../remotes/remoteAddresses.js";
import type { GitExtension, GitRepository } from "./gitApi.js";

/** Git's configuration for a repository, and its remotes by it. */
export interface GitConfig {
  readonly entries: readonly ConfigEntry[];
  readonly remotes: readonly RemoteAddresses[];
  /** Whether the repository's own file could be read. */
  readonly isOwnRead: boolean;
}

/**
 * Reads Git's configuration for a repository from its files: the Git extension gives the repository's own alone, without
 * what it includes and the user's, and the addresses of remotes as they are written.
 */
export async function readGitConfig({ rootUri, state }: GitRepository): Promise<GitConfig> {
  const read = await readConfigAt(rootUri.fsPath, headIn(state.HEAD).branch);
  // What the Git extension knows alone, as where a file cannot be read.
  const others = state.remotes.filter(({ name }) => read.remotes.every(remote => remote.name !== name));
  const remotes = others.map(({ name, fetchUrl, pushUrl = fetchUrl }): RemoteAddresses => {
    const list = (url: string | undefined): string[] => (url === undefined ? [] : [url]);
    return { name, fetch: list(fetchUrl), push: list(pushUrl) };
  });
  return { ...read, remotes: [...read.remotes, ...remotes] };
}

/**
 * The same by the files alone, as of a repository that VS Code has not opened.
 *
 * @param root the path of its root folder
 * @param branch undefined on a detached HEAD, and where it is not known
 */
export async function readConfigAt(root: string, branch: string | undefined): Promise<GitConfig> {
  const { env } = process;
  const home = env["HOME"] ?? homedir();
  const folder = await gitFolderOf(root);
  const own = join(folder.common, "config");
  let isOwnRead = false;
  const entries = await readConfig({
    files: configFilesOf(folder, gitPath(), env, home),
    env,
    home,
    gitFolders: [folder.own, await realpath(folder.own).catch(() => folder.own)],
    branch,
    readText: async path => {
      const text = await readText(path);
      if (path === own && text !== undefined) isOwnRead = true;
      return text;
    },
  });
  return { entries, remotes: remotesIn(entries), isOwnRead };
}

/** All addresses that a remote is fetched from and pushed to. */
export function addressesOf({ fetch, push }: RemoteAddresses): string[] {
  return [...new Set([...fetch, ...push])];
}

function gitPath(): string | undefined {
  try {
    return vscode.extensions.getExtension<GitExtension>("vscode.git")?.exports.getAPI(1).git.path;
  } catch {
    return undefined;
  }
}
