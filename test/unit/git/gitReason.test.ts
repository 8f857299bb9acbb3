import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gitFaultOf, writtenBy, type GitFailure } from "../../../src/git/gitFault.js";
import { commit, createRepository, git } from "../../support/gitRepository.js";

/** What real Git, a hook or ssh wrote, and what a person is told of it. */
describe("the reason why Git failed", function () {
  // Git is asked again and again.
  this.timeout(20_000);
  let place: string;
  let folder: string;
  let bare: string;

  beforeEach(async () => {
    place = await realpath(await mkdtemp(join(tmpdir(), "reason-")));
    folder = join(place, "shop");
    bare = join(place, "bare.git");
    await createRepository({ folder, commits: ["Open the shop"], remote: bare });
    await git(place, "init", "--quiet", "--bare", "--initial-branch", "main", bare);
    await git(folder, "push", "--quiet", "origin", "main");
    await commit(folder, "Close the shop", { "sign.txt": "closed\n" });
  });
  afterEach(() => rm(place, { recursive: true }));

  /** How Git ends, as the Git extension tells it. */
  function failed(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<GitFailure> {
    return new Promise((resolve, reject) => {
      const environment = {
        ...process.env,
        LC_ALL: "C",
        GIT_TERMINAL_PROMPT: "0",
        GIT_CONFIG_GLOBAL: "/dev/null",
        ...env,
      };
      execFile("git", args, { cwd: folder, env: environment }, (error, stdout, stderr) => {
        if (error) resolve({ message: "Failed to execute git", stdout, stderr });
        else reject(new Error(`git ${args.join(" ")} did not fail`));
      });
    });
  }

  const push = ["push", "origin", "main"];

  function reasonOf(failure: GitFailure): string {
    const fault = gitFaultOf(failure);
    return fault.kind === "other" ? fault.reason : fault.kind;
  }

  const script = (file: string, text: string): Promise<void> =>
    writeFile(file, `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  const prints = (text: string): string => `cat >&2 <<'END'\n${text}\nEND\nexit 1`;

  const hooks: readonly [name: string, text: string, expected: string][] = [
    ["one line", prints("Tests fail, so nothing is pushed."), "Tests fail, so nothing is pushed."],
    [
      "several lines, in colours",
      `printf '\\033[31mrunning lint\\033[0m\\nlamp.ts:3 no-unused-vars\\n\\n' >&2; exit 1`,
      "running lint lamp.ts:3 no-unused-vars",
    ],
    [
      "on its standard output",
      "echo 'Coverage is 40 %, 80 % are asked for'; exit 1",
      "Coverage is 40 %, 80 % are asked for",
    ],
    [
      "through a tool that ends with words of its own",
      "echo '2 tests failed'; echo 'husky - pre-push hook exited with code 1 (error)' >&2; exit 1",
      "2 tests failed",
    ],
    [
      "as an error",
      prints("Checking…\nerror: branch names must begin with a ticket\nsee CONTRIBUTING.md"),
      "error: branch names must begin with a ticket",
    ],
    [
      "much, and why at its end",
      `seq 1 400 | sed 's/$/ ok/' >&2; echo 'Test 401 failed' >&2; exit 1`,
      "Test 401 failed",
    ],
  ];
  for (const [name, text, expected] of hooks)
    it(`is what a pre-push hook wrote: ${name}`, async () => {
      await script(join(folder, ".git/hooks/pre-push"), text);
      const reason = reasonOf(await failed(push));
      assert.ok(reason.endsWith(expected), reason);
      assert.ok(reason.length <= 240, reason);
    });

  const rules: readonly [name: string, text: string, expected: string][] = [
    [
      "a protected branch",
      "error: GH006: Protected branch update failed for refs/heads/main.\nerror: Changes must be made through a pull request.",
      "GH006: Protected branch update failed for refs/heads/main. Changes must be made through a pull request.",
    ],
    [
      "a file that is too large",
      "error: Trace: 0123456789abcdef\nerror: See https://gh.io/lfs for more information.\nerror: File lamp.bin is 120.00 MB; this exceeds GitHub's file size limit of 100.00 MB\nerror: GH001: Large files detected. You may want to try Git Large File Storage - https://git-lfs.github.com.",
      "GH001: Large files detected. You may want to try Git Large File Storage - https://git-lfs.github.com. File lamp.bin is 120.00 MB; this exceeds GitHub's file size limit of 100.00 MB",
    ],
    [
      "a rule with points",
      "error: GH013: Repository rule violations found for refs/heads/main.\nReview all repository rules at https://github.com/acme/shop/rules\n\n- Commits must have verified signatures.",
      "GH013: Repository rule violations found for refs/heads/main. Commits must have verified signatures.",
    ],
    [
      "in plain words",
      "GitLab: You are not allowed to push code to protected branches on this project.",
      "GitLab: You are not allowed to push code to protected branches on this project.",
    ],
    ["without words", "", "pre-receive hook declined"],
  ];
  for (const [name, text, expected] of rules)
    it(`is what the remote said: ${name}`, async () => {
      await script(join(bare, "hooks/pre-receive"), prints(text));
      assert.equal(reasonOf(await failed(push)), expected);
    });

  const rights =
    "fatal: Could not read from remote repository.\n\nPlease make sure you have the correct access rights\nand the repository exists.";
  const ssh: readonly [name: string, text: string, expected: string][] = [
    ["an unknown host key", "Host key verification failed.", "Host key verification failed."],
    [
      "a changed host key",
      "@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@\n@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @\n@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@\nHost key for github.com has changed and you have requested strict checking.\nHost key verification failed.",
      "Host key for github.com has changed and you have requested strict checking. Host key verification failed.",
    ],
    ["no such repository", "ERROR: Repository not found.", "ERROR: Repository not found."],
    [
      "no such host",
      "ssh: Could not resolve hostname github.invalid: Name or service not known",
      "ssh: Could not resolve hostname github.invalid: Name or service not known",
    ],
    [
      "a host that does not answer",
      "ssh: connect to host github.com port 22: Connection timed out",
      "ssh: connect to host github.com port 22: Connection timed out",
    ],
    [
      "a first meeting, and no right to write",
      "Warning: Permanently added 'github.com' (ED25519) to the list of known hosts.\nERROR: Permission to acme/shop.git denied to ada.",
      "ERROR: Permission to acme/shop.git denied to ada.",
    ],
    ["a key that is not accepted", "git@github.com: Permission denied (publickey).", "signIn"],
  ];
  for (const [name, text, expected] of ssh)
    it(`is what ssh said: ${name}`, async () => {
      const stub = join(place, "ssh");
      await script(stub, prints(text));
      await git(folder, "remote", "set-url", "origin", "git@github.com:acme/shop.git");
      const env = { GIT_SSH_COMMAND: stub, GIT_SSH_VARIANT: "simple" };
      for (const args of [push, ["fetch", "origin"], ["pull", "origin", "main"]]) {
        const failure = await failed(args, env);
        assert.match(failure.stderr ?? "", /fatal: Could not read from remote repository\./u);
        const reason = reasonOf(failure);
        assert.ok(reason.endsWith(expected), reason);
      }
      assert.equal(reasonOf({ message: "", stderr: `${text}\n${rights}\n` }).endsWith(expected), true);
    });

  it("is Git's own first error: a host that is not there, without the password of its address", async () => {
    await git(folder, "remote", "set-url", "origin", "https://ada:pass-word@127.0.0.1:1/shop.git");
    const failure = await failed(push);
    assert.match(
      reasonOf(failure),
      /^fatal: unable to access 'https:\/\/(?:\*\*\*@)?127\.0\.0\.1:1\/shop\.git\/': /u,
    );
    assert.doesNotMatch([reasonOf(failure), ...writtenBy(failure)].join("\n"), /pass-word|ada/u);
  });

  it("is Git's own first error: a repository that is not there", async () => {
    await git(folder, "remote", "set-url", "origin", join(place, "gone.git"));
    assert.match(
      reasonOf(await failed(push)),
      /^fatal: '.*gone\.git' does not appear to be a git repository$/u,
    );
  });

  it("is Git's own first error: a file that another Git has locked", async () => {
    await writeFile(join(folder, ".git/index.lock"), "");
    const reason = reasonOf(await failed(["checkout", "-b", "fog", "HEAD~1"]));
    assert.match(reason, /^fatal: Unable to create '.*index\.lock': File exists\.$/u);
  });

  it("is Git's own first error: nothing by that name", async () => {
    assert.equal(
      reasonOf(await failed(["push", "origin", "nope"])),
      "error: src refspec nope does not match any",
    );
  });

  it("is what stands beside the branch that was refused", async () => {
    await git(folder, "tag", "v1");
    await git(folder, "push", "--quiet", "origin", "v1");
    await git(folder, "tag", "--force", "v1", "HEAD~1");
    assert.equal(reasonOf(await failed(["push", "origin", "v1"])), "already exists");
  });

  it("is that the remote has more, whatever a hook wrote besides", async () => {
    await git(folder, "push", "--quiet", "origin", "main");
    await git(folder, "reset", "--quiet", "--hard", "HEAD~1");
    await commit(folder, "Open again", { "sign.txt": "open\n" });
    await script(join(folder, ".git/hooks/pre-push"), "echo 'All tests pass' >&2");
    assert.equal(reasonOf(await failed(push)), "behind");
  });

  it("is never a sign-in because of what a hook wrote", async () => {
    await script(
      join(folder, ".git/hooks/pre-push"),
      prints("Authentication failed for the staging database"),
    );
    const failure = { ...(await failed(push)), gitErrorCode: "AuthenticationFailed" };
    assert.equal(reasonOf(failure), "Authentication failed for the staging database");
  });

  it("is Git's last words where there are no others, and the extension's where there are none", () => {
    const last = "fatal: Could not read from remote repository.";
    assert.equal(reasonOf({ message: "Failed to execute git", stderr: `${last}\n` }), last);
    assert.equal(reasonOf({ message: "Failed to execute git" }), "Failed to execute git");
  });
});

describe("what goes to the output", () => {
  it("is every line, of a hook's standard output too", async () => {
    const failure = { message: "Failed to execute git", stderr: "one\ntwo\rthree\n\n", stdout: "four\r\n" };
    assert.deepEqual(writtenBy(failure), ["one", "two", "three", "four"]);
    assert.deepEqual(writtenBy({ message: "Failed to execute git" }), ["Failed to execute git"]);
  });

  for (const [text, expected] of [
    [
      "fatal: unable to access 'https://ada:p@ss@host.example/shop.git/': no",
      "fatal: unable to access 'https://***@host.example/shop.git/': no",
    ],
    ["To https://ghp_0123@github.com/acme/shop", "To https://***@github.com/acme/shop"],
    [
      "ssh://git@github.com/acme/shop and git@github.com:acme/shop",
      "ssh://git@github.com/acme/shop and git@github.com:acme/shop",
    ],
    ["ssh://git:secret@host.example/acme/shop", "ssh://git:***@host.example/acme/shop"],
    ["=> Send header: Authorization: Basic YWRhOnNlY3JldA==", "=> Send header: Authorization: Basic ***"],
    ["https://registry.example/@acme/shop", "https://registry.example/@acme/shop"],
  ] as const)
    it(`holds no credentials: ${expected}`, () => {
      assert.deepEqual(writtenBy({ message: "", stderr: text }), [expected]);
    });
});
