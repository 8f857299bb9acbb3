import assert from "node:assert/strict";
import fc from "fast-check";
import {
  cloneOf,
  headFor,
  headOf,
  isCloneOf,
  isNotRead,
  isRead,
  onlyRepository,
  readAt,
  readLinked,
  repositoryOf,
  type GitReading,
} from "../../../src/git/repository.js";
import { aRepository } from "../../support/builders.js";
import { without } from "../../support/without.js";

const repo = "https://github.com/harbor-labs/harbor";
const clone = aRepository();
const fork = aRepository({
  root: "file:///fork",
  remotes: ["git@github.com:ada/harbor.git", "https://github.com/harbor-labs/harbor.git"],
});
const stranger = aRepository({ root: "file:///other", remotes: ["git@github.com:harbor-labs/other.git"] });
const alias = aRepository({ root: "file:///alias", remotes: ["git@github-work:harbor-labs/harbor.git"] });
const reading = (...repositories: (typeof clone)[]): GitReading => ({ ok: true, repositories });

describe("isCloneOf", () => {
  for (const [name, repository, expected] of [
    ["whose only remote is the address", clone, true],
    ["one of whose remotes is the address", fork, true],
    ["whose remote is the address behind an ssh alias", alias, true],
    ["of another address", stranger, false],
    ["without remotes", aRepository({ remotes: [] }), false],
  ] as const)
    it(`a repository ${name} is ${expected ? "a" : "no"} clone`, () => {
      assert.equal(isCloneOf(repository, repo), expected);
    });
});

describe("cloneOf", () => {
  it("takes the surest of all remotes", () => {
    const both = aRepository({ remotes: [...alias.remotes, ...clone.remotes] });
    assert.deepEqual(cloneOf(both, repo), { kind: "same" });
    assert.deepEqual(cloneOf(alias, repo), { kind: "alias", alias: "github-work" });
    assert.equal(cloneOf(stranger, repo), undefined);
  });
});

describe("repositoryOf", () => {
  const inner = aRepository({ root: `${clone.root}/vendor/lib` });
  for (const [uri, expected] of [
    [`${clone.root}/src/main.ts`, clone],
    [clone.root, clone],
    [`${clone.root}/vendor/lib/index.ts`, inner],
    [`${clone.root}-copy/src/main.ts`, undefined],
    ["file:///elsewhere", undefined],
  ] as const)
    it(`of ${uri} is ${expected?.root ?? "none"}, whatever the order`, () => {
      assert.equal(repositoryOf(uri, reading(clone, inner)), expected);
      assert.equal(repositoryOf(uri, reading(inner, clone)), expected);
    });

  it("is none without Git", () => {
    assert.equal(repositoryOf(clone.root, { ok: false, why: "noFolder" }), undefined);
  });
});

describe("readAt", () => {
  const active = (git: GitReading): string[] =>
    git.ok ? git.repositories.filter(each => each.active).map(({ root }) => root) : [];

  it("takes the repository of the folder for the open one", () => {
    assert.deepEqual(active(readAt(`${fork.root}/api`, reading(clone, fork))), [fork.root]);
    const found = headFor(repo, readAt(fork.root, reading(clone, fork)));
    assert.equal(found.kind === "head" && found.repository.root, fork.root);
  });

  it("leaves everything as it is where a file is open, the folder is unknown, or there is no Git", () => {
    const open = reading({ ...clone, active: true }, fork);
    const none: GitReading = { ok: false, why: "untrusted" };
    assert.equal(readAt(fork.root, open), open);
    assert.equal(readAt(fork.root, none), none);
    assert.deepEqual(active(readAt(undefined, reading(clone))), []);
    assert.deepEqual(active(readAt("file:///elsewhere", reading(clone))), []);
  });
});

