import { randomUUID } from "node:crypto";
import { join } from "node:path";
import * as vscode from "vscode";
import { AwaitedDeploys } from "./features/following/ledger/awaitedDeploys.js";
import { unstartedLine, unstartedText } from "./features/batch/batchTexts.js";
import { SharedLedger } from "./features/following/ledger/sharedLedger.js";
import { NoteFolder } from "./features/following/ledger/noteFolder.js";
import { deployOf, type FollowedDeploy } from "./features/following/followedDeploy.js";
import { DeployRows } from "./features/following/deployRows.js";
import { DeployStory } from "./features/following/story.js";
import { DeployTracker } from "./features/following/tracker.js";
import { RenderClient } from "./render/client.js";
import { RenderHttp } from "./render/http/http.js";
import { AbandonedDeploys } from "./features/following/vscode/takeUp.js";
import { ApiKey } from "./account/vscode/apiKey.js";
import { Blueprints } from "./blueprints/vscode/blueprints.js";
import { systemClock as clock } from "./window/clock.js";
import { AccountCommands } from "./account/vscode/signIn.js";
import { BlueprintCommands } from "./features/renderYaml/vscode/validateBlueprint.js";
import { DeployActions } from "./features/following/vscode/deployActions.js";
import { DeployCommit } from "./features/deploy/vscode/deployCommit.js";
import { DeployServices } from "./features/batch/vscode/deploySeveral.js";
import { LinkService } from "./matching/vscode/linkService.js";
import { Preflight } from "./features/preflight/vscode/preflight.js";
import { registerCommands } from "./start/registerCommands.js";
import { ServiceActions } from "./features/serviceActions/vscode/serviceActions.js";
import { ServiceCommands } from "./features/servicesView/vscode/rowCommands.js";
import { ShipPreviews } from "./features/shipPreview/vscode/shipPreviews.js";
import { commandTable } from "./start/table.js";
import { TriggerDeploy } from "./features/deploy/vscode/triggerDeploy.js";
import { FollowPushes } from "./features/followPushes/vscode/followPushes.js";
import { Git } from "./git/vscode/git.js";
import { Glances } from "./matching/vscode/glances.js";
import { Matches } from "./matching/vscode/matches.js";
import { show, writeDetailsTo } from "./dialogs/notices.js";
import { Services } from "./services/vscode/services.js";
import { settings } from "./window/settings.js";
import { personOf, setContextKey, storedState } from "./window/state.js";
import { BatchNotices } from "./features/batch/vscode/batchNotices.js";
import { BlueprintLenses } from "./features/renderYaml/vscode/blueprintLenses.js";
import { BlueprintProblems } from "./features/renderYaml/vscode/blueprintProblems.js";
import { DeployNotices } from "./features/following/vscode/deployNotices.js";
import { RefreshWhileSeen } from "./features/servicesView/vscode/refreshWhileSeen.js";
import { ServicesTree } from "./features/servicesView/vscode/servicesTree.js";
import { StatusBar } from "./features/statusBar/vscode/statusBar.js";
import { isWindowSeen } from "./features/following/vscode/windowPresence.js";

/** Ends what was activated; VS Code waits for it. */
let leave: (() => Promise<void>) | undefined;

