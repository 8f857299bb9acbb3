import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { commit, git } from "../support/gitRepository.js";
import type { EditorWindow } from "../vscode/editorWindow.js";
import { eventually } from "../vscode/eventually.js";
import { Stage, threeCommits } from "./stage.js";

/** How the remote answers: as it should, or never. */
type Remote = "answers" | "hangs";

describe("A partial clone", () => {
  let stage: Stage;
  let live: string;
  let number = 0;

  before(async () => {
    stage = await Stage.open({
      commits: threeCommits,
      // What the Git extension itself fetches for a line's author is none of ours.
      settings: { "git.blame.editorDecoration.enabled": false, "git.blame.statusBarItem.enabled": false },
    });
    live = await git(stage.folder, "rev-parse", "HEAD~1");
    await git(stage.remote, "config", "uploadpack.allowFilter", "true");
    // As a remote of today does, which speaks version 2 of Git's protocol; what stands in for ssh cannot ask for that.
    await git(stage.remote, "config", "uploadpack.allowAnySHA1InWant", "true");
  });
  beforeEach(() => {
    stage.simulator.reset();
  });
  after(() => stage.close());

  interface Clone {
    readonly folder: string;
    readonly head: string;
    /** The connections that were made to the remote. */
    connections(): Promise<number>;
  }

  /** @param from the commit that the clone's branch begins at; what came after it is not in the clone */
  async function clone(filter: string, from: string, remote: Remote = "answers"): Promise<Clone> {
    const name = `clone-${++number}`;
    const [folder, log, ssh] = ["", ".log", ".sh"].map(end => join(stage.temporary, name + end)) as [
      string,
      string,
      string,
    ];
    await git(stage.remote, "branch", "--force", name, from);
    const from_ = ["--single-branch", "--branch", name, `file://${stage.remote}`];
    await git(stage.temporary, "clone", "--quiet", `--filter=${filter}`, ...from_, folder);
    const address = await git(stage.folder, "config", "remote.origin.url");
    await git(folder, "remote", "set-url", "origin", address);
    const head = await commit(folder, "Of the clone", { "buoy.txt": "1\n", "horn.txt": "1\n" });
    await writeFile(log, "");
    // In place of ssh, as of every repository of these tests: see `createRemote`.
    const answer = remote === "hangs" ? "exec sleep 600" : `exec "\${2%% *}" "${stage.remote}"`;
    await writeFile(ssh, `#!/bin/sh\necho called >> "${log}"\n${answer}\n`, { mode: 0o755 });
    await git(folder, "config", "core.sshCommand", `"${ssh}"`);
    await git(folder, "config", "ssh.variant", "simple");
    const connections = async (): Promise<number> => (await readFile(log, "utf8")).split("\n").length - 1;
    return { folder, head, connections };
  }

  async function switchEditors(window: EditorWindow): Promise<void> {
    for (let i = 0; i < 5; i++) for (const file of ["buoy.txt", "horn.txt"]) await window.openFile(file);
  }

  async function opened({ folder }: Clone): Promise<EditorWindow> {
    const window = await stage.signedInWindow({ folder });
    await window.openView("Render");
    return window;
  }

  for (const filter of ["blob:none", "tree:0"])
    it(`of ${filter} makes no connection of itself, and asks for what is live with Fetch`, async () => {
      const here = await clone(filter, `${live}~1`);
      const window = await opened(here);
      await switchEditors(window);
      await stage.button(window).click();
      const question = await window.modal();
      assert.equal(
        question.text,
        `Deploy ${here.head.slice(0, 7)} Of the clone (clone-${number}) to lighthouse?`,
      );
      assert.match(
        question.detail,
        new RegExp(`${live.slice(0, 7)}, which is live, is not in this clone.*Fetch to get it`, "u"),
      );
      assert.equal(await here.connections(), 0);
      const fetch = question.buttons.includes("Fetch") ? "Fetch" : "More…";
      await question.click(fetch);
      if (fetch === "More…") await window.quick.pick("Fetch");
      const again = await window.modal();
      assert.match(again.detail, /This takes back 1 commit of/u);
      assert.ok((await here.connections()) > 0);
      await again.cancel();
      await window.close();
    });

  it("that has what is live says how far HEAD is ahead, and reads no files for it", async () => {
    const lighthouse = stage.simulator.services.find(({ service }) => service.name === "lighthouse");
    const here = await clone("blob:none", "main");
    // Git would read old and new to see whether one was moved to the other.
    await git(here.folder, "rm", "--quiet", "README.md");
    await commit(here.folder, "Rename the log", { "log.md": "# Sample\n\nStep 3: Turn the lamp faster\n" });
    if (lighthouse)
      Object.assign(lighthouse.service, { buildFilter: { paths: ["src/**"], ignoredPaths: [] } });
    const window = await opened(here);
    await eventually("HEAD to be compared", async () =>
      (await stage.button(window).ariaLabel()).includes("3 commits ahead") ? true : undefined,
    );
    await switchEditors(window);
    await stage.button(window).click();
    await (await window.modal()).cancel();
    assert.equal(await here.connections(), 0);
    await window.close();
  });

  it("takes a typed commit that it does not have for what it is", async () => {
    const here = await clone("blob:none", `${live}~1`, "hangs");
    const window = await opened(here);
    await window.palette("Render: Trigger Deploy with Options…");
    await window.quick.type("lighthouse");
    await window.quick.pick("lighthouse");
    await window.quick.pick("A commit by its SHA…");
    await window.quick.answer(stage.head);
    await window.quick.pick("Keep the build cache");
    const question = await window.modal();
    assert.equal(question.text, `Deploy ${stage.head.slice(0, 7)} to lighthouse?`);
    assert.match(question.detail, /Whether the commit is pushed could not be read from Git/u);
    await question.cancel();
    assert.equal(await here.connections(), 0);
    await window.close();
  });

  it("of a remote that never answers deploys HEAD, and leaves no Git behind", async () => {
    const here = await clone("blob:none", `${live}~1`, "hangs");
    await git(here.folder, "update-ref", "refs/remotes/origin/main", here.head);
    const window = await opened(here);
    await switchEditors(window);
    await stage.button(window).click();
    await (await window.modal()).click("Deploy");
    await eventually("the deploy to be asked for", async () =>
      stage.triggers().some(body => JSON.stringify(body) === JSON.stringify({ commitId: here.head }))
        ? true
        : undefined,
    );
    assert.equal(await here.connections(), 0);
    const { stdout } = await promisify(execFile)("ps", ["-A", "-o", "args"]);
    assert.doesNotMatch(stdout, new RegExp(`clone-${number}\\.sh`, "u"));
    await window.close();
  });
});
