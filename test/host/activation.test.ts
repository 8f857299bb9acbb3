import assert from "node:assert/strict";
import * as vscode from "vscode";

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

describe("the extension in VS Code", () => {
  const extension = vscode.extensions.getExtension("render-deploy.render-deploy");

  it("runs in the version it is tested for", () => {
    assert.equal(vscode.version, process.env["RENDER_TEST_VERSION"]);
  });

  it("starts, and registers every command of its manifest", async () => {
    assert.ok(extension);
    await extension.activate();
    const { contributes } = extension.packageJSON as Manifest;
    const registered = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(
      contributes.commands.filter(({ command }) => !registered.has(command)),
      [],
    );
  });
});
