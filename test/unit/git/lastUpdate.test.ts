import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lastUpdateIn, lastUpdateOf, type BranchUpdate } from "../../../src/git/lastUpdate.js";
import { commit, createRepository, git } from "../../support/gitRepository.js";

describe("how a remote's branch was updated last", () => {
  let place: string;
  let clone: string;
  let colleague: string;
  beforeEach(async () => {
    place = await mkdtemp(join(tmpdir(), "render-updates-"));
    const [origin, bare] = [join(place, "origin"), join(place, "bare.git")];
    await createRepository({ folder: origin, commits: ["Light the lamp"] });
    await git(place, "clone", "--quiet", "--bare", origin, bare);
    [clone, colleague] = [join(place, "clone"), join(place, "colleague")];
    for (const each of [clone, colleague]) await git(place, "clone", "--quiet", bare, each);
  });
  afterEach(() => rm(place, { recursive: true, force: true }));

  /** Just now, although Git was told another date for its log. */
  async function isLast(root: string, expected: BranchUpdate): Promise<void> {
    const { at = 0, ...update } = (await lastUpdateOf(root, "origin/main")) ?? {};
    assert.deepEqual(update, expected);
    assert.ok(Math.abs(Date.now() - at) < 60_000);
  }

  it("is told by Git's log of it: pushed, fetched, pulled, and from a worktree", async () => {
    const pushed = await commit(clone, "Polish the lens", { "lens.txt": "1\n" });
    await git(clone, "push", "--quiet", "origin", "main");
    await isLast(clone, { commit: pushed, isPush: true });

    await git(colleague, "pull", "--quiet");
    await isLast(colleague, { commit: pushed, isPush: false });
    const theirs = await commit(colleague, "Turn it", { "lens.txt": "2\n" });
    await git(colleague, "push", "--quiet");
    await git(clone, "fetch", "--quiet");
    await isLast(clone, { commit: theirs, isPush: false });

    await git(clone, "push", "--quiet", "--force", "origin", `${pushed}:main`);
    const worktree = join(place, "worktree");
    await git(clone, "worktree", "add", "--quiet", "--detach", worktree);
    await isLast(worktree, { commit: pushed, isPush: true });
  });

  it("is not known of a branch that is new by the clone, nor where Git keeps no log", async () => {
    assert.equal(await lastUpdateOf(clone, "origin/fog"), undefined);
    await git(clone, "config", "core.logAllRefUpdates", "false");
    await rm(join(clone, ".git", "logs"), { recursive: true });
    await commit(clone, "Polish the lens", { "lens.txt": "1\n" });
    await git(clone, "push", "--quiet", "origin", "main");
    assert.equal(await lastUpdateOf(clone, "origin/main"), undefined);
    for (const text of [
      "",
      "no log",
      `${"a".repeat(40)} ${"b".repeat(39)} Ada <a@b> 1 +0000\tupdate by push`,
    ])
      assert.equal(lastUpdateIn(text), undefined);
  });
});
