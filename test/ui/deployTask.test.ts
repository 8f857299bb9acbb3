import assert from "node:assert/strict";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { eventually } from "../vscode/eventually.js";
import { pinnedEditors } from "../vscode/pinned.js";
import { onStage, stage, window, withStage } from "./onStage.js";
import { lighthouse } from "./stage.js";
import { editorUnderTest } from "./underTest.js";

/** Beside the repository, so that nothing in it changes. */
const order = "order.txt";

const quiet = { problemMatcher: [] };
/** So that each test reads its own lines alone. */
const deploy = { type: "render", service: "lighthouse", presentation: { clear: true } };
const typeErrors = {
  owner: "typescript",
  fileLocation: ["relative", "${workspaceFolder}"],
  pattern: {
    regexp: "^([^\\s].*)\\((\\d+),(\\d+)\\): (error|warning) (TS\\d+): (.*)$",
    file: 1,
    line: 2,
    column: 3,
    severity: 4,
    code: 5,
    message: 6,
  },
};
const inTurn = { dependsOrder: "sequence", ...quiet };
const tasks = {
  version: "2.0.0",
  tasks: [
    { label: "test", type: "shell", command: `echo test >> ../${order}`, ...quiet },
    { label: "deploy", ...deploy, commit: "HEAD" },
    { label: "smoke test", type: "shell", command: `echo smoke test >> ../${order}`, ...quiet },
    { label: "release", dependsOn: ["test", "deploy", "smoke test"], ...inTurn },
    { label: "deploy tide tables", ...deploy, service: "tide-tables", commit: "newest" },
    { label: "release both", dependsOn: ["deploy", "deploy tide tables"], ...inTurn },
    { label: "deploy without waiting", ...deploy, wait: false },
    { label: "deploy and find errors", ...deploy, wait: true, problemMatcher: typeErrors },
    { label: "deploy nothing", ...deploy, service: "lighthose" },
    { label: "deploy two things", ...deploy, commit: "newest", image: "1.5" },
  ],
};
const files = { ".vscode/tasks.json": JSON.stringify(tasks, undefined, 2) };

/**
 * The server of the oldest VS Code comes without what its shell tasks need, and that VS Code has no notice of a task's end
 * yet: there these are no tests, rather than skipped ones. Tasks of extensions run in it all the same.
 */
const itWithShells = editorUnderTest().version === pinnedEditors.newest.version ? it : () => undefined;

/** Keeps the titles of what the page has the system show, which a browser without a screen does not. */
const noticesOfTheSystem = `{
  globalThis.systemNotices = [];
  globalThis.Notification = class extends EventTarget {
    static permission = "granted";
    static requestPermission = () => Promise.resolve("granted");
    constructor(title) {
      super();
      systemNotices.push(title);
    }
    close() {}
  };
}`;

