import * as vscode from "vscode";
import { DeployStory } from "./core/deploy/story.js";
import { deployOf, type FollowedDeploy } from "./core/deploy/followedDeploy.js";
import { DeployTracker } from "./core/deploy/tracker.js";
import { RenderClient } from "./core/render/client.js";
import { RenderHttp } from "./core/render/http.js";
import { pace } from "./core/render/rateLimit.js";
import { ApiKey } from "./vscode/apiKey.js";
import { Blueprints } from "./vscode/blueprints.js";
import { systemClock as clock } from "./vscode/clock.js";
import { AccountCommands } from "./vscode/commands/account.js";
import { BlueprintCommands } from "./vscode/commands/blueprintCommands.js";
import { DeployActions } from "./vscode/commands/deployActions.js";
import { DeployCommit } from "./vscode/commands/deployCommit.js";
import { registerCommands } from "./vscode/commands/register.js";
import { ServiceCommands } from "./vscode/commands/serviceCommands.js";
import { commandTable } from "./vscode/commands/table.js";
import { TriggerDeploy } from "./vscode/commands/triggerDeploy.js";
import { Git } from "./vscode/git.js";
import { Services } from "./vscode/services.js";
import { settings } from "./vscode/settings.js";
import { setContextKey, storedState } from "./vscode/state.js";
import { BlueprintLenses } from "./vscode/views/blueprintLenses.js";
import { BlueprintProblems } from "./vscode/views/blueprintProblems.js";
import { DeployNotices } from "./vscode/views/deployNotices.js";
import { ServicesTree } from "./vscode/views/servicesTree.js";
import { StatusBar } from "./vscode/views/statusBar.js";

/** Builds every object once and registers. Asks nothing of the network, of Git or of the secret storage. */
export function activate(context: vscode.ExtensionContext): void {
  const output = vscode.window.createOutputChannel("Render", { log: true });
  const state = storedState(context);
  const apiKey = new ApiKey(context.secrets);
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

  const git = new Git();
  const services = new Services(render, state, output);
  const tree = new ServicesTree(services, git);
  const statusBar = new StatusBar(() => state.lastService.get());
  const notices: DeployNotices = new DeployNotices({
    tracker: () => tracker,
    cancel: followed => cancel(followed),
    retry: ({ order }) => void tracker.start(order),
  });
  const story = new DeployStory(output, clock);
  const tracker: DeployTracker = new DeployTracker({
    render,
    clock,
    pace: minimum => pace(renderHttp.rateLimits.read("get", clock.now()), clock.now(), minimum),
    sinks: [story, services, statusBar, notices],
  });
  const actions = new DeployActions({ tracker, services, log: output });
  const cancel = async (followed: FollowedDeploy): Promise<void> => {
    const deploy = deployOf(followed);
    if (deploy) await actions.cancelNow({ service: followed.order.service, deployId: deploy.id });
  };

  const whoIs = (key: string, signal: AbortSignal) =>
    new RenderClient(http(() => Promise.resolve(key))).getUser(signal);
  const account = new AccountCommands({ apiKey, state, whoIs });
  const signIn = async (): Promise<boolean> => (await apiKey.read()) !== undefined || account.setApiKey();
  const trigger = new TriggerDeploy({ services, git, tracker, state, signIn, clock });
  const blueprints = new Blueprints(services, git, render, output);
  const lenses = new BlueprintLenses(blueprints, services);
  const problems = new BlueprintProblems({
    blueprints,
    services,
    git,
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
    actions,
    deployCommit: new DeployCommit(git, trigger),
    blueprint: new BlueprintCommands({ blueprints, problems, services, state, signIn }),
    service: new ServiceCommands(services, tree, signIn),
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
    tree,
    statusBar,
    notices,
    tracker,
    blueprints,
    lenses,
    problems,
    registerCommands(commands, output),
    apiKey.onDidChange(() => {
      services.clear();
    }),
  );
}
