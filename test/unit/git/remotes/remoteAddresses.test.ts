import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import fc from "fast-check";
import { readConfig } from "../../../../src/git/remotes/configFiles.js";
import { remotesIn, type RemoteAddresses } from "../../../../src/git/remotes/remoteAddresses.js";
import { createRepository, git } from "../../../support/gitRepository.js";

const run = promisify(execFile);

/** What Git does with the files of a repository, against what is read of them. */
describe("addresses of remotes", function () {
  // Git is asked again and again.
  this.timeout(20_000);
  let home: string;
  let folder: string;

  beforeEach(async () => {
    home = await realpath(await mkdtemp(join(tmpdir(), "addresses-")));
    folder = join(home, "work", "shop");
    await createRepository({ folder, commits: ["Open the shop"] });
  });
  afterEach(() => rm(home, { recursive: true }));

  const env = (): NodeJS.ProcessEnv => ({
    PATH: process.env["PATH"],
    HOME: home,
    GIT_CONFIG_NOSYSTEM: "1",
    ...more,
  });
  let more: Readonly<Record<string, string>> = {};
  beforeEach(() => {
    more = {};
  });

  const write = (file: string, text: string): Promise<void> => writeFile(join(home, file), text);
  const local = (text: string): Promise<void> => write("work/shop/.git/config", text);

  async function read(): Promise<RemoteAddresses[]> {
    const entries = await readConfig({
      files: [join(home, ".config/git/config"), join(home, ".gitconfig"), join(folder, ".git/config")],
      env: env(),
      home,
      gitFolders: [join(folder, ".git")],
      branch: await git(folder, "branch", "--show-current"),
      readText: file => readFile(file, "utf8").catch(() => undefined),
    });
    return remotesIn(entries);
  }

  async function fromGit(name: string, ...options: string[]): Promise<string[]> {
    const { stdout } = await run("git", ["remote", "get-url", "--all", ...options, name], {
      cwd: folder,
      env: env(),
    });
    return stdout.split("\n").slice(0, -1);
  }

  async function isAsGitSays(): Promise<RemoteAddresses[]> {
    const found = await read();
    for (const { name, fetch, push } of found)
      assert.deepEqual({ fetch, push }, { fetch: await fromGit(name), push: await fromGit(name, "--push") });
    return found;
  }

  const origin = '[remote "origin"]\n\turl = gl:acme/shop\n';
  const gitlab = '[url "git@gitlab.com:"]\n\tinsteadOf = gl:\n';
  const shop = "git@gitlab.com:acme/shop";
  const same = (address: string): RemoteAddresses[] => [
    { name: "origin", fetch: [address], push: [address] },
  ];

  const rows: readonly [
    name: string,
    files: Readonly<Record<string, string>>,
    expected: readonly RemoteAddresses[],
    env?: Readonly<Record<string, string>>,
  ][] = [
    ["by the repository's configuration", { local: origin + gitlab }, same(shop)],
    ["by the user's configuration", { local: origin, ".gitconfig": gitlab }, same(shop)],
    ["by the user's other configuration", { local: origin, ".config/git/config": gitlab }, same(shop)],
    [
      "by a file that the user's includes",
      { local: origin, ".gitconfig": "[include]\n\tpath = ~/more/urls\n", "more/urls": gitlab },
      same(shop),
    ],
    [
      "by a file that the repository's includes, by way of another",
      {
        local: `${origin}[include]\n\tpath = ../../../one\n`,
        one: "[include] path = two # beside it\n",
        two: gitlab,
      },
      same(shop),
    ],
    [
      "for the folder of repositories that it lies in",
      { local: origin, ".gitconfig": '[includeIf "gitdir:~/work/"]\n\tpath = urls\n', urls: gitlab },
      same(shop),
    ],
    [
      "for another folder of repositories",
      { local: origin, ".gitconfig": '[includeIf "gitdir:~/play/"]\n\tpath = urls\n', urls: gitlab },
      same("gl:acme/shop"),
    ],
    [
      "for a folder of any place, without regard to case",
      { local: origin, ".gitconfig": '[includeIf "gitdir/i:WORK/*/.git"]\n\tpath = urls\n', urls: gitlab },
      same(shop),
    ],
    [
      "for the branch",
      { local: origin, ".gitconfig": '[includeIf "onbranch:ma**"]\n\tpath = urls\n', urls: gitlab },
      same(shop),
    ],
    [
      "for another branch",
      { local: origin, ".gitconfig": '[includeIf "onbranch:release/"]\n\tpath = urls\n', urls: gitlab },
      same("gl:acme/shop"),
    ],
    [
      "for what a remote is called",
      {
        local: origin,
        ".gitconfig": '[includeIf "hasconfig:remote.*.url:gl:acme/**"]\n\tpath = urls\n',
        urls: gitlab,
      },
      same(shop),
    ],
    [
      "for what no remote is called",
      {
        local: origin,
        ".gitconfig": '[includeIf "hasconfig:remote.*.url:gh:**"]\n\tpath = urls\n',
        urls: gitlab,
      },
      same("gl:acme/shop"),
    ],
    [
      "by the environment",
      { local: origin },
      same(shop),
      {
        GIT_CONFIG_COUNT: "1",
        GIT_CONFIG_KEY_0: "url.git@gitlab.com:.insteadOf",
        GIT_CONFIG_VALUE_0: "gl:",
      },
    ],
    [
      "by several, where the longest counts",
      {
        local: `${origin}${gitlab}[url "https://github.com/acme/"]\n\tinsteadOf = gl:acme/\n`,
        ".gitconfig": '[url "https://example.com/"]\n\tinsteadOf = g\n',
      },
      same("https://github.com/acme/shop"),
    ],
    [
      "for pushing alone",
      { local: `${origin}[url "ssh://git@github.com/"]\n\tpushInsteadOf = "gl:"\n` },
      [{ name: "origin", fetch: ["gl:acme/shop"], push: ["ssh://git@github.com/acme/shop"] }],
    ],
    [
      "for pushing, where an address for it is given, which is rewritten like any",
      {
        local: `${origin}\tpushurl = gl:acme/store\n[url "https://no.example/"]\n\tpushInsteadOf = gl:\n${gitlab}`,
      },
      [{ name: "origin", fetch: [shop], push: ["git@gitlab.com:acme/store"] }],
    ],
    [
      "with several addresses, of which one is for pushing",
      {
        local: `${origin}\turl = gh:acme/shop\n[url "https://github.com/"]\n\tpushInsteadOf = gh:\n${gitlab}`,
      },
      [{ name: "origin", fetch: [shop, "gh:acme/shop"], push: ["https://github.com/acme/shop"] }],
    ],
    [
      "where there are none",
      { local: '[remote "origin"]\n\tfetch = +refs/heads/*:refs/remotes/origin/*\n' },
      [],
    ],
  ];
  for (const [name, files, expected, environment = {}] of rows)
    it(`are rewritten: ${name}`, async () => {
      more = environment;
      for (const [file, text] of Object.entries(files)) {
        if (file === "local") await local(text);
        else {
          await mkdir(join(home, file, ".."), { recursive: true });
          await write(file, text);
        }
      }
      assert.deepEqual(await isAsGitSays(), expected);
    });

  it("are read to an end where files include each other, which Git refuses to work with", async () => {
    const readText = (): Promise<string> =>
      Promise.resolve(`${origin}[include]\n\tpath = one\n[include]\n\tpath = two\n`);
    const entries = await readConfig({
      files: ["/etc/gitconfig"],
      env: {},
      home,
      gitFolders: [],
      branch: undefined,
      readText,
    });
    assert.ok(remotesIn(entries)[0]?.fetch.every(address => address === "gl:acme/shop"));
  });

  it("are what Git says they are, whatever is configured", async () => {
    const base = fc.constantFrom(
      "git@gitlab.com:",
      "https://github.com/",
      "gh:",
      "ssh://git@a.example/",
      "g",
    );
    const start = fc.constantFrom("g", "gh:", "gl:", "gl:acme/", "https://", "https://github.com/", "git@a:");
    const address = fc.constantFrom(
      "gl:acme/shop",
      "gh:acme/shop",
      "https://github.com/acme/shop",
      "git@a:b/c",
    );
    const quoted = (text: string): fc.Arbitrary<string> =>
      fc.constantFrom(
        text,
        `"${text}"`,
        ` ${text} `,
        `${text} ; why`,
        `"${text.slice(0, 2)}"${text.slice(2)}`,
      );
    const rewrite = fc
      .tuple(base, fc.constantFrom("insteadOf", "pushInsteadOf", "INSTEADOF"), start.chain(quoted))
      .map(([to, key, from]) => `[url "${to}"]\n${key}=${from}\n`);
    const remote = fc
      .tuple(fc.constantFrom("origin", "acme/upstream", "acme"), fc.constantFrom("url", "pushurl"), address)
      .map(([name, key, url]) => `[remote "${name}"] ${key} = ${url}\n`);
    const first = fc.tuple(address).map(([url]) => `[remote "origin"]\n  url = ${url}\n`);
    const part = fc.array(fc.oneof(rewrite, remote, fc.constant("# nothing\n[core]\n\tbare\n")), {
      maxLength: 5,
    });
    await fc.assert(
      fc.asyncProperty(first, part, part, part, async (begin, mine, ours, included) => {
        await local([begin, ...ours].join("").replaceAll("\tbare\n", "\tbare = false\n"));
        const user = mine.filter(text => !text.includes("remote") && !text.includes("bare"));
        await write(".gitconfig", `${user.join("")}[include]\n\tpath = included\n`);
        await write("included", included.filter(text => text.startsWith("[url")).join(""));
        await isAsGitSays();
      }),
      { numRuns: 60 },
    );
  });
});