describe("readLinked", () => {
  const linked = (folders: readonly string[], git: GitReading): string[] => {
    const found = readLinked(folders, git);
    return found.ok ? found.repositories.filter(each => each.isLinked).map(({ root }) => root) : [];
  };

  for (const [name, folders, git, expected] of [
    ["the repository itself", [clone.root], reading(clone, stranger), [clone.root]],
    ["a folder of it", [`${stranger.root}/services/api`], reading(clone, stranger), [stranger.root]],
    [
      "folders of several",
      [stranger.root, `${clone.root}/a`],
      reading(clone, stranger),
      [clone.root, stranger.root],
    ],
    ["a folder around one repository", ["file:///home"], reading(clone, stranger), [clone.root]],
    ["a folder around several", ["file:///home"], reading(clone, { ...fork, root: "file:///home/b" }), []],
    ["a folder elsewhere", ["file:///elsewhere"], reading(clone), []],
    ["nothing", [], reading(clone), []],
    ["a folder, without Git", [clone.root], { ok: false, why: "untrusted" }, []],
  ] as const)
    it(`takes what holds ${name} for the service's clone`, () => {
      assert.deepEqual(linked(folders, git), expected);
    });
});

describe("headFor", () => {
  it("is HEAD of a clone that only a link says to be one, as after it was renamed", () => {
    const linked = { ...stranger, isLinked: true } as const;
    assert.deepEqual(headFor(repo, reading(linked)), {
      kind: "head",
      repository: linked,
      head: stranger.head,
    });
    const found = headFor(repo, reading(linked, alias));
    assert.equal(found.kind === "head" && found.repository, linked);
  });

  it("is HEAD of the clone by its address beside one that is only linked, unless that is open", () => {
    const linked = { ...stranger, isLinked: true } as const;
    const found = headFor(repo, reading(linked, clone));
    assert.equal(found.kind === "head" && found.repository, clone);
    assert.equal(headFor(repo, reading({ ...linked, active: true }, clone)).kind, "several");
  });

  for (const why of ["noFolder", "untrusted", "virtual", "gitMissing", "noRepository"] as const)
    it(`passes on ${why}`, () => {
      assert.deepEqual(headFor(repo, { ok: false, why }), { kind: "none", why });
    });

  it("is HEAD of the only clone, whichever file is active", () => {
    const active = { ...stranger, active: true };
    const found = headFor(repo, reading(active, clone));
    assert.deepEqual(found, { kind: "head", repository: clone, head: clone.head });
  });

  it("is HEAD of the clone with the active file, of several", () => {
    const active = { ...fork, active: true };
    const found = headFor(repo, reading(clone, active));
    assert.equal(found.kind === "head" && found.repository, active);
  });

  it("is a question where several clones are open and none holds the active file", () => {
    assert.deepEqual(headFor(repo, reading(clone, stranger, fork)), {
      kind: "several",
      repositories: [clone, fork],
    });
  });

  it("is a question where several clones hold the active file", () => {
    const nested = [clone, fork].map(repository => ({ ...repository, active: true }));
    assert.equal(headFor(repo, reading(...nested)).kind, "several");
  });

  it("is HEAD of a clone by an ssh alias where no sure clone is open", () => {
    const found = headFor(repo, reading(stranger, alias));
    assert.equal(found.kind === "head" && found.repository, alias);
  });

  it("is HEAD of the sure clone beside one by an ssh alias", () => {
    const found = headFor(repo, reading(alias, clone));
    assert.equal(found.kind === "head" && found.repository, clone);
  });

  it("is a question where the open file is in a clone by an ssh alias and a sure one is open too", () => {
    const active = { ...alias, active: true };
    assert.deepEqual(headFor(repo, reading(active, clone)), {
      kind: "several",
      repositories: [active, clone],
    });
  });

  it("is not HEAD of another repository", () => {
    assert.deepEqual(headFor(repo, reading(stranger)), { kind: "none", why: "otherRepository" });
    assert.deepEqual(headFor("not an address", reading(clone)), { kind: "none", why: "otherRepository" });
  });

  it("never takes a commit from a repository that is no clone", () => {
    const repositories = fc.array(
      fc.record({ which: fc.constantFrom(clone, fork, alias, stranger), active: fc.boolean() }),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(repositories, chosen => {
        const found = headFor(repo, reading(...chosen.map(({ which, active }) => ({ ...which, active }))));
        if (found.kind === "head") assert.ok(isCloneOf(found.repository, repo));
        if (found.kind === "several") assert.ok(found.repositories.every(one => isCloneOf(one, repo)));
      }),
    );
  });
});

