import assert from "node:assert/strict";
import fc from "fast-check";
import { compareRemotes, normalizeRemote, sameRepository } from "../../../../src/git/remotes/remoteUrl.js";

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
    ["[git@git.harbor.example:2222]:harbor-labs/harbor.git", "git.harbor.example/harbor-labs/harbor"],
    ["[git.harbor.example]:harbor-labs/harbor", "git.harbor.example/harbor-labs/harbor"],
    ["git@ssh.dev.azure.com:v3/harbor/quay/web", "dev.azure.com/harbor/quay/web"],
    ["\\\\server\\share\\harbor", undefined],
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

/**
 * Pairs of a clone's remote and a service's repository. `same` is sure, `alias` is by owner and name behind an ssh alias,
 * `no` is neither.
 */
const pairs: readonly (readonly [remote: string, repo: string, agree: "same" | "alias" | "no"])[] = [
  // GitHub
  ["https://github.com/harbor-labs/harbor", "https://github.com/harbor-labs/harbor", "same"],
  ["https://github.com/harbor-labs/harbor.git", "https://github.com/harbor-labs/harbor", "same"],
  ["https://github.com/harbor-labs/harbor", "https://github.com/harbor-labs/harbor.git", "same"],
  ["https://github.com/harbor-labs/harbor/", "https://github.com/harbor-labs/harbor", "same"],
  ["https://www.github.com/harbor-labs/harbor", "https://github.com/harbor-labs/harbor", "same"],
  ["http://github.com/harbor-labs/harbor", "https://github.com/harbor-labs/harbor", "same"],
  ["git://github.com/harbor-labs/harbor.git", "https://github.com/harbor-labs/harbor", "same"],
  ["git@github.com:harbor-labs/harbor.git", "https://github.com/harbor-labs/harbor", "same"],
  ["git@github.com:harbor-labs/harbor", "https://github.com/harbor-labs/harbor", "same"],
  ["git@github.com:/harbor-labs/harbor.git", "https://github.com/harbor-labs/harbor", "same"],
  ["github.com:harbor-labs/harbor.git", "https://github.com/harbor-labs/harbor", "same"],
  ["org-4711@github.com:harbor-labs/harbor.git", "https://github.com/harbor-labs/harbor", "same"],
  ["ssh://git@github.com/harbor-labs/harbor.git", "https://github.com/harbor-labs/harbor", "same"],
  ["ssh://git@github.com:22/harbor-labs/harbor.git", "https://github.com/harbor-labs/harbor", "same"],
  ["ssh://git@ssh.github.com:443/harbor-labs/harbor.git", "https://github.com/harbor-labs/harbor", "same"],
  ["git@ssh.github.com:harbor-labs/harbor.git", "https://github.com/harbor-labs/harbor", "same"],
  ["git+ssh://git@github.com/harbor-labs/harbor.git", "https://github.com/harbor-labs/harbor", "same"],
  ["https://ada@github.com/harbor-labs/harbor.git", "https://github.com/harbor-labs/harbor", "same"],
  ["https://ada:token@github.com/harbor-labs/harbor", "https://github.com/harbor-labs/harbor", "same"],
  [
    "https://x-access-token:t%40k@github.com/harbor-labs/harbor",
    "https://github.com/harbor-labs/harbor",
    "same",
  ],
  ["https://GitHub.com/Harbor-Labs/Harbor.git", "https://github.com/harbor-labs/harbor", "same"],
  ["git@GITHUB.COM:Harbor-Labs/HARBOR.GIT", "https://github.com/harbor-labs/harbor", "same"],
  ["https://github.com/harbor-labs/harbor.io", "https://github.com/harbor-labs/harbor%2Eio", "same"],
  ["https://github.com/harbor-labs/harbor", "git@github.com:harbor-labs/harbor.git", "same"],
  ["  git@github.com:harbor-labs/harbor.git\n", "https://github.com/harbor-labs/harbor", "same"],
  ["https://github.com/harbor-labs/harbor", "https://github.com/harbor-labs/harbor-web", "no"],
  ["https://github.com/harbor-labs/harbor", "https://github.com/ada-marsh/harbor", "no"],
  ["https://github.com/harbor-labs/harbor.git", "https://github.com/harbor-labs/harbor.io", "no"],
  ["https://github.com/harbor-labs", "https://github.com/harbor-labs/harbor", "no"],
  ["https://github.com/harbor-labs/harbor/docs", "https://github.com/harbor-labs/harbor", "no"],
  ["git@github.com:harbor-labs/harbor.git", "https://gitlab.com/harbor-labs/harbor", "no"],
  ["https://gist.github.com/harbor-labs/harbor", "https://github.com/harbor-labs/harbor", "no"],
  ["https://github.com.example/harbor-labs/harbor", "https://github.com/harbor-labs/harbor", "no"],
  ["https://notgithub.com/harbor-labs/harbor", "https://github.com/harbor-labs/harbor", "no"],
  // GitLab
  ["git@gitlab.com:harbor-labs/web/site.git", "https://gitlab.com/harbor-labs/web/site", "same"],
  ["https://gitlab.com/harbor-labs/web/site.git", "https://gitlab.com/Harbor-Labs/Web/Site", "same"],
  [
    "https://oauth2:token@gitlab.com/harbor-labs/web/site.git",
    "https://gitlab.com/harbor-labs/web/site",
    "same",
  ],
  ["ssh://git@altssh.gitlab.com:443/harbor-labs/site.git", "https://gitlab.com/harbor-labs/site", "same"],
  ["git@gitlab.com:harbor-labs/site.git", "https://gitlab.com/harbor-labs/web/site", "no"],
  ["git@gitlab.com:harbor-labs/web/site.git", "https://gitlab.com/harbor-labs/site", "no"],
  // Bitbucket
  ["git@bitbucket.org:harbor-labs/pilot.git", "https://bitbucket.org/harbor-labs/pilot", "same"],
  ["https://ada@bitbucket.org/harbor-labs/pilot.git", "https://bitbucket.org/harbor-labs/pilot", "same"],
  [
    "ssh://git@altssh.bitbucket.org:443/harbor-labs/pilot.git",
    "https://bitbucket.org/harbor-labs/pilot",
    "same",
  ],
  ["ssh://hg@bitbucket.org/harbor-labs/pilot", "https://bitbucket.org/harbor-labs/pilot.git", "same"],
  ["git@bitbucket.org:harbor-labs/pilot.git", "https://github.com/harbor-labs/pilot", "no"],
  // Other hosts: public addresses that Render builds from
  ["ssh://git@git.harbor.example:2222/labs/harbor.git", "https://git.harbor.example/labs/harbor", "same"],
  ["[git@git.harbor.example:2222]:labs/harbor.git", "https://git.harbor.example/labs/harbor", "same"],
  ["https://git.harbor.example:8443/labs/harbor", "https://git.harbor.example/labs/harbor", "same"],
  ["git@git.harbor.example:labs/harbor", "https://git.other.example/labs/harbor", "no"],
  ["git@ssh.dev.azure.com:v3/harbor/quay/web", "https://dev.azure.com/harbor/quay/_git/web", "same"],
  ["https://harbor@dev.azure.com/harbor/quay/_git/web", "https://dev.azure.com/harbor/quay/_git/web", "same"],
  ["https://dev.azure.com/harbor/quay/_git/web", "https://dev.azure.com/harbor/quay/_git/api", "no"],
  // ssh aliases
  ["git@github-work:harbor-labs/harbor.git", "https://github.com/harbor-labs/harbor", "alias"],
  ["git@github_work:harbor-labs/harbor.git", "https://github.com/harbor-labs/harbor", "alias"],
  ["work:harbor-labs/harbor.git", "https://github.com/harbor-labs/harbor", "alias"],
  ["git@GitHub-Work:Harbor-Labs/Harbor.git", "https://github.com/harbor-labs/harbor", "alias"],
  ["git@github.com-work:harbor-labs/harbor.git", "https://github.com/harbor-labs/harbor", "alias"],
  ["git@github.com_work:harbor-labs/harbor.git", "https://github.com/harbor-labs/harbor", "alias"],
  ["git@work.github.com:harbor-labs/harbor.git", "https://github.com/harbor-labs/harbor", "alias"],
  ["ssh://git@github-work/harbor-labs/harbor.git", "https://github.com/harbor-labs/harbor", "alias"],
  ["ssh://git@github-work:22/harbor-labs/harbor", "https://github.com/harbor-labs/harbor", "alias"],
  ["git@lab:harbor-labs/web/site.git", "https://gitlab.com/harbor-labs/web/site", "alias"],
  ["git@ssh.work:harbor-labs/harbor.git", "https://github.com/harbor-labs/harbor", "no"],
  ["git@github-work:harbor-labs/other.git", "https://github.com/harbor-labs/harbor", "no"],
  ["git@github-work:harbor.git", "https://github.com/harbor-labs/harbor", "no"],
  ["git@lab:harbor-labs/site.git", "https://gitlab.com/harbor-labs/web/site", "no"],
  ["https://github-work/harbor-labs/harbor", "https://github.com/harbor-labs/harbor", "no"],
  ["git@gitlab.com-work:harbor-labs/harbor.git", "https://github.com/harbor-labs/harbor", "no"],
  ["git@github.community:harbor-labs/harbor.git", "https://github.com/harbor-labs/harbor", "no"],
  // What is no address of a host
  ["/srv/git/harbor-labs/harbor.git", "https://github.com/harbor-labs/harbor", "no"],
  ["/srv/git/harbor.git", "/srv/git/harbor.git", "no"],
  ["../harbor-labs/harbor", "https://github.com/harbor-labs/harbor", "no"],
  ["file:///srv/harbor-labs/harbor.git", "https://github.com/harbor-labs/harbor", "no"],
  ["C:/harbor-labs/harbor", "https://github.com/harbor-labs/harbor", "no"],
  ["C:\\harbor-labs\\harbor", "https://github.com/harbor-labs/harbor", "no"],
  ["\\\\server\\harbor-labs\\harbor", "https://github.com/harbor-labs/harbor", "no"],
  ["", "https://github.com/harbor-labs/harbor", "no"],
  ["git@github.com:harbor-labs/harbor.git", "", "no"],
  ["git@github.com:harbor-labs/harbor.git", "not an address", "no"],
];

describe("compareRemotes and sameRepository", () => {
  for (const [remote, repo, agree] of pairs)
    it(`${JSON.stringify(remote)} and ${JSON.stringify(repo)}: ${agree}`, () => {
      assert.equal(compareRemotes(remote, repo)?.kind ?? "no", agree);
      assert.equal(sameRepository(remote, repo), agree === "same");
      // Whose address is whose matters only where an alias may be meant.
      assert.equal(sameRepository(repo, remote), agree === "same");
    });

  it("are tried on sixty pairs or more, equal and unequal", () => {
    assert.ok(pairs.length >= 60);
    for (const kind of ["same", "alias", "no"])
      assert.ok(pairs.filter(([, , agree]) => agree === kind).length >= 9, kind);
  });

  it("name the alias as it is written, in lower case", () => {
    assert.deepEqual(compareRemotes("git@GitHub-Work:a/b.git", "https://github.com/a/b"), {
      kind: "alias",
      alias: "github-work",
    });
  });
});