/** Builds every object once and registers. Asks nothing of the network or of the secret storage, and waits for nothing. */
export function activate(context: vscode.ExtensionContext): void {
  const output = vscode.window.createOutputChannel("Render", { log: true });
  writeDetailsTo(output);
  const state = storedState(context);
  const apiKey = new ApiKey(context.secrets, output);
  const { version } = context.extension.packageJSON as { version: string };
  const http = (key: () => Promise<string | undefined>): RenderHttp =>
    new RenderHttp({
      // Loaded with the first request, as starting VS Code has no use for it.
      fetch: async () => (await import("node-fetch")).default,
      apiUrl: () => settings.apiUrl().url,
      apiKey: key,
      clock,
      random: Math.random,
      log: output,
      userAgent: `vscode-render-deploy/${version} VSCode/${vscode.version}`,
    });
  const renderHttp = http(() => apiKey.read());
  const render = new RenderClient(renderHttp);
  const watch = new RenderClient(renderHttp, { background: true });
  const leaving = new AbortController();
  // Without the context in it, which would live as long as anything that VS Code keeps of what is made here.
  const { fsPath: storage } = context.globalStorageUri;
  const notes = (folder: string): NoteFolder => new NoteFolder(join(storage, folder));

  const git = new Git();
  const services = new Services({ render, watch, state, clock, log: output });
  const blueprints = new Blueprints(services, git, render, output);
  const matches = new Matches({ services, git, state, blueprints });
  const glances = new Glances(services, git, matches);
  const tree = new ServicesTree(services, matches, glances);
  const statusBar = new StatusBar(() => matches.target(), services, glances);
  const notices: DeployNotices = new DeployNotices({
    tracker: () => tracker,
    cancel: followed => cancel(followed),
    retry: ({ order }) => {
      const { automatic } = order;
      void tracker.start(automatic ? { ...order, automatic: { ...automatic, isOverdue: true } } : order);
    },
    ask: ({ order }) => {
      trigger.again(order);
    },
  });
  const batches: BatchNotices = new BatchNotices({
    tracker: () => tracker,
    cancel: followed => cancel(followed),
    log: output,
  });
  const story = new DeployStory(output, clock);
  const ledger = new SharedLedger({
    notes: notes("followed"),
    window: randomUUID(),
    origin: () => settings.apiOrigin(),
    isSeen: () => isWindowSeen(clock),
    takenOver: key => {
      tracker.handOver(key);
    },
    clock,
    log: output,
  });
  const tracker: DeployTracker = new DeployTracker({
    render,
    watch,
    clock,
    ledger,
    renderNow: () => renderHttp.renderNow,
    newKey: randomUUID,
    sinks: [story, new DeployRows(services), statusBar, notices, batches],
  });
  const { signal } = leaving;
  const askedBy = (): string => `${personOf(state)}, from the services view`;
  const actions = new DeployActions({ tracker, services, signal, askedBy });
  const serviceActions = new ServiceActions({ render, services, clock, log: output, signal });
  const cancel = async (followed: FollowedDeploy): Promise<void> => {
    const deploy = deployOf(followed);
    if (deploy) await actions.cancelNow({ service: followed.order.service, deployId: deploy.id });
  };

  const whoIs = (key: string, signal: AbortSignal) =>
    new RenderClient(http(() => Promise.resolve(key))).getUser(signal);
  const account = new AccountCommands({ apiKey, state, whoIs });
  const keyState = async (): ReturnType<ApiKey["state"]> =>
    settings.apiOrigin() === undefined ? "absent" : apiKey.state();
  const isSignedIn = async (): Promise<boolean> => (await keyState()) === "present";
  const signIn = async (): Promise<boolean> => (await apiKey.read()) !== undefined || account.setApiKey();
  const links = new LinkService({ services, git, matches, signIn });
  const shipPreviews = new ShipPreviews({ services, git, matches, log: output });
  const awaited = new AwaitedDeploys({ notes: notes("awaited"), clock });
  const renderNow = (): number | undefined => renderHttp.renderNow;
  const preflight = new Preflight({
    services,
    git,
    matches,
    tracker,
    clock,
    renderNow,
    log: output,
    shipPreviews,
    awaited,
  });
  const trigger = new TriggerDeploy({
    services,
    git,
    matches,
    links,
    tracker,
    state,
    signIn,
    preflight,
  });
  const followPushes = new FollowPushes({
    git,
    services,
    matches,
    tracker,
    watch,
    clock,
    renderNow,
    awaited,
    isSignedIn,
    deploy: among => {
      const [only, ...others] = among;
      const wish = others.length === 0 && only ? { service: only } : { among };
      void trigger.run({ origin: "push", ...wish, withOptions: false });
    },
    log: output,
  });
  const several = new DeployServices({
    services,
    git,
    matches,
    tracker,
    clock,
    renderNow,
    log: output,
    signIn,
    trigger,
    batches,
    awaited,
    newId: randomUUID,
    askedBy: from => `${personOf(state)}, ${from}`,
  });
  const abandoned = new AbandonedDeploys({
    ledger,
    tracker,
    isSignedIn,
    clock,
    tellUnstarted: unstarted => {
      const names = unstarted.map(({ name }) => name);
      output.warn(unstartedLine(names));
      const deploy = (): void => {
        several.runFor(unstarted.map(({ id }) => id));
      };
      void show("warning", unstartedText(names), { deploy });
    },
  });
  const lenses = new BlueprintLenses(blueprints, services);
  const problems = new BlueprintProblems({
    blueprints,
    services,
    git,
    matches,
    render,
    apiKey,
    state,
    clock,
    log: output,
    chooseWorkspace: ({ uri }) => void vscode.commands.executeCommand("render.validateBlueprint", uri),
  });
  const commands = commandTable({
    account,
    trigger,
    several,
    shipPreviews,
    actions,
    serviceActions,
    links,
    deployCommit: new DeployCommit(git, trigger),
    blueprint: new BlueprintCommands({ blueprints, problems, services, state, signIn }),
    service: new ServiceCommands({ services, matches, tree, signIn }),
    matches,
    services,
    tree,
    state,
    output,
  });

  setContextKey("render.showPreviews", state.showPreviews.get() ?? false);
  context.subscriptions.push(
    output,
    apiKey,
    git,
    services,
    matches,
    glances,
    tree,
    statusBar,
    notices,
    batches,
    abandoned,
    new RefreshWhileSeen({ tree, services, clock }),
    blueprints,
    followPushes,
    lenses,
    problems,
    registerCommands(commands),
    matches.onDidChange(() => {
      statusBar.refresh();
    }),
    apiKey.onDidChange(async () => {
      services.clear();
      followPushes.stop();
      const state = await keyState();
      if (state === "present") abandoned.look();
      // One that cannot be read now may still be there.
      if (state === "absent") tracker.leaveAll({ kind: "signedOut" });
    }),
  );
  leave = async () => {
    leaving.abort();
    tracker.dispose();
    await ledger.release();
    renderHttp.dispose();
  };
}

/** Ends all that goes on; VS Code disposes of the rest. What is followed can be taken up by another window at once. */
export async function deactivate(): Promise<void> {
  await leave?.();
  leave = undefined;
}
