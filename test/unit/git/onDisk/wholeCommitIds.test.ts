import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { wholeCommitIds, type LogEntry } from "../../../../src/git/onDisk/wholeCommitIds.js";
import { commit, createRepository, git } from "../../../support/gitRepository.js";

/** How VS Code's Git extension takes the SHA out of its log (microsoft/vscode: `commitRegex` in extensions/git/src/git.ts). */
const commitRegex = /([0-9a-f]{40})\n(.*)\n(.*)\n(.*)\n(.*)\n(.*)\n(.*)(?:\n([^]*?))?(?:\0)/gmu;

describe("wholeCommitIds", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "render-sha-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function log(...args: string[]): Promise<LogEntry[]> {
    const format = "--format=%H%n%aN%n%aE%n%at%n%ct%n%P%n%D%n%B";
    const text = await git(folder, "log", format, "-z", ...args);
    return [...`${text}\0`.matchAll(commitRegex)].map(([, hash = "", , , , , parents = ""]) => ({
      hash,
      parents: parents === "" ? [] : parents.split(" "),
    }));
  }

  const revisions = async (...args: string[]): Promise<string[]> =>
    (await git(folder, "log", "--format=%H", ...args)).split("\n");

  /** Two branches, merged. */
  async function forkAndMerge(objectFormat: "sha1" | "sha256"): Promise<void> {
    await createRepository({ folder, commits: ["Light", "Turn"], objectFormat });
    await git(folder, "checkout", "--quiet", "-b", "fog", "HEAD~1");
    await commit(folder, "Sound", { "horn.txt": "horn" });
    await git(folder, "merge", "--quiet", "--no-edit", "main");
  }

  it("completes each SHA of a history with SHA-256, merges included", async () => {
    await forkAndMerge("sha256");
    const ids = await revisions();
    const read = await log();
    assert.deepEqual(
      read.map(({ hash }) => hash.length),
      [40, 40, 40, 40],
    );
    assert.deepEqual(
      wholeCommitIds(ids[0], read).map(({ hash }) => hash),
      ids,
    );
  });

  it("completes what one commit has and another lacks", async () => {
    await forkAndMerge("sha256");
    const range = ["fog", "^main"];
    assert.deepEqual(
      wholeCommitIds((await revisions("fog"))[0], await log(...range)).map(({ hash }) => hash),
      await revisions(...range),
    );
  });

  it("leaves out what cannot be told", async () => {
    await forkAndMerge("sha256");
    const [tip] = await revisions();
    const [last] = (await log()).slice(-1);
    assert.ok(last);
    assert.deepEqual(wholeCommitIds(tip, [last]), []);
  });

  it("leaves a history with SHA-1 as it is, and one without a commit", async () => {
    await forkAndMerge("sha1");
    const read = await log();
    assert.deepEqual(wholeCommitIds((await revisions())[0], read), read);
    assert.deepEqual(wholeCommitIds(undefined, []), []);
  });
});