describe("a deploy as a task", () => {
  // So that all that is written is in sight.
  onStage({
    files,
    settings: { "workbench.panel.opensMaximized": "always", "terminal.integrated.fontSize": 7 },
  });

  const done = async (): Promise<string[]> => {
    const text = await readFile(join(stage.temporary, order), "utf8").catch(() => "");
    return text.split("\n").filter(line => line !== "");
  };
  const doneShows = (expected: readonly string[]): Promise<true> =>
    eventually(
      `${expected.join(", ")} to have run`,
      async () => (JSON.stringify(await done()) === JSON.stringify(expected) ? true : undefined),
      { instead: async () => JSON.stringify(await done()) },
    );
  const confirm = async (): Promise<void> => {
    const question = await window.modal();
    assert.equal(
      question.text,
      `Deploy ${stage.head.slice(0, 7)} Turn the lamp faster in fog (main) to lighthouse?`,
    );
    await question.click("Deploy");
  };

  beforeEach(() => rm(join(stage.temporary, order), { force: true }));

  it("tells its story in the terminal, and ends with it", async () => {
    await window.runTask("deploy");
    await confirm();
    await window.terminalShows(/Deploy [0-9a-f]{7} Turn the lamp faster in fog \(main\)/u);
    await window.terminalShows("asked for by Ada Marsh, from a task");
    await window.toast("lighthouse is live with", 20_000);
    await window.terminalShows(/\d\d:\d\d:\d\d {2}Building.*==> Build successful.*Building took \d+ s/u);
    await window.terminalShows(/\d\d:\d\d:\d\d {2}lighthouse is live with [0-9a-f]{7} /u);
    await window.terminalShows("Terminal will be reused by tasks");
    assert.doesNotMatch(await window.terminalText(), /exit code/u);
    assert.deepEqual(stage.triggers(), [{ commitId: stage.head }]);
  });

  itWithShells("runs between others: what depends on it begins once it is live", async () => {
    await window.runTask("release");
    await confirm();
    await window.toast("Deploying lighthouse: Building");
    assert.deepEqual(await done(), ["test"]);
    await window.toast("lighthouse is live with", 20_000);
    await doneShows(["test", "smoke test"]);
  });

  itWithShells("stops what depends on it when it fails", async () => {
    stage.simulator.nextDeploy(lighthouse.serviceId, { fails: "build" });
    await window.runTask("release");
    await confirm();
    await window.toast("lighthouse was not deployed: the build failed", 20_000);
    await window.terminalShows("The terminal process terminated with exit code: 1");
    await window.terminalShows("src/berths.ts(42,7): error TS2322:");
    assert.deepEqual(await done(), ["test"]);
  });

  it("is followed by the deploy of another service once it is live, and by none when it fails", async () => {
    await window.runTask("release both");
    await confirm();
    await window.toast("lighthouse is live with", 20_000);
    const next = await window.modal();
    assert.match(next.text, /to tide-tables\?$/u);
    await next.cancel();
    await window.terminalShows("Nothing was sent, as the question was left.");
    assert.equal(stage.triggers().length, 1);
    await window.clearToasts();
    stage.simulator.nextDeploy(lighthouse.serviceId, { fails: "build" });
    await window.runTask("release both");
    await (await window.modal()).click("Deploy");
    await window.toast("lighthouse was not deployed: the build failed", 20_000);
    await window.terminalShows("The terminal process terminated with exit code: 1");
    assert.equal(await window.page.locator(".monaco-dialog-box").count(), 0);
    assert.equal(stage.triggers().length, 2);
  });

  it("prints the lines that say why it failed as they are, so that problem matchers find them", async () => {
    stage.simulator.nextDeploy(lighthouse.serviceId, { fails: "build" });
    await window.runTask("deploy and find errors");
    await confirm();
    await window.toast("lighthouse was not deployed: the build failed", 20_000);
    await eventually("a problem", async () => {
      const problems = await window.problems();
      return problems.includes("Type 'string' is not assignable to type 'number'.") ? true : undefined;
    });
    assert.ok((await window.problemPlaces()).includes("[Ln 42, Col 7]"));
  });

  it("ends with a code of its own when the question is left", async () => {
    await window.runTask("deploy");
    await (await window.modal()).cancel();
    await window.terminalShows("Nothing was sent, as the question was left.");
    await window.terminalShows("The terminal process terminated with exit code: 4");
    assert.deepEqual(stage.triggers(), []);
  });

  it("waits while it is looked at what will ship", async () => {
    await window.runTask("deploy");
    await (await window.modal()).click("Show What Will Ship");
    await window.quick.rows();
    await window.quick.cancel();
    await (await window.toast(/^Deploy [0-9a-f]{7} Turn the lamp faster in fog/u)).click("Deploy…");
    await confirm();
    await window.toast("lighthouse is live with", 20_000);
    await window.terminalShows(/\d\d:\d\d:\d\d {2}lighthouse is live with [0-9a-f]{7} /u);
  });

  it("asks what its end means for the deploy, which goes on unless it is canceled", async () => {
    stage.simulator.nextDeploy(lighthouse.serviceId, { phases: { build: 120_000 } });
    await window.runTask("deploy");
    await confirm();
    await window.terminalShows(/\d\d {2}Building/u);
    await window.palette("Tasks: Terminate Task");
    await window.quick.accept();
    const question = await window.modal();
    assert.equal(question.text, "Cancel the deploy of lighthouse?");
    assert.deepEqual(question.buttons, ["Keep Deploying", "Cancel Deploy"]);
    await question.click("Keep Deploying");
    await window.toast("lighthouse is live with", 20_000);
    assert.ok(!stage.simulator.requests.some(({ path }) => path.endsWith("/cancel")));
  });

  it("asks at Ctrl+C too, and cancels the deploy when its terminal is closed and that is wanted", async () => {
    stage.simulator.nextDeploy(lighthouse.serviceId, { phases: { build: 400_000 } });
    await window.runTask("deploy");
    await confirm();
    await window.terminalShows(/\d\d {2}Building/u);
    await window.page.locator(".part.panel .xterm-screen").click();
    await window.page.keyboard.press("Control+C");
    await (await window.modal()).click("Keep Deploying");
    await window.palette("Terminal: Kill the Active Terminal Instance");
    await (await window.modal()).click("Cancel Deploy");
    await window.toast("You canceled the deploy of lighthouse");
  });

  it("ends when Render has accepted it where it does not wait", async () => {
    stage.simulator.nextDeploy(lighthouse.serviceId, { phases: { build: 120_000 } });
    await window.runTask("deploy without waiting");
    await confirm();
    await window.terminalShows("Render has accepted the deploy.");
    await window.terminalShows("Terminal will be reused by tasks");
    assert.doesNotMatch(await window.terminalText(), /exit code/u);
    await window.toast("Deploying lighthouse: Building");
    await window.toast("lighthouse is live with", 20_000);
  });

  it("says what it cannot do of what stands in tasks.json", async () => {
    await window.runTask("deploy nothing");
    await window.terminalShows('no service with the name or the ID "lighthose"');
    await window.terminalShows("The terminal process terminated with exit code: 4");
    await window.runTask("deploy two things");
    await window.terminalShows('Take "commit" or "image" out.');
    assert.deepEqual(stage.triggers(), []);
  });

  it("is offered for the service of what is open, without a line in tasks.json", async () => {
    await window.palette("Tasks: Run Task");
    // The list is longer than what of it is in sight.
    await window.quick.type("render");
    await window.quick.pick("render");
    await window.quick.pick("render: Deploy lighthouse");
    await confirm();
    await window.terminalShows(/\d\d {2}Building/u);
    await window.toast("lighthouse is live with", 20_000);
  });

  it("watches in a terminal what was begun with a button", async () => {
    stage.simulator.nextDeploy(lighthouse.serviceId, { fails: "update", phases: { build: 120_000 } });
    await stage.button(window).click();
    await confirm();
    await window.toast("Deploying lighthouse: Building");
    await window.openView("Render");
    await (await window.tree().row("lighthouse")).expand();
    const row = await window.tree().row(`Building ${stage.head.slice(0, 7)}`);
    await row.contextMenu("Watch in Terminal");
    await window.terminalShows(/Watching the deploy of [0-9a-f]{7} Turn the lamp faster in fog \(main\)/u);
    await window.toast("lighthouse was not deployed", 20_000);
    await window.terminalShows("The terminal process terminated with exit code: 1");
    await window.openView("Explorer");
  });

  it("leaves the deploy alone when the window is loaded anew, which goes on watching it", async () => {
    stage.simulator.nextDeploy(lighthouse.serviceId, { phases: { build: 200_000 } });
    await window.runTask("deploy");
    await confirm();
    await window.terminalShows(/\d\d {2}Building/u);
    await window.reload();
    await window.toast("lighthouse is live with", 40_000);
    assert.equal(await window.page.locator(".monaco-dialog-box").count(), 0);
    assert.ok(!stage.simulator.requests.some(({ path }) => path.endsWith("/cancel")));
    assert.equal(stage.triggers().length, 1);
  });

  // VS Code has the setting from 1.105 on.
  itWithShells("has VS Code tell the end to who looks elsewhere", async () => {
    await stage.server.changeSettings({ "task.notifyWindowOnTaskCompletion": 0 });
    await window.page.evaluate(noticesOfTheSystem);
    await window.runTask("deploy");
    await (await window.modal()).click("Deploy");
    await window.page.evaluate("document.hasFocus = () => false");
    const told = await eventually("a notice of the system", async () => {
      const all: string[] = await window.page.evaluate("systemNotices");
      return all.length > 0 ? all : undefined;
    });
    assert.equal(told.length, 1);
    assert.match(told[0] ?? "", /deploy/u);
  });
});

describe("a deploy as a task, signed out", () => {
  it("asks for the API key, and ends when that is left", () =>
    withStage({ files }, async stage => {
      const window = await stage.newWindow();
      await window.runTask("deploy");
      await eventually("the question for the API key", async () =>
        (await window.quick.box()).title === "Render: Set API Key" ? true : undefined,
      );
      await window.quick.cancel();
      await window.terminalShows("The terminal process terminated with exit code: 4");
      assert.deepEqual(stage.triggers(), []);
    }));
});
