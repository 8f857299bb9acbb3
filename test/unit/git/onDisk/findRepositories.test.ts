import assert from "node:assert/strict";
import { mkdir, mkdtemp, realpath, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findRepositories, findSubmodules } from "../../../../src/git/onDisk/findRepositories.js";
import { createRepository, git } from "../../../support/gitRepository.js";

describe("findRepositories", () => {
  let temporary: string;
  let owner: number;
  beforeEach(async () => {
    temporary = await realpath(await mkdtemp(join(tmpdir(), "render-find-")));
    owner = (await stat(temporary)).uid;
  });
  afterEach(() => rm(temporary, { recursive: true, force: true }));

  async function repository(...path: string[]): Promise<string> {
    const folder = join(temporary, ...path);
    await createRepository({ folder, commits: ["Begin"] });
    return folder;
  }

  it("finds the repository that the folder is the root of, or lies in", async () => {
    const root = await repository("shop");
    const folder = join(root, "services", "api");
    await mkdir(folder, { recursive: true });
    assert.deepEqual(await findRepositories(root), [{ root, isAbove: false, owner }]);
    assert.deepEqual(await findRepositories(folder), [{ root, isAbove: true, owner }]);
  });

  it("finds those right below where there is none", async () => {
    const roots = [await repository("api"), await repository("web")];
    await mkdir(join(temporary, "notes"));
    await repository("deep", "down");
    const found = await findRepositories(temporary);
    assert.deepEqual(
      found.sort((a, b) => a.root.localeCompare(b.root)),
      roots.map(root => ({ root, isAbove: false, owner })),
    );
  });

  it("takes a worktree and a link for what they are", async () => {
    const root = await repository("shop");
    const worktree = join(temporary, "worktree");
    await git(root, "worktree", "add", "--quiet", worktree);
    assert.deepEqual(await findRepositories(worktree), [{ root: worktree, isAbove: false, owner }]);
    await mkdir(join(root, "api"));
    const link = join(temporary, "link");
    await symlink(join(root, "api"), link);
    assert.deepEqual(await findRepositories(link), [{ root, isAbove: true, owner }]);
  });

  it("finds none where Git finds none", async () => {
    assert.deepEqual(await findRepositories(temporary), []);
    assert.deepEqual(await findRepositories(join(temporary, "gone")), []);
    await mkdir(join(temporary, "empty", ".git"), { recursive: true });
    assert.deepEqual(await findRepositories(join(temporary, "empty")), []);
    await mkdir(join(temporary, "moved"));
    await writeFile(join(temporary, "moved", ".git"), "gitdir: ../gone/.git/worktrees/moved\n");
    assert.deepEqual(await findRepositories(join(temporary, "moved")), []);
  });
});

describe("findSubmodules", () => {
  let temporary: string;
  beforeEach(async () => {
    temporary = await realpath(await mkdtemp(join(tmpdir(), "render-submodules-")));
  });
  afterEach(() => rm(temporary, { recursive: true, force: true }));

  it("finds those that are there, however many, and no other folder", async () => {
    const [root, lamp] = [join(temporary, "shop"), join(temporary, "lamp")];
    await createRepository({ folder: root, commits: ["Begin"] });
    await createRepository({ folder: lamp, commits: ["Light"] });
    const paths = Array.from({ length: 11 }, (_, index) => `lamps/lamp ${index}`);
    for (const path of paths)
      await git(root, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", lamp, path);
    const found = async (): Promise<string[]> => (await findSubmodules(root)).map(each => each.root);
    assert.deepEqual((await found()).sort(), paths.map(path => join(root, path)).sort());
    // What is not checked out has no repository.
    await git(root, "submodule", "--quiet", "deinit", "--force", "lamps/lamp 10");
    assert.equal((await found()).length, 10);
    // What leads out of the repository is none of it.
    await writeFile(join(root, ".gitmodules"), '[submodule "out"]\n\tpath = ../lamp\n\turl = ../lamp\n');
    assert.deepEqual(await found(), []);
    assert.deepEqual(await findSubmodules(lamp), []);
  });
});
