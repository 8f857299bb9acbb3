import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hasObject } from "../../../../src/git/onDisk/objectStore.js";
import { commit, createRepository, git } from "../../../support/gitRepository.js";

describe("hasObject", () => {
  let temporary: string;
  let folder: string;
  let commits: string[];
  before(async () => {
    temporary = await mkdtemp(join(tmpdir(), "render-objects-"));
    folder = join(temporary, "origin");
    await createRepository({ folder, commits: Array.from({ length: 40 }, (_, index) => `Step ${index}`) });
    commits = (await git(folder, "log", "--format=%H")).split("\n");
    await git(folder, "config", "uploadpack.allowFilter", "true");
  });
  after(() => rm(temporary, { recursive: true, force: true }));

  /** Ids beside those of the commits, and at both ends. */
  function strangers(): string[] {
    const next = commits.map(id => id.slice(0, -1) + (id.endsWith("0") ? "1" : "0"));
    return [...next, "0".repeat(40), "f".repeat(40)].filter(id => !commits.includes(id));
  }

  async function knows(root: string, present: readonly string[], absent: readonly string[]): Promise<void> {
    for (const id of present) assert.equal(await hasObject(root, id), true, id);
    for (const id of absent) assert.equal(await hasObject(root, id), false, id);
  }

  it("finds what is loose, what is packed, and nothing else", async () => {
    await knows(folder, commits, strangers());
    await git(folder, "repack", "--quiet", "-a", "-d");
    await git(folder, "prune-packed", "--quiet");
    await knows(folder, commits, strangers());
    await knows(folder, [commits[0]?.toUpperCase() ?? ""], []);
    commits.unshift(await commit(folder, "One more", { "lamp.txt": "1\n" }));
    await knows(folder, commits, strangers());
  });

  it("finds the commits of a partial clone, and none of its missing files", async () => {
    const clone = join(temporary, "partial");
    const origin = `file://${folder}`;
    await git(temporary, "clone", "--quiet", "--no-checkout", "--filter=blob:none", origin, clone);
    const files = await Promise.all(commits.map(id => git(folder, "rev-parse", `${id}:README.md`)));
    await knows(clone, commits, files);
  });

  it("looks where a worktree, a submodule and a clone with borrowed objects have theirs", async () => {
    const worktree = join(temporary, "worktree");
    await git(folder, "worktree", "add", "--quiet", "--detach", worktree);
    await knows(worktree, commits, strangers());

    const shared = join(temporary, "shared");
    await git(temporary, "clone", "--quiet", "--shared", folder, shared);
    const own = await commit(shared, "Of the clone", { "buoy.txt": "1\n" });
    await knows(shared, [...commits, own], strangers());
    await knows(folder, [], [own]);

    const outer = join(temporary, "outer");
    await createRepository({ folder: outer, commits: ["Begin"] });
    await git(outer, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", folder, "lamp");
    await knows(join(outer, "lamp"), commits, strangers());
    await knows(outer, [], commits);
  });

  it("knows nothing of a folder that is no repository, or of an index that it cannot read", async () => {
    await knows(temporary, [], commits);
    const odd = join(temporary, "odd");
    await createRepository({ folder: odd });
    await git(odd, "config", "core.compression", "0");
    await writeFile(join(odd, ".git", "objects", "pack", "pack-1.idx"), "not an index");
    await knows(odd, [], commits);
  });

  it("knows the ids of a SHA-256 repository", async () => {
    const long = join(temporary, "sha256");
    await git(temporary, "init", "--quiet", "--object-format", "sha256", long);
    const id = await commit(long, "Light the lamp", { "lamp.txt": "1\n" });
    assert.equal(id.length, 64);
    await git(long, "repack", "--quiet", "-a", "-d");
    await knows(long, [id], [id.slice(0, 63) + (id.endsWith("0") ? "1" : "0")]);
  });
});
