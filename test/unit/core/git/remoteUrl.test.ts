import assert from "node:assert/strict";
import fc from "fast-check";
import { normalizeRemote, sameRepository } from "../../../../src/core/git/remoteUrl.js";

/** Every way in which hosts, Git and people write the address of one repository. */
const spellings: readonly ((host: string, path: string) => string)[] = [
  (host, path) => `https://${host}/${path}`,
  (host, path) => `https://${host}/${path}.git`,
  (host, path) => `https://${host}/${path}/`,
  (host, path) => `https://${host}/${path}.git/`,
  (host, path) => `https://www.${host}/${path}`,
  (host, path) => `https://ada:token@${host}:443/${path}.git`,
  (host, path) => `http://${host}//${path}`,
  (host, path) => `HTTPS://${host.toUpperCase()}/${path.toUpperCase()}.GIT`,
  (host, path) => `git://${host}/${path}.git`,
  (host, path) => `ssh://git@${host}/${path}.git`,
  (host, path) => `ssh://git@${host}:22/${path}`,
  (host, path) => `ssh://git@ssh.${host}:443/${path}.git`,
  (host, path) => `ssh://git@altssh.${host}:443/${path}.git`,
  (host, path) => `git+ssh://git@${host}/${path}.git`,
  (host, path) => `git@${host}:${path}.git`,
  (host, path) => `git@${host}:/${path}`,
  (host, path) => `${host}:${path}.git`,
  (host, path) => `  git@${host}:${path}.git\n`,
];

describe("normalizeRemote", () => {
  for (const [url, normalized] of [
    ["git@github.com:Harbor-Labs/Harbor.git", "github.com/harbor-labs/harbor"],
    ["https://gitlab.com/harbor-labs/web/site.git", "gitlab.com/harbor-labs/web/site"],
    ["https://github.com/harbor-labs/harbor%2Eio", "github.com/harbor-labs/harbor.io"],
    ["https://github.com/harbor-labs/100%", "github.com/harbor-labs/100%"],
    ["git@bitbucket.org:harbor-labs/git.git", "bitbucket.org/harbor-labs/git"],
    ["", undefined],
    ["   ", undefined],
    ["https://github.com", undefined],
    ["https://github.com/", undefined],
    ["https://", undefined],
    ["file:///srv/git/harbor.git", undefined],
    ["file://host/srv/git/harbor.git", undefined],
    ["/srv/git/harbor.git", undefined],
    ["../harbor", undefined],
    ["./a:b/c", undefined],
    ["C:\\code\\harbor", undefined],
    ["C:/code/harbor", undefined],
    ["server:\\share", undefined],
    ["git@github.com", undefined],
    ["git@github.com:", undefined],
    ["git@github.com:/", undefined],
    ["two words:path", undefined],
  ] as const)
    it(`reads ${JSON.stringify(url)} as ${normalized ?? "none"}`, () => {
      assert.equal(normalizeRemote(url), normalized);
    });

  const word = fc.stringMatching(/^[a-z][a-z0-9_-]{0,20}$/u);
  it("gives the same for every spelling of one repository", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("github.com", "gitlab.com", "bitbucket.org", "git.harbor.example"),
        word,
        word,
        (host, owner, name) => {
          const path = `${owner}/${name}`;
          for (const spell of spellings) assert.equal(normalizeRemote(spell(host, path)), `${host}/${path}`);
        },
      ),
    );
  });

  it("keeps different repositories apart", () => {
    fc.assert(
      fc.property(word, word, word, word, fc.nat(), fc.nat(), (owner, name, otherOwner, otherName, a, b) => {
        fc.pre(owner !== otherOwner || name !== otherName);
        const one = spellings[a % spellings.length]?.("github.com", `${owner}/${name}`) ?? "";
        const other = spellings[b % spellings.length]?.("github.com", `${otherOwner}/${otherName}`) ?? "";
        assert.ok(!sameRepository(one, other), `${one} is not ${other}`);
      }),
    );
  });

  it("understands what it gave, or says that it does not: it never throws", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl()), url => {
        const normalized = normalizeRemote(url);
        assert.ok(
          normalized === undefined || (normalized.includes("/") && normalized === normalized.toLowerCase()),
        );
      }),
    );
  });
});

describe("sameRepository", () => {
  for (const [one, other, same] of [
    ["git@github.com:a/b.git", "https://github.com/A/B", true],
    ["git@github.com:a/b.git", "https://gitlab.com/a/b", false],
    ["git@github.com:a/b.git", "https://github.com/a/b-fork", false],
    ["/srv/a", "/srv/a", false],
    ["git@github.com:a/b.git", "/srv/a", false],
    ["/srv/a", "git@github.com:a/b.git", false],
  ] as const)
    it(`${one} and ${other} are ${same ? "" : "not "}the same`, () => {
      assert.equal(sameRepository(one, other), same);
    });
});
