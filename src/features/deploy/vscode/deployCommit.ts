import * as vscode from "vscode";
import { ageText } from "../../../text/durationText.js";
import { isFullCommitId, sameCommit } from "../../../git/commitId.js";
import type { Commit } from "../../../git/repository.js";
import { shownCommitId, timelineCommitId } from "../../../git/timelineCommit.js";
import { noFileCommits } from "../../whatToDeploy/choiceTexts.js";
import { joined } from "../../../text/listText.js";
import { shortSha, subjectOf } from "../../../text/plainText.js";
import type { Git } from "../../../git/vscode/git.js";
import { show } from "../../../dialogs/notices.js";
import { commitPick, shownInEditor } from "../triggerTexts.js";
import type { TriggerDeploy } from "./triggerDeploy.js";

/** How many commits of a file are offered. */
const historyLength = 50;

/** The command that deploys a commit of the Timeline. */
export class DeployCommit {
  readonly #git: Git;
  readonly #trigger: TriggerDeploy;

  constructor(git: Git, trigger: TriggerDeploy) {
    this.#git = git;
    this.#trigger = trigger;
  }

  /**
   * Deploys the commit of a row of the Timeline. Where the row does not tell which (see `timelineCommitId`), the person
   * picks it from the history of the file, which is the one in the active editor unless told.
   */
  async run(item: unknown, file = vscode.window.activeTextEditor?.document.uri): Promise<void> {
    await this.#git.read({ fresh: false });
    const commit = (await this.#told(item, file)) ?? (await this.#pick(file));
    if (commit)
      await this.#trigger.run({
        origin: "timeline",
        commit,
        withOptions: false,
        ...(file && { within: file }),
      });
  }

  async #told(item: unknown, file: vscode.Uri | undefined): Promise<Commit | undefined> {
    const id = timelineCommitId(item);
    if (id === undefined) return undefined;
    const root = file && this.#git.rootOf(file);
    const found = await this.#git.findCommit(id, root === undefined ? [] : [root]);
    const { last } = this.#git;
    const heads = last.ok
      ? last.repositories.flatMap(each => (each.root === root ? [each.head?.id] : []))
      : [];
    return found ?? (isFullCommitId(id, heads) ? { id } : undefined);
  }

  /** The commit whose changes the editor shows comes first: its row was clicked before. */
  async #pick(file: vscode.Uri | undefined): Promise<Commit | undefined> {
    const commits = file ? await this.#git.commitsOf(file, historyLength) : [];
    if (commits.length === 0) {
      const chooseOther = (): void => void this.#trigger.run({ origin: "timeline", withOptions: true });
      await show("warning", noFileCommits, { chooseOther });
      return undefined;
    }
    const shown = file && shownCommit(file);
    const now = Date.now();
    const items = commits
      .map(commit => ({
        label: `$(git-commit) ${shortSha(commit.id)} ${subjectOf(commit.message)}`,
        description: joined(
          [
            commit.createdAt === undefined ? "" : ageText(now - commit.createdAt),
            sameCommit(commit.id, shown) ? shownInEditor : "",
          ],
          " · ",
        ),
        commit,
      }))
      .sort((a, b) => Number(sameCommit(b.commit.id, shown)) - Number(sameCommit(a.commit.id, shown)));
    const picked = await vscode.window.showQuickPick(items, { ...commitPick, ignoreFocusOut: true });
    return picked?.commit;
  }
}

function shownCommit(file: vscode.Uri): string | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputTextDiff && input.modified.scheme === "git"
    ? shownCommitId(input.modified.query, file.fsPath)
    : undefined;
}
