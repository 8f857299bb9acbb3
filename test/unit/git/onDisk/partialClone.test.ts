import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseConfig } from "../../../../src/git/remotes/configText.js";
import { hasFolders, isPartialClone } from "../../../../src/git/onDisk/partialClone.js";
import { createRepository, git } from "../../../support/gitRepository.js";

describe("isPartialClone and hasFolders", () => {
  let temporary: string;
  before(async () => {
    temporary = await mkdtemp(join(tmpdir(), "render-partial-"));
    const folder = join(temporary, "origin");
    await createRepository({ folder, commits: ["Light the lamp"] });
    await git(folder, "config", "uploadpack.allowFilter", "true");
  });
  after(() => rm(temporary, { recursive: true, force: true }));

  for (const [filter, isPartial, folders] of [
    [undefined, false, true],
    ["blob:none", true, true],
    ["blob:limit=10", true, true],
    ["tree:0", true, false],
  ] as const)
    it(`tells of a clone with the filter ${filter ?? "none"}`, async () => {
      const folder = join(temporary, `clone-${(filter ?? "whole").replaceAll(/\W/gu, "-")}`);
      const filters = filter === undefined ? [] : [`--filter=${filter}`];
      await git(temporary, "clone", "--quiet", ...filters, `file://${join(temporary, "origin")}`, folder);
      const config = parseConfig(await readFile(join(folder, ".git", "config"), "utf8"));
      assert.equal(isPartialClone(config), isPartial);
      assert.equal(hasFolders(config), folders);
    });

  for (const [text, isPartial] of [
    ['[remote "acme/upstream"]\n\tpromisor = true', true],
    ['[remote "my.fork"]\n\tPromisor = yes', true],
    ['[remote "origin"]\n\tpromisor', true],
    ["[extensions]\n\tpartialClone = origin", true],
    ['[remote "origin"]\n\tpromisor = false', false],
    ['[remote "origin"]\n\turl = https://github.com/harbor-labs/promisor', false],
  ] as const)
    it(`${isPartial ? "is one" : "is none"} with ${JSON.stringify(text)}`, () => {
      assert.equal(isPartialClone(parseConfig(text)), isPartial);
      // Which contents were left out is not said.
      assert.equal(hasFolders(parseConfig(text)), !isPartial);
    });
});
