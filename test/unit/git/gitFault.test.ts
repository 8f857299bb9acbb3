import assert from "node:assert/strict";
import { gitFaultOf, type GitFailure, type GitFault } from "../../../src/git/gitFault.js";

const message = "Failed to execute git";
const other = (reason: string): GitFault => ({ kind: "other", reason });

describe("gitFaultOf", () => {
  const rows: readonly [name: string, failure: Partial<GitFailure>, expected: GitFault][] = [
    [
      "a remote that is ahead",
      {
        gitErrorCode: "PushRejected",
        stderr:
          "To github.com:a/b.git\n ! [rejected]        main -> main (fetch first)\nerror: failed to push some refs to 'github.com:a/b.git'\n",
      },
      { kind: "behind" },
    ],
    [
      "a protected branch, which no pull helps with",
      {
        gitErrorCode: "PushRejected",
        stderr:
          "remote: Resolving deltas: 100%\nremote: error: GH006: Protected branch update failed for refs/heads/main.\nremote: error: Changes must be made through a pull request.\n ! [remote rejected] main -> main (protected branch hook declined)\nerror: failed to push some refs to 'github.com:a/b.git'\n",
      },
      other(
        "GH006: Protected branch update failed for refs/heads/main. Changes must be made through a pull request.",
      ),
    ],
    [
      "a hook that says nothing",
      {
        gitErrorCode: "PushRejected",
        stderr:
          " ! [remote rejected] main -> main (pre-receive hook declined)\nerror: failed to push some refs to '/b'\n",
      },
      other("pre-receive hook declined"),
    ],
    ["a password", { gitErrorCode: "AuthenticationFailed" }, { kind: "signIn" }],
    [
      "an ssh key",
      {
        gitErrorCode: "RemoteConnectionError",
        stderr:
          "git@github.com: Permission denied (publickey).\nfatal: Could not read from remote repository.\n",
      },
      { kind: "signIn" },
    ],
    ["conflicts", { gitErrorCode: "Conflict", stderr: "" }, { kind: "conflicts" }],
    [
      "local changes",
      {
        gitErrorCode: "DirtyWorkTree",
        stderr:
          "error: Your local changes to the following files would be overwritten by merge:\n\tlamp.txt\nAborting\n",
      },
      { kind: "localChanges" },
    ],
    [
      "untracked files",
      {
        stderr:
          "error: The following untracked working tree files would be overwritten by merge:\n\tlamp.txt\nAborting\n",
      },
      { kind: "localChanges" },
    ],
    [
      "no network",
      { stderr: "ssh: connect to host github.com port 22: timed out\nfatal: Could not read\n" },
      other("ssh: connect to host github.com port 22: timed out"),
    ],
    ["nothing", {}, other(message)],
  ];
  for (const [name, failure, expected] of rows)
    it(`reads ${name}`, () => {
      assert.deepEqual(gitFaultOf({ message, ...failure }), expected);
    });
});
