import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { EditorWindow } from "../vscode/editorWindow.js";
import { eventually } from "../vscode/eventually.js";
import { Stage } from "./stage.js";

const welcomeText = /^Deploy the commit in front of you to Render/u;

describe("The API key", () => {
  let stage: Stage;
  let window: EditorWindow;

  before(async () => {
    stage = await Stage.open();
  });
  after(() => stage.close());

  describe("of a new user", () => {
    before(async () => {
      window = await stage.newWindow();
      await window.openView("Render");
    });
    beforeEach(async () => {
      stage.simulator.reset();
      await window.clearToasts();
      await window.tree().clickWelcome("Set API Key");
    });
    afterEach(async () => {
      await window.quick.cancel();
      assert.match((await window.tree().welcome()).text, welcomeText);
    });
    after(() => window.close());

    it("is asked for by the button of the welcome text, and hidden while it is typed", async () => {
      const { title, placeholder, secret } = await window.quick.box();
      assert.deepEqual(
        { title, placeholder, secret },
        { title: "Render: Set API Key", placeholder: "rnd_…", secret: true },
      );
      assert.match(await window.quick.message(), /kept in VS Code's secret storage/u);
      assert.deepEqual(stage.simulator.requests, []);
    });

    it("is made on a page of the Dashboard that a button opens", async () => {
      const address = await window.openedExternally(() =>
        window.quick.clickButton("Create an API Key in the Render Dashboard"),
      );
      assert.equal(address, "https://dashboard.render.com/u/settings?add-api-key");
      assert.equal((await window.quick.box()).title, "Render: Set API Key");
    });

    it("cannot be empty", async () => {
      await window.quick.type("  ");
      await window.quick.accept();
      await window.quick.message(/Paste the API key first, or press Escape to leave\./u);
      assert.deepEqual(stage.simulator.requests, []);
    });

    it("is not kept when Render refuses it", async () => {
      await window.quick.type("rnd_revoked");
      await window.quick.accept();
      await window.quick.message(/Render did not accept this key\..* Nothing was kept\./u);
      assert.deepEqual(
        stage.simulator.requests.map(({ path, status }) => [path, status]),
        [["/users", 401]],
      );
      await window.quick.type("rnd_another");
      await window.quick.message(/^Paste an API key/u);
    });

    for (const [pasted, says] of [
      ["rnd_••••••••", "This is a key with a part of it hidden."],
      [
        "https://api.render.com/deploy/srv-d1k8q2v6n9fs73b4m5t0?key=s3cr3t",
        "This is the address of a deploy hook",
      ],
      ["ada@harbor.example", "This is an email address"],
      ["srv-d1k8q2v6n9fs73b4m5t0", "This is the id of something at Render"],
      ["my render key", "An API key has no blanks in it."],
    ] as const)
      it(`is named for what it is before anything is sent: ${pasted}`, async () => {
        await window.quick.type(pasted);
        await window.quick.accept();
        await window.quick.message(new RegExp(`^${says}.* Nothing was sent\\.`, "u"));
        assert.deepEqual(stage.simulator.requests, []);
      });

    it("is not called refused by Render when something else answered", async () => {
      const headers = { "content-type": "text/html", "render-request-id": null };
      stage.simulator.fail({ with: { kind: "status", status: 401, body: "<h1>Sign in</h1>", headers } });
      await window.quick.type(stage.simulator.key);
      await window.quick.accept();
      await window.quick.message(
        /^Could not check the key: something between you and Render answered in its place.* Nothing was kept\./u,
      );
    });

    it("is not kept when Render cannot be reached to check it", async () => {
      stage.simulator.fail({ path: /^\/users$/u, with: { kind: "cutBefore" } });
      await window.quick.type(stage.simulator.key);
      await window.quick.accept();
      await window.quick.message(/Could not check the key: .* Nothing was kept\./u);
    });
  });

  describe("once it is set", () => {
    before(async () => {
      stage.simulator.reset();
      window = await stage.newWindow();
      await window.openView("Render");
    });
    beforeEach(async () => {
      await window.clearToasts();
    });

    it("greets by name and shows the services at once", async () => {
      await window.tree().clickWelcome("Set API Key");
      await window.quick.answer(` export RENDER_API_KEY="${stage.simulator.key}"; `);
      const { text } = await window.toast("Signed in");
      assert.equal(text, "Signed in to Render as Ada Marsh.");
      await window.tree().row("lighthouse");
    });

    it("survives a reload of the window", async () => {
      await window.reload();
      await window.openView("Render");
      await window.tree().row("lighthouse");
    });

    it("holds in another window of the same user", async () => {
      const other = await stage.newWindow({ sameUserAs: window });
      await other.openView("Render");
      await other.tree().row("lighthouse");
      await other.close();
    });

    it("stands in no file that VS Code or the extension wrote, and in no command line", async () => {
      await window.palette("Developer: Set Log Level...");
      await window.quick.pick("Trace");
      await window.palette("Render: Refresh Services");
      await window.tree().row("lighthouse");
      // Settings, logs, state, notes, and the extension itself as it was installed.
      assert.deepEqual(await filesWith(stage.server.dataFolder, stage.simulator.key), []);
      assert.deepEqual(await commandLinesWith(stage.simulator.key), []);
      await window.palette("Developer: Set Log Level...");
      await window.quick.pick("Info");
    });

    it("is removed after a question, and then the welcome is back", async () => {
      await window.palette("Render: Remove API Key");
      const question = await window.modal();
      assert.equal(question.text, "Remove the Render API key from VS Code?");
      assert.match(question.detail, /stays valid until you revoke it in the Dashboard/u);
      await question.cancel();
      await window.tree().row("lighthouse");
      await window.palette("Render: Remove API Key");
      await (await window.modal()).click("Remove");
      await window.toast("The Render API key was removed from VS Code.");
      await eventually("the welcome", async () =>
        (await window.tree().welcome()).text.startsWith("Deploy the commit in front of you to Render")
          ? true
          : undefined,
      );
      assert.deepEqual(await window.tree().shownRows(), []);
      await window.palette("Render: Remove API Key");
      await window.toast("There is no Render API key here to remove.");
    });
  });

  for (const [address, why] of [
    ["http://render.example/v1", "must begin with https://, so that your API key cannot be read on the way."],
    ["https://ada:secret@render.example/v1", "must be a plain address, without a name, a password"],
  ] as const)
    it(`is not asked for while it would go to ${address}: the setting is refused with a way to it`, async () => {
      const other = await Stage.open({ settings: { "render.apiUrl": address } });
      try {
        const there = await other.newWindow();
        await there.openView("Render");
        const refused = await eventually("the text about the setting", async () => {
          const welcome = await there.tree().welcome();
          return welcome.text.startsWith("The setting render.apiUrl cannot be used") &&
            welcome.buttons.length > 0
            ? welcome
            : undefined;
        });
        assert.deepEqual(refused.buttons, ["Open Settings", "Retry"]);
        for (const command of ["Set API Key", "Trigger Deploy"]) {
          await there.palette(`Render: ${command}`);
          const toast = await there.toast(`The setting render.apiUrl ${why}`);
          assert.deepEqual(toast.buttons, ["Open Settings"]);
          await toast.dismiss();
        }
      } finally {
        await other.close();
      }
    });
});

/** The files below a folder that hold this text, as bytes. */
async function filesWith(folder: string, text: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name));
  assert.ok(files.some(file => file.endsWith("Render.log")));
  const found = await Promise.all(
    files.map(async file => ((await readFile(file)).includes(text) ? [file] : [])),
  );
  return found.flat();
}

/** The command lines of this machine's processes that hold this text. */
async function commandLinesWith(text: string): Promise<string[]> {
  const processes = (await readdir("/proc")).filter(name => /^\d+$/u.test(name));
  const lines = await Promise.all(
    processes.map(name => readFile(join("/proc", name, "cmdline"), "utf8").catch(() => "")),
  );
  assert.ok(lines.some(line => line.includes("server-main.js")));
  return lines.filter(line => line.includes(text));
}
