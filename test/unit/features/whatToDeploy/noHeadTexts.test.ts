import assert from "node:assert/strict";
import { noHeadText } from "../../../../src/features/whatToDeploy/noHeadTexts.js";
import type { NoHeadReason } from "../../../../src/git/repository.js";
import { aClosedRepository, anImageService, aService } from "../../../support/builders.js";
import { assertPlain, hostileTexts } from "../../../support/hostileText.js";
import { assertSentence } from "../../../support/sentence.js";

describe("noHeadText", () => {
  const reasons = {
    noFolder: "openFolder",
    untrusted: "manageTrust",
    virtual: "openFolder",
    gitMissing: "enableGit",
    notReadYet: "openSourceControl",
    unreadable: "openSourceControl",
    notOpened: "openRepository",
    noRepository: "openFolder",
    unborn: "openSourceControl",
    otherRepository: "openFolder",
  } satisfies Record<NoHeadReason, string>;

  for (const [why, remedy] of Object.entries(reasons) as [NoHeadReason, string][])
    it(`has a sentence for ${why}, and ${remedy}`, () => {
      const { text, remedies } = noHeadText({ why, branch: "main" }, aService());
      assertSentence(text);
      assert.equal(remedies[0], remedy);
    });

  it("names the branch without a commit, where there is one", () => {
    assert.equal(
      noHeadText({ why: "unborn", branch: "topic" }, aService()).text,
      "The branch topic has no commit yet.",
    );
    assert.equal(noHeadText({ why: "unborn" }, aService()).text, "The current branch has no commit yet.");
  });

  it("tells why a repository is not opened, each with the button that opens it", () => {
    for (const [why, sentence, remedy] of [
      [
        "inParent",
        /^The folder lamps lies in a Git repository that VS Code has not opened.*above/u,
        "openParentRepository",
      ],
      [
        "ofOther",
        /^The folder lamps lies in a Git repository that belongs to another user/u,
        "manageUnsafeRepositories",
      ],
      ["closed", /^The folder lamps holds a Git repository that VS Code has not opened/u, "openRepository"],
    ] as const) {
      const closed = aClosedRepository({ why, folder: "lamps" });
      const { text, remedies, repository } = noHeadText({ why: "notOpened", closed }, aService());
      assertSentence(text);
      assert.match(text, sentence);
      assert.deepEqual(remedies, [remedy, "openSourceControl"]);
      assert.equal(repository, "/home/ada/harbor");
      for (const hostile of hostileTexts) {
        const odd = aClosedRepository({ why, root: hostile, folder: hostile });
        assertPlain(noHeadText({ why: "notOpened", closed: odd }, aService()).text, 450);
      }
    }
  });

  it("claims nothing of repositories that VS Code did not look for, and offers to open one", () => {
    const none = noHeadText({ why: "noRepository" }, aService());
    assert.match(
      none.text,
      /^No Git repository was found in the open folder, so there is no HEAD to deploy\./u,
    );
    const other = noHeadText({ why: "otherRepository" }, aService());
    assert.match(
      other.text,
      /^No clone of https:\/\/github\.com\/harbor-labs\/harbor, .* is open in VS Code\./u,
    );
    for (const { remedies } of [none, other]) assert.deepEqual(remedies, ["openFolder", "openRepository"]);
  });

  it("names the repository that is missing, as plain text", () => {
    const { text } = noHeadText({ why: "otherRepository" }, aService());
    assert.ok(text.includes("https://github.com/harbor-labs/harbor"), text);
    assertSentence(noHeadText({ why: "otherRepository" }, anImageService()).text);
    for (const hostile of hostileTexts) {
      assertPlain(noHeadText({ why: "otherRepository" }, aService({ repo: hostile })).text, 250);
      assertPlain(noHeadText({ why: "unborn", branch: hostile }, aService()).text, 250);
    }
  });
});
