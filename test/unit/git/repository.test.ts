import assert from "node:assert/strict";
import fc from "fast-check";
import {
  cloneOf,
  headFor,
  headOf,
  isCloneOf,
  isNotRead,
  isReadFor,
  onlyRepository,
  readAt,
  readLinked,
  repositoryOf,
  type GitReading,
} from "../../../src/git/repository.js";
import { aClosedRepository, aRepository } from "../../support/builders.js";
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
  const closed = aClosedRepository({ why: "inParent", folder: "api" });
  const closedOther = aClosedRepository({ uri: "file:///closed", remotes: stranger.remotes });
  const bare = without(clone, "head", "branch");
  const unread = { ...bare, remotes: [], remotesUnread: true } as const;
  const notYet = { ...unread, root: "file:///late", unread: "notYet" } as const;
  const failed = { ...unread, root: "file:///broken", unread: "failed" } as const;
  const late = (remotes: readonly string[], active = false) =>
    ({ ...bare, root: "file:///late", remotes, active, unread: "notYet" }) as const;
  const waits = { kind: "none", why: "notReadYet" };

  it("is waited for, as it may be a clone", () => {
    for (const others of [[], [stranger], [clone], [{ ...stranger, active: true }]]) {
      const found = reading(...others, notYet);
      assert.deepEqual(headFor(repo, found), waits);
      assert.equal(isReadFor(repo, found), false);
    }
    assert.deepEqual(headOf(notYet), waits);
    assert.deepEqual(headFor(repo, { ok: false, why: "notReadYet" }), waits);
    assert.equal(isReadFor(repo, { ok: false, why: "notReadYet" }), false);
  });

  it("is waited for, and nothing else is deployed in its place, where its remotes say that it is the clone", () => {
    const rows = [
      [late(clone.remotes)],
      [late(clone.remotes), stranger],
      [late(clone.remotes), alias],
      // A person chooses between the two, once both are read.
      [late(clone.remotes), clone],
      [late(clone.remotes, true), clone],
      [late(alias.remotes)],
      [late(alias.remotes, true), clone],
      [{ ...late([]), isLinked: true as const }, stranger],
    ];
    for (const row of rows) {
      assert.deepEqual(headFor(repo, reading(...row)), waits);
      assert.equal(isReadFor(repo, reading(...row)), false);
    }
  });

  it("is not waited for where its remotes say that it changes nothing", () => {
    for (const other of [
      late(stranger.remotes),
      late(stranger.remotes, true),
      late([]),
      // One by an ssh alias never stands above a sure one.
      late(alias.remotes),
      { ...late(stranger.remotes), isLinked: true as const },
    ]) {
      const found = headFor(repo, reading(other, clone));
      assert.equal(found.kind === "head" && found.repository, clone);
      assert.equal(isReadFor(repo, reading(other, clone)), true);
    }
    assert.deepEqual(headFor(repo, reading(late(stranger.remotes), stranger)), {
      kind: "none",
      why: "otherRepository",
    });
  });

  it("is not waited for where the open file is in a clone that was read", () => {
    assert.equal(headFor(repo, reading({ ...clone, active: true }, notYet)).kind, "head");
  });

  it("is told apart from another repository, and not waited for, when it could not be read", () => {
    assert.deepEqual(headFor(repo, reading(stranger, failed)), { kind: "none", why: "unreadable" });
    assert.deepEqual(headOf(failed), { kind: "none", why: "unreadable" });
    assert.equal(headFor(repo, reading(clone, failed)).kind, "head");
    assert.equal(isReadFor(repo, reading(failed)), true);
    const known = { ...stranger, unread: "failed" } as const;
    assert.deepEqual(headFor(repo, reading(known)), { kind: "none", why: "otherRepository" });
    const broken = { ...clone, unread: "failed" } as const;
    assert.deepEqual(headFor(repo, reading(broken, stranger)), { kind: "none", why: "unreadable" });
  });

  const isClosed = { kind: "none", why: "notOpened", closed };

  it("is told apart from none and from another one when it is not opened", () => {
    for (const each of [closed, { ...closed, remotes: undefined }, { ...closed, remotes: alias.remotes }]) {
      const expected = { ...isClosed, closed: each };
      assert.deepEqual(headFor(repo, { ok: false, why: "notOpened", closed: [each] }), expected);
      const beside: GitReading = { ...reading(stranger), closed: [closedOther, each] };
      assert.deepEqual(headFor(repo, beside), expected);
      assert.deepEqual(headFor(repo, readAt(stranger.root, beside)), expected);
      assert.equal(headFor(repo, { ...reading(clone), closed: [each] }).kind, "head");
      assert.equal(isReadFor(repo, beside), true);
    }
  });

  it("is as good as another one that is open where its remotes say that it is no clone", () => {
    const other = { kind: "none", why: "otherRepository" };
    assert.deepEqual(headFor(repo, { ok: false, why: "notOpened", closed: [closedOther] }), other);
    const active = { ...closedOther, active: true };
    assert.deepEqual(headFor(repo, { ...reading(stranger), closed: [active] }), other);
    assert.equal(headFor(repo, { ...reading(clone), closed: [active] }).kind, "head");
  });

  it("is the one that matters where the open file is in it, and of several where it is most surely the clone", () => {
    const active = { ...closed, active: true };
    const both = { ...reading(clone, fork), closed: [active] };
    assert.deepEqual(headFor(repo, both), { ...isClosed, closed: active });
    assert.deepEqual(headFor(repo, readAt(clone.root, both)), { ...isClosed, closed: active });
    const unknown = { ...closed, uri: "file:///unknown", remotes: undefined };
    const behindAlias = { ...closed, uri: "file:///alias", remotes: alias.remotes };
    for (const all of [
      [unknown, behindAlias, closed],
      [closed, behindAlias, unknown],
    ])
      assert.deepEqual(headFor(repo, { ok: false, why: "notOpened", closed: all }), isClosed);
    const here = { ...behindAlias, active: true };
    const found = headFor(repo, { ok: false, why: "notOpened", closed: [closed, here] });
    assert.deepEqual(found, { ...isClosed, closed: here });
  });

  it("may be meant by a link, whatever its remotes are called", () => {
    const git: GitReading = { ok: false, why: "notOpened", closed: [closedOther] };
    for (const folder of ["file:///closed", "file:///closed/api"])
      assert.deepEqual(headFor(repo, readLinked([folder], git)), {
        ...isClosed,
        closed: { ...closedOther, isLinked: true },
      });
    assert.equal(readLinked([], git), git);
  });

  it("may still be opened while VS Code reads the repository that it is a submodule of", () => {
    const inside = { ...closed, uri: "file:///late/harbor" };
    assert.deepEqual(headFor(repo, { ...reading(late(stranger.remotes)), closed: [inside] }), waits);
    assert.deepEqual(headFor(repo, { ...reading(late(stranger.remotes)), closed: [closed] }), isClosed);
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