describe("A repository that is not read, or not opened", () => {
  const closed = { why: "inParent", root: "/home/ada/harbor", folder: "api" } as const;
  const unread = { ...without(clone, "head", "branch"), remotes: [] };
  const notYet = { ...unread, root: "file:///late", unread: "notYet" } as const;
  const failed = { ...unread, root: "file:///broken", unread: "failed" } as const;

  it("is waited for, as it may be a clone", () => {
    for (const others of [[], [stranger], [clone], [{ ...stranger, active: true }]]) {
      const found = reading(...others, notYet);
      assert.deepEqual(headFor(repo, found), { kind: "none", why: "notReadYet" });
      assert.equal(isRead(found), false);
    }
    assert.deepEqual(headOf(notYet), { kind: "none", why: "notReadYet" });
    assert.deepEqual(headFor(repo, { ok: false, why: "notReadYet" }), { kind: "none", why: "notReadYet" });
    assert.equal(isRead({ ok: false, why: "notReadYet" }), false);
  });

  it("is not waited for where the open file is in a clone that was read", () => {
    assert.equal(headFor(repo, reading({ ...clone, active: true }, notYet)).kind, "head");
  });

  it("is told apart from another repository, and not waited for, when it could not be read", () => {
    assert.deepEqual(headFor(repo, reading(stranger, failed)), { kind: "none", why: "unreadable" });
    assert.deepEqual(headOf(failed), { kind: "none", why: "unreadable" });
    assert.equal(headFor(repo, reading(clone, failed)).kind, "head");
    assert.equal(isRead(reading(failed)), true);
  });

  it("is told apart from none and from another one when it is not opened", () => {
    const expected = { kind: "none", why: "notOpened", closed };
    assert.deepEqual(headFor(repo, { ok: false, why: "notOpened", closed }), expected);
    const beside: GitReading = { ...reading(stranger), closed };
    assert.deepEqual(headFor(repo, beside), expected);
    assert.deepEqual(headFor(repo, readAt(stranger.root, beside)), expected);
    assert.equal(headFor(repo, { ...reading(clone), closed }).kind, "head");
    assert.equal(isRead(beside), true);
  });

  it("may have a HEAD, which cannot be said where there is none", () => {
    for (const why of ["notReadYet", "notOpened", "unreadable", "untrusted", "gitMissing"] as const)
      assert.equal(isNotRead(why), true, why);
    for (const why of ["noFolder", "noRepository", "unborn", "otherRepository"] as const)
      assert.equal(isNotRead(why), false, why);
  });
});

describe("headOf", () => {
  const { head } = clone;
  const bare = without(clone, "head", "branch");
  const unborn = without(clone, "head");
  const detached = without(clone, "branch");
  it("is the commit of HEAD, on a branch or detached", () => {
    assert.deepEqual(headOf(clone), { kind: "head", repository: clone, head });
    assert.equal(headOf(detached).kind, "head");
  });

  it("names the branch that has no commit yet", () => {
    assert.deepEqual(headOf(unborn), {
      kind: "none",
      why: "unborn",
      branch: "main",
    });
    assert.deepEqual(headOf(bare), { kind: "none", why: "unborn" });
  });
});

describe("onlyRepository", () => {
  it("is the reading of the repository with this root", () => {
    assert.deepEqual(onlyRepository(reading(clone, fork), fork.root), reading(fork));
  });

  it("is the whole reading where there is no such repository", () => {
    assert.deepEqual(onlyRepository(reading(clone, fork), "file:///none"), reading(clone, fork));
    assert.deepEqual(onlyRepository(reading(clone), undefined), reading(clone));
    const none: GitReading = { ok: false, why: "untrusted" };
    assert.deepEqual(onlyRepository(none, clone.root), none);
  });
});
