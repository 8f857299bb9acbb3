import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hasFolders, isPartialClone, type ConfigEntry } from "../../../../src/core/git/partialClone.js";
import { createRepository, git } from "../../../support/gitRepository.js";

/** The configuration, read as the Git extension reads it from `git config -l`. */
function entries(text: string): ConfigEntry[] {
  return text.split("\n").map(line => {
    const equals = line.indexOf("=");
    return { key: line.slice(0, Math.max(equals, 0)), value: line.slice(equals + 1) };
  });
}

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
      const config = entries(await git(folder, "config", "-l"));
      assert.equal(isPartialClone(config), isPartial);
      assert.equal(hasFolders(config), folders);
    });

  for (const [text, isPartial] of [
    ["remote.acme/upstream.promisor=true", true],
    ["remote.my.fork.promisor=yes", true],
    ["remote.origin.promisor", true],
    ["extensions.partialclone=origin", true],
    ["remote.origin.promisor=false", false],
    ["remote.origin.url=https://github.com/harbor-labs/promisor", false],
  ] as const)
    it(`${isPartial ? "is one" : "is none"} with ${text}`, () => {
      assert.equal(isPartialClone(entries(text)), isPartial);
      // Which contents were left out is not said.
      assert.equal(hasFolders(entries(text)), !isPartial);
    });
});
