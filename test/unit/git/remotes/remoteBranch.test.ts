import assert from "node:assert/strict";
import { appendFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { parseConfig } from "../../../../src/git/remotes/configText.js";
import {
  branchKeptAs,
  remoteBranchIn,
  trackingName,
  trackingRef,
} from "../../../../src/git/remotes/remoteBranch.js";
import { createRepository, git } from "../../../support/gitRepository.js";

describe("remoteBranchIn", () => {
  const rows: readonly [tracking: string, remotes: readonly string[], expected: string | undefined][] = [
    ["origin/main", ["origin"], "origin main"],
    ["origin/fog/horn", ["origin"], "origin fog/horn"],
    ["acme/upstream/main", ["origin", "acme/upstream"], "acme/upstream main"],
    ["acme/upstream/fog/horn", ["acme", "acme/upstream"], "acme/upstream fog/horn"],
    ["acme/upstream", ["acme", "acme/upstream"], "acme upstream"],
    ["acme/up/main", ["acme", "acme/upstream"], "acme up/main"],
    ["a/b/c/d", ["a/b/c", "a", "a/b"], "a/b/c d"],
    ["origin/HEAD", ["origin"], undefined],
    ["acme/upstream/HEAD", ["acme", "acme/upstream"], undefined],
    ["origin/fog/HEAD", ["origin"], "origin fog/HEAD"],
    ["HEAD/main", ["HEAD"], "HEAD main"],
    ["origins/main", ["origin"], undefined],
    ["gone/main", ["origin"], undefined],
    ["origin/", ["origin"], undefined],
    ["main", [], undefined],
  ];
  for (const [tracking, remotes, expected] of rows)
    it(`of ${tracking} with ${remotes.join(", ") || "no remotes"} is ${expected ?? "none"}`, () => {
      for (const order of [remotes, remotes.toReversed()]) {
        const found = remoteBranchIn(tracking, order);
        assert.equal(found && `${found.remote} ${found.name}`, expected);
      }
    });

  it("gives back what was put together, whatever slashes there are", () => {
    const part = fc.constantFrom("acme", "upstream", "main", "fog");
    const name = fc.array(part, { minLength: 1, maxLength: 3 }).map(parts => parts.join("/"));
    fc.assert(
      fc.property(name, name, (remote, branch) => {
        assert.deepEqual(remoteBranchIn(trackingName({ remote, name: branch }), [remote]), {
          remote,
          name: branch,
        });
      }),
    );
  });

  it("is what Git fetched them from", async () => {
    const place = await mkdtemp(join(tmpdir(), "remotes-"));
    const [folder, source] = [join(place, "shop"), join(place, "source")];
    await createRepository({ folder: source, commits: ["Open the shop"] });
    await git(source, "branch", "fog/horn");
    await createRepository({ folder });
    const remotes = ["acme/upstream", "origin", "a/b/c"];
    for (const remote of remotes) await git(folder, "remote", "add", remote, source);
    await git(folder, "fetch", "--quiet", "--all");
    await git(folder, "remote", "set-head", "acme/upstream", "main");
    const names = (await git(folder, "for-each-ref", "--format=%(refname:lstrip=2)", "refs/remotes")).split(
      "\n",
    );
    assert.deepEqual(
      names.flatMap(name => {
        const found = remoteBranchIn(name, remotes);
        return found ? [`${found.remote} ${found.name}`] : [];
      }),
      [
        "a/b/c fog/horn",
        "a/b/c main",
        "acme/upstream fog/horn",
        "acme/upstream main",
        "origin fog/horn",
        "origin main",
      ],
    );
    await rm(place, { recursive: true });
  });
});

describe("where a clone keeps a branch", () => {
  const kept = (name: string): string => `refs/remotes/acme/upstream/${name}`;
  const rows: readonly [lines: string, branch: string, expected: string | undefined][] = [
    ["fetch = +refs/heads/*:refs/remotes/acme/upstream/*", "fog/horn", kept("fog/horn")],
    ["fetch = +refs/heads/main:refs/remotes/acme/upstream/main", "main", kept("main")],
    ["fetch = +refs/heads/main:refs/remotes/acme/upstream/main", "main-2", undefined],
    ["fetch = +refs/heads/release/*:refs/remotes/acme/upstream/release/*", "main", undefined],
    ["fetch = +refs/heads/a:refs/remotes/acme/upstream/a\nfetch = refs/heads/b:refs/x/b", "a", kept("a")],
    // A remote that was renamed in the file alone, and what Git keeps nowhere.
    ["fetch = +refs/heads/*:refs/remotes/gh/*", "fog", "refs/remotes/gh/fog"],
    ["fetch = refs/heads/main", "main", undefined],
    ["url = x", "main", undefined],
  ];
  for (const [lines, name, expected] of rows)
    it(`of ${name} by “${lines.replace("\n", ", ")}”: ${expected ?? "nowhere"}`, () => {
      const entries = parseConfig(`[remote "acme"]\nfetch = nothing\n[remote "acme/upstream"]\n${lines}\n`);
      const branch = { remote: "acme/upstream", name };
      assert.equal(trackingRef(branch, entries), expected);
      if (expected !== undefined)
        assert.deepEqual(branchKeptAs(expected, ["acme", "acme/upstream"], entries), branch);
      assert.equal(
        branchKeptAs("refs/remotes/elsewhere/main", ["acme", "acme/upstream"], entries),
        undefined,
      );
    });

  for (const [name, ...lines] of [
    ["as Git writes it", "fetch = +refs/heads/*:refs/remotes/origin/*"],
    ["of a renamed remote", "fetch = +refs/heads/*:refs/remotes/gh/*"],
    ["without a fetch line"],
    ["kept nowhere", "fetch = refs/heads/main"],
  ])
    it(`is where Git puts it after a push: ${name ?? ""}`, async () => {
      const place = await mkdtemp(join(tmpdir(), "kept-"));
      const [folder, bare] = [join(place, "shop"), join(place, "bare.git")];
      await createRepository({ folder, commits: ["Open the shop"] });
      await git(place, "init", "--quiet", "--bare", bare);
      const text = `[remote "origin"]\n\turl = ${bare}\n${lines.map(line => `\t${line}\n`).join("")}`;
      await appendFile(join(folder, ".git", "config"), text);
      await git(folder, "push", "--quiet", "origin", "main");
      const refs = await git(folder, "for-each-ref", "--format=%(refname)", "refs/remotes");
      const entries = parseConfig(await readFile(join(folder, ".git", "config"), "utf8"));
      assert.equal(trackingRef({ remote: "origin", name: "main" }, entries) ?? "", refs);
      await rm(place, { recursive: true });
    });
});
