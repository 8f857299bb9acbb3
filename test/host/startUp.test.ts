import assert from "node:assert/strict";
import { Session, type Debugger } from "node:inspector";
import { basename, dirname } from "node:path";
import * as vscode from "vscode";

/** The scripts that this extension host has read, by V8's own list. */
function scriptsRead(): string[] {
  const session = new Session();
  session.connect();
  const urls: string[] = [];
  session.on(
    "Debugger.scriptParsed",
    ({ params }: { readonly params: Debugger.ScriptParsedEventDataType }) => {
      urls.push(params.url);
    },
  );
  // It tells of what was read before, too, and has done so when it answers.
  session.post("Debugger.enable");
  session.disconnect();
  return urls;
}

describe("an idle window with a Git repository", () => {
  it("has read what starts and what listens to Git, and made no other part", async () => {
    const extension = vscode.extensions.getExtension("render-deploy.render-deploy");
    assert.ok(extension);
    await extension.activate();
    const expected = (process.env["RENDER_TEST_IDLE_FILES"] ?? "").split(",");
    assert.ok(expected.length > 2, "the files of an idle window are named");
    const ours = () =>
      scriptsRead()
        .filter(url => url.includes("render-deploy") && basename(dirname(url)) === "dist")
        .map(url => basename(url));
    while (!expected.every(name => ours().includes(name)))
      await new Promise(resolve => setTimeout(resolve, 100));
    assert.deepEqual(ours().sort(), [...expected].sort());
  });
});
