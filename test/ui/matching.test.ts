import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { newService, type ServiceWish } from "../simulator/newService.js";
import { commit, createRepository, git } from "../support/gitRepository.js";
import { eventually } from "../vscode/eventually.js";
import type { EditorWindow } from "../vscode/editorWindow.js";
import type { ModalDialog } from "../vscode/modalDialog.js";
import { withStage } from "./onStage.js";
import { lighthouse, Stage } from "./stage.js";

const quay = "https://github.com/harbor-labs/quay";
const parts = [
  ["quay-api", "services/api"],
  ["quay-web", "apps/web"],
  ["quay-worker", "services/worker"],
] as const;

describe("Matching services", () => {
  let stage: Stage;
  let window: EditorWindow | undefined;
  /** A monorepo of three services. */
  let monorepo: string;

  before(async () => {
    stage = await Stage.open();
    monorepo = join(stage.temporary, "quay");
    await createRepository({ folder: monorepo, remote: "git@github.com:harbor-labs/quay.git" });
    await commit(monorepo, "Lay the stones", {
      "services/api/api.ts": "",
      "apps/web/web.ts": "",
      "services/worker/worker.ts": "",
      "top.md": "",
    });
  });
  beforeEach(() => {
    stage.simulator.reset();
    for (const [name, rootDir] of parts) add({ name, rootDir, repo: quay });
  });
  afterEach(async () => {
    await window?.close();
    window = undefined;
  });
  after(() => stage.close());

  function add(wish: Omit<ServiceWish, "ownerId">): void {
    const { ownerId } = stage.simulator.service(lighthouse.serviceId).service;
    stage.simulator.addService(newService({ ...wish, ownerId }));
  }

  /** A signed-in window on a folder or a workspace file, with the services loaded. */
  async function open(folder: string): Promise<EditorWindow> {
    window = await stage.signedInWindow({ folder });
    await foldersShown(window);
    await window.openView("Render");
    await window.tree().row("lighthouse");
    return window;
  }

  /** For a user it has never seen, VS Code in a browser now and then misses the folders of a workspace file at first. */
  async function foldersShown(shown: EditorWindow): Promise<void> {
    await shown.openView("Explorer");
    const folder = shown.page.locator(".explorer-folders-view .monaco-list-row").first();
    const isShown = async (): Promise<true | undefined> => {
      const isThere = await folder.waitFor({ timeout: 5_000 }).then(
        () => true as const,
        () => undefined,
      );
      if (!isThere) await shown.reload();
      return isThere;
    };
    await eventually("the folders of the window", isShown, { timeoutMs: 20_000 });
  }

  /** A `.code-workspace` file of these folders. */
  async function workspace(name: string, ...folders: string[]): Promise<string> {
    const file = join(stage.temporary, `${name}.code-workspace`);
    await writeFile(file, JSON.stringify({ folders: folders.map(path => ({ path })) }));
    return file;
  }

  const headOf = (folder: string): Promise<string> => git(folder, "rev-parse", "HEAD");

  /** Reads the question and leaves it. */
  async function read(shown: EditorWindow): Promise<ModalDialog> {
    const question = await shown.modal();
    await question.cancel();
    return question;
  }

  /** Clicks Deploy, reads the question and leaves it. */
  async function asked(shown: EditorWindow): Promise<ModalDialog> {
    await stage.button(shown).click();
    return read(shown);
  }

  /** Rows are drawn anew when another file is opened, so the tooltip may lag behind for a moment. */
  async function tooltipSays(shown: EditorWindow, label: string, text: RegExp): Promise<void> {
    await eventually(`the tooltip of ${label} to say ${String(text)}`, async () => {
      const tooltip = await (await shown.tree().row(label)).tooltip();
      return text.test(tooltip) || undefined;
    });
  }

  it("of a monorepo: the open file's root directory decides, and the question says so", async () => {
    const shown = await open(monorepo);
    const head = (await headOf(monorepo)).slice(0, 7);
    await stage.button(shown).waitForText("Deploy");
    await shown.openFile("api.ts");
    await stage.button(shown).waitForText("Deploy quay-api");
    const api = await asked(shown);
    assert.equal(api.text, `Deploy ${head} Lay the stones (main) to quay-api?`);
    const [first = ""] = api.detail.split("\n\n");
    assert.equal(
      first,
      "Web Service in Harbor Labs\nChosen because: root directory services/api, follows branch main.",
    );
    await shown.openFile("web.ts");
    await stage.button(shown).waitForText("Deploy quay-web");
    assert.match((await asked(shown)).text, / to quay-web\?$/u);
  });

  it("of a monorepo: where the open file is nobody's, the person picks, and each row says why it matches", async () => {
    const shown = await open(monorepo);
    await shown.openFile("top.md");
    await stage.button(shown).click();
    const rows = (await shown.quick.rows()).slice(0, parts.length);
    assert.deepEqual(rows.map(({ label }) => label.trim()).sort(), parts.map(([name]) => name).sort());
    for (const { detail } of rows)
      assert.equal(detail, "Web Service · follows branch main · the open file is not one of its files");
    await shown.quick.cancel();
    await shown.openFile("worker.ts");
    await shown.palette("Render: Trigger Deploy");
    const [first] = await shown.quick.rows();
    assert.equal(first?.label.trim(), "quay-worker");
    assert.equal(first.detail, "Web Service · root directory services/worker · follows branch main");
    await shown.quick.cancel();
    await tooltipSays(shown, "quay-worker", /Matches: root directory services\/worker, /u);
  });

  it("by any of several remotes, also behind an ssh alias, which is said", async () => {
    const folder = join(stage.temporary, "fork");
    await createRepository({
      folder,
      remote: "git@github.com:ada-marsh/lighthouse.git",
      commits: ["Polish the lens"],
    });
    await git(folder, "remote", "add", "upstream", "git@github-work:harbor-labs/lighthouse.git");
    const shown = await open(folder);
    await stage.button(shown).waitForText("Deploy lighthouse");
    await stage.button(shown).click();
    const question = await shown.modal();
    assert.match(question.detail, /Chosen because: likely built from here \(ssh alias github-work\)/u);
    await question.click("Deploy Anyway");
    await shown.toast("lighthouse is live with", 30_000);
    assert.deepEqual(stage.triggers(), [{ commitId: await headOf(folder) }]);
  });

  it("of a submodule: the innermost repository of the open file decides", async () => {
    const folder = join(stage.temporary, "parent");
    await createRepository({ folder, remote: "git@github.com:harbor-labs/quay.git", commits: ["Begin"] });
    await git(
      folder,
      "-c",
      "protocol.file.allow=always",
      "submodule",
      "--quiet",
      "add",
      stage.folder,
      "lamp",
    );
    await git(
      join(folder, "lamp"),
      "remote",
      "set-url",
      "origin",
      "git@github.com:harbor-labs/lighthouse.git",
    );
    await commit(folder, "Add the lamp", { "services/api/api.ts": "" });
    await commit(join(folder, "lamp"), "Light it here", { "lamp.ts": "" });
    const shown = await open(folder);
    await shown.openFile("lamp.ts");
    await stage.button(shown).waitForText(/^Deploy lighthouse/u);
    const own = (await headOf(join(folder, "lamp"))).slice(0, 7);
    assert.equal((await asked(shown)).text, `Deploy ${own} Light it here (main) to lighthouse?`);
    await shown.openFile("api.ts");
    await stage.button(shown).waitForText("Deploy quay-api");
    const parent = (await headOf(folder)).slice(0, 7);
    assert.equal((await asked(shown)).text, `Deploy ${parent} Add the lamp (main) to quay-api?`);
  });

  it("of a worktree: HEAD is the one of the worktree that is open, and its branch decides", async () => {
    const folder = join(stage.temporary, "tree");
    await git(monorepo, "worktree", "add", "--quiet", "-b", "develop", folder);
    await commit(folder, "Try a crane", { "services/worker/crane.ts": "" });
    add({ name: "quay-worker-staging", rootDir: "services/worker", repo: quay, branch: "develop" });
    const worktree = (await headOf(folder)).slice(0, 7);
    const main = (await headOf(monorepo)).slice(0, 7);

    const both = await open(await workspace("both", monorepo, folder));
    await both.openFile("crane.ts");
    await stage.button(both).waitForText("Deploy quay-worker-staging");
    const question = await asked(both);
    assert.equal(question.text, `Deploy ${worktree} Try a crane (develop) to quay-worker-staging?`);
    assert.match(
      question.detail,
      /root directory services\/worker, follows branch develop, built from tree\./u,
    );
    await both.close();

    const alone = await open(monorepo);
    await alone.openFile("worker.ts");
    await stage.button(alone).waitForText("Deploy quay-worker");
    assert.equal((await asked(alone)).text, `Deploy ${main} Lay the stones (main) to quay-worker?`);
    await alone.palette("View: Close All Editors");
    await (await alone.tree().row("quay-worker")).contextMenu("Trigger Deploy");
    assert.equal((await read(alone)).text, `Deploy ${main} Lay the stones (main) to quay-worker?`);
    await git(monorepo, "worktree", "remove", "--force", folder);
  });

  it("of several folders with a nested repository: never simply the first", async () => {
    const outer = join(stage.temporary, "outer");
    const nested = join(outer, "beacon");
    const other = join(stage.temporary, "second");
    await createRepository({ folder: outer, remote: "git@github.com:harbor-labs/tide-tables.git" });
    await commit(outer, "Tables", { "tides.ts": "" });
    await createRepository({ folder: nested, remote: "git@github.com:harbor-labs/lighthouse.git" });
    await commit(nested, "Nested light", { "beacon.ts": "" });
    await createRepository({ folder: other, remote: "https://github.com/Harbor-Labs/Lighthouse.git" });
    await commit(other, "Second light", { "second.ts": "" });
    const shown = await open(await workspace("several", outer, other));

    for (const [file, repository, subject, service] of [
      ["second.ts", other, "Second light", "lighthouse"],
      ["tides.ts", outer, "Tables", "tide-tables"],
      ["beacon.ts", nested, "Nested light", "lighthouse"],
    ] as const) {
      await shown.openFile(file);
      await stage.button(shown).waitForText(`Deploy ${service}`);
      const head = (await headOf(repository)).slice(0, 7);
      assert.equal((await asked(shown)).text, `Deploy ${head} ${subject} (main) to ${service}?`);
    }

    await shown.palette("View: Close All Editors");
    await (await shown.tree().row("lighthouse")).contextMenu("Trigger Deploy");
    const rows = (await shown.quick.rows()).map(({ label }) => label.trim());
    assert.deepEqual(rows.sort(), ["beacon", "second"]);
    await shown.quick.cancel();
  });

  it("by what render.yaml names, as long as it does", async () => {
    const folder = join(stage.temporary, "hoist");
    const names = (name: string): Record<string, string> => ({
      "render.yaml": `services: [{ type: web, name: ${name}, runtime: image }]`,
    });
    await createRepository({ folder, remote: "git@github.com:harbor-labs/hoist.git" });
    await commit(folder, "Lift", names("quay-thumbs"));
    add({ name: "quay-thumbs", image: "ghcr.io/harbor-labs/thumbs:1.4" });
    const shown = await open(folder);
    await stage.button(shown).waitForText("Deploy quay-thumbs");
    await tooltipSays(shown, "quay-thumbs", /Matches: named in render\.yaml/u);
    assert.match((await asked(shown)).detail, /^Chosen because: named in render\.yaml\.$/mu);
    await commit(folder, "Lift something else", names("quay-crane"));
    await stage.button(shown).waitForText("Deploy", 30_000);
  });

  it("by a link: seen in the tree, first in the list, named in the question, and taken away again", async () => {
    const shown = await open(monorepo);
    await (await shown.tree().row("lighthouse")).contextMenu("Link Service to Folder…");
    await shown.toast(
      "lighthouse (Web Service in Harbor Labs) is linked to the folder quay. While a file of it is open, Deploy in the status bar deploys this service.",
    );
    await shown.tree().describedRow("lighthouse", /^linked · live /u);
    await tooltipSays(shown, "lighthouse", /Matches: linked to folder quay/u);
    await stage.button(shown).waitForText("Deploy lighthouse");
    await shown.openFile("api.ts");
    await stage.button(shown).waitForText("Deploy lighthouse");
    const question = await asked(shown);
    assert.match(question.text, /^Deploy [0-9a-f]{7} Lay the stones \(main\) to lighthouse\?$/u);
    assert.match(question.detail, /^Web Service in Harbor Labs\nChosen because: linked to folder quay\.\n/u);
    assert.match(
      question.detail,
      /The address of this clone is github\.com\/harbor-labs\/quay, while the service is built from github\.com\/harbor-labs\/lighthouse\. You linked them/u,
    );
    await shown.palette("Render: Trigger Deploy");
    const [first] = await shown.quick.rows();
    assert.equal(first?.label.trim(), "lighthouse");
    assert.equal(first.detail, "Web Service · linked to folder quay · follows branch main");
    await shown.quick.cancel();

    // A folder within, for a service with a root directory: the closer link holds there.
    await shown.clearToasts();
    await (await shown.tree().row("quay-worker")).contextMenu("Link Service to Folder…");
    const folders = (await shown.quick.rows()).map(({ label, description }) => [label.trim(), description]);
    assert.deepEqual(folders, [
      ["worker", "root directory of quay-worker"],
      ["quay", "the whole folder · now linked to lighthouse"],
    ]);
    await shown.quick.pick("worker");
    await shown.toast("quay-worker (Web Service in Harbor Labs) is linked to the folder worker.");
    await shown.openFile("worker.ts");
    await stage.button(shown).waitForText("Deploy quay-worker");

    await shown.tree().describedRow("quay-worker", "linked · no deploys yet");
    await shown.clearToasts();
    await shown.palette("Render: Unlink Service from Folder");
    await shown.quick.pick("quay → lighthouse");
    await shown.toast("The folder quay is no longer linked to lighthouse.");
    await (await shown.tree().row("quay-worker")).contextMenu("Unlink Service from Folder");
    await shown.toast("The folder worker is no longer linked to quay-worker.");
    await shown.tree().describedRow("quay-worker", "no deploys yet");
    const menu = await (await shown.tree().row("quay-worker")).contextMenuItems();
    assert.ok(!menu.includes("Unlink Service from Folder"), String(menu));
    await shown.palette("Render: Unlink Service from Folder");
    await shown.toast("No folder here is linked to a service.");
    assert.deepEqual(stage.triggers(), []);
  });

  it("by a link that outlives the window, until its service is gone: then another can be linked", async () => {
    const shown = await open(monorepo);
    await shown.palette("Render: Link Service to Folder…");
    await shown.quick.type("quay-web");
    await shown.quick.pick("quay-web");
    await shown.quick.pick("quay");
    await shown.toast("quay-web (Web Service in Harbor Labs) is linked to the folder quay.");
    // VS Code writes what it keeps a moment later.
    await shown.clearToasts();
    await shown.reload();
    await stage.button(shown).waitForText("Deploy quay-web", 30_000);
    const gone = stage.simulator.services.find(({ service }) => service.name === "quay-web");
    stage.simulator.removeService(gone?.service.id ?? "");
    await stage.button(shown).click();
    const toast = await shown.toast("quay-web, linked to the folder quay, is not known to Render.", 20_000);
    assert.deepEqual([...toast.buttons].sort(), ["Link Service to Folder…", "Unlink"]);
    await toast.click("Link Service to Folder…");
    await shown.quick.type("quay-api");
    await shown.quick.pick("quay-api");
    await shown.toast("quay-api (Web Service in Harbor Labs) is linked to the folder quay.");
    await stage.button(shown).waitForText("Deploy quay-api");
    assert.deepEqual(stage.triggers(), []);
  });
});

describe("Links", () => {
  for (const [name, options] of [
    ["hold in Restricted Mode, as they are the person's own", { trusted: false }],
    ["hold in a folder without Git", { folder: "plain" }],
  ] as const)
    it(name, () =>
      withStage(options, async stage => {
        const window = await stage.signedInWindow();
        await window.palette("Render: Link Service to Folder…");
        await window.quick.type("tide-tables");
        await window.quick.pick("tide-tables");
        await window.toast("tide-tables (Web Service in Harbor Labs) is linked to the folder");
        await stage.button(window).waitForText("Deploy tide-tables");
        await stage.button(window).click();
        const question = await window.modal();
        assert.equal(question.text, "Deploy the newest commit of main to tide-tables?");
        assert.match(question.detail, /Chosen because: linked to folder /u);
        await question.cancel();
      }),
    );

  it("need a folder, and say so", () =>
    withStage({ folder: "none" }, async stage => {
      const window = await stage.signedInWindow();
      await window.palette("Render: Link Service to Folder…");
      const toast = await window.toast("No folder is open here, so there is nothing to link a service to.");
      assert.deepEqual(toast.buttons, ["Open Folder"]);
    }));
});
