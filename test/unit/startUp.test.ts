import assert from "node:assert/strict";
import { loadedFor, mostRead } from "../bench/goals.js";
import { Bundle, type Loaded } from "../support/bundle.js";

/** What works when VS Code starts: a file that slips in here makes every start slower. */
const started = [
  "src/blueprints/looksLikeBlueprint.ts",
  "src/commands.ts",
  "src/extension.ts",
  "src/features/statusBar/idleButtonTexts.ts",
  "src/matching/link.ts",
  "src/matching/reasonTexts.ts",
  "src/matching/target.ts",
  "src/render/apiUrl.ts",
  "src/render/apiUrlTexts.ts",
  "src/start/blueprintFiles.ts",
  "src/start/deployTasks.ts",
  "src/start/part.ts",
  "src/start/parts.ts",
  "src/start/registerCommands.ts",
  "src/start/resumeDeploys.ts",
  "src/start/servicesView.ts",
  "src/start/startTexts.ts",
  "src/start/statusBar.ts",
  "src/start/watchPushes.ts",
  "src/text/plainText.ts",
  "src/text/uriPath.ts",
  "src/window/details.ts",
  "src/window/editorWindow.ts",
  "src/window/here.ts",
  "src/window/owned.ts",
  "src/window/servicesViewPlace.ts",
  "src/window/settings.ts",
  "src/window/state.ts",
  "src/window/statusItem.ts",
  "src/window/tooltipWords.ts",
  "src/window/windowTexts.ts",
];

/** What listens to Git besides. */
const listening = [
  "src/git/commitId.ts",
  "src/git/head.ts",
  "src/git/lastUpdate.ts",
  "src/git/onDisk/gitFolder.ts",
  "src/git/onDisk/objectStore.ts",
  "src/git/onDisk/packIndex.ts",
  "src/git/onDisk/partialClone.ts",
  "src/git/onDisk/readText.ts",
  "src/git/onDisk/wholeCommitIds.ts",
  "src/git/push.ts",
  "src/git/relation.ts",
  "src/git/remotes/configFiles.ts",
  "src/git/remotes/configText.ts",
  "src/git/remotes/remoteAddresses.ts",
  "src/git/remotes/remoteBranch.ts",
  "src/git/remotes/wildmatch.ts",
  "src/git/vscode/compare.ts",
  "src/git/vscode/config.ts",
  "src/git/vscode/connection.ts",
  "src/git/vscode/createConnection.ts",
  "src/git/vscode/objects.ts",
  "src/git/vscode/pushes.ts",
  "src/git/vscode/snapshot.ts",
  "src/window/clock.ts",
  "src/underWay.ts",
];

function isAtMost({ bytes, files }: Loaded, most: { readonly bytes: number; readonly files: number }): void {
  assert.ok(bytes <= most.bytes, `${bytes} bytes`);
  assert.ok(files.length <= most.files, `${files.length} files`);
}

describe("what is read from disk", () => {
  let bundle: Bundle;
  before(async () => {
    bundle = await Bundle.read();
  });

  it("when VS Code starts is what starts, and nothing of any feature", () => {
    const loaded = bundle.loadedWith();
    assert.deepEqual(loaded.modules, started);
    isAtMost(loaded, mostRead.start);
  });

  it("in an idle window with a Git folder is what listens to Git besides", () => {
    const loaded = bundle.loadedWith(...loadedFor.idle);
    assert.deepEqual(loaded.modules, [...started, ...listening].sort());
    isAtMost(loaded, mostRead.idle);
  });

  it("up to the first deploy is no feature that was not asked for", () => {
    const loaded = bundle.loadedWith(...loadedFor.firstDeploy);
    const others = /^src\/features\/(?:batch|followPushes|renderYaml|serviceActions|servicesView)\/vscode\//u;
    assert.deepEqual(
      loaded.modules.filter(name => others.test(name)),
      [],
    );
    isAtMost(loaded, mostRead.firstDeploy);
  });
});
