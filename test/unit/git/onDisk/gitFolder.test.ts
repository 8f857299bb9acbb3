import assert from "node:assert/strict";
import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { configFilesOf, gitFolderOf } from "../../../../src/git/onDisk/gitFolder.js";
import { createRepository, git } from "../../../support/gitRepository.js";

describe("the Git folder", () => {
  it("is where Git says it is: of a repository, a worktree of it, and one that is kept apart", async () => {
    const place = await realpath(await mkdtemp(join(tmpdir(), "folders-")));
    const [folder, worktree, apart] = ["shop", "fog", "apart"].map(name => join(place, name)) as [
      string,
      string,
      string,
    ];
    await createRepository({ folder, commits: ["Open the shop"] });
    await git(folder, "worktree", "add", "--quiet", worktree);
    await git(place, "init", "--quiet", "--separate-git-dir", join(place, "kept.git"), apart);
    for (const root of [folder, worktree, apart]) {
      const paths = ["--path-format=absolute", "--git-dir", "--git-common-dir"];
      const [own, common] = (await git(root, "rev-parse", ...paths)).split("\n");
      assert.deepEqual(await gitFolderOf(root), { own, common });
    }
    await rm(place, { recursive: true });
  });
});

describe("the files of Git's configuration", () => {
  const folder = { own: "/shop/.git/worktrees/fog", common: "/shop/.git" };
  const ofRepository = ["/shop/.git/config", "/shop/.git/worktrees/fog/config.worktree"];
  const ofUser = ["/home/ada/.config/git/config", "/home/ada/.gitconfig"];

  for (const [name, gitPath, env, expected] of [
    ["as they are commonly", "/usr/bin/git", {}, ["/etc/gitconfig", ...ofUser]],
    ["of an unknown Git", undefined, {}, ["/etc/gitconfig", ...ofUser]],
    ["of a Git elsewhere", "/opt/git/bin/git", {}, ["/opt/git/etc/gitconfig", ...ofUser]],
    ["without the machine's", "/usr/bin/git", { GIT_CONFIG_NOSYSTEM: "1" }, ofUser],
    ["with the machine's", "/usr/bin/git", { GIT_CONFIG_NOSYSTEM: "0" }, ["/etc/gitconfig", ...ofUser]],
    ["with another of the machine's", "/usr/bin/git", { GIT_CONFIG_SYSTEM: "/a" }, ["/a", ...ofUser]],
    ["with another of the user's", "/usr/bin/git", { GIT_CONFIG_GLOBAL: "/b" }, ["/etc/gitconfig", "/b"]],
    [
      "with settings elsewhere",
      "/usr/bin/git",
      { XDG_CONFIG_HOME: "/c" },
      ["/etc/gitconfig", "/c/git/config", "/home/ada/.gitconfig"],
    ],
  ] as const)
    it(`are read, the weakest first: ${name}`, () => {
      assert.deepEqual(configFilesOf(folder, gitPath, env, "/home/ada"), [...expected, ...ofRepository]);
    });
});
