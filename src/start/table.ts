import * as vscode from "vscode";
import { plainText } from "../text/plainText.js";
import type { Service } from "../render/shapes.js";
import { rowGone } from "../features/servicesView/viewTexts.js";
import { dashboardPage } from "../services/dashboardPage.js";
import { openLink } from "../dialogs/links.js";
import { show } from "../dialogs/notices.js";
import { pickService } from "../matching/vscode/pickService.js";
import type { Matches } from "../matching/vscode/matches.js";
import type { Services } from "../services/vscode/services.js";
import { setContextKey, type StoredState } from "../window/state.js";
import type { ServicesNode } from "../features/servicesView/servicesNode.js";
import type { ServicesTree } from "../features/servicesView/vscode/servicesTree.js";
import type { AccountCommands } from "../account/vscode/signIn.js";
import type { ServiceAction } from "../features/serviceActions/serviceSwitch.js";
import type { BlueprintCommands } from "../features/renderYaml/vscode/validateBlueprint.js";
import type { DeployActions } from "../features/following/vscode/deployActions.js";
import type { DeployCommit } from "../features/deploy/vscode/deployCommit.js";
import type { DeployServices } from "../features/batch/vscode/deploySeveral.js";
import { entryPointOf, fileOf, lensServicesOf } from "../features/deploy/vscode/clickedPlace.js";
import type { ServiceActions } from "../features/serviceActions/vscode/serviceActions.js";
import type { LinkService } from "../matching/vscode/linkService.js";
import type { Command, CommandId } from "../commands.js";
import type { ServiceCommands } from "../features/servicesView/vscode/rowCommands.js";
import type { ShipPreviews } from "../features/shipPreview/vscode/shipPreviews.js";
import type { TriggerDeploy } from "../features/deploy/vscode/triggerDeploy.js";
import type { Origin } from "../features/whatToDeploy/originTexts.js";

export interface TableParts {
  readonly account: AccountCommands;
  readonly trigger: TriggerDeploy;
  readonly several: DeployServices;
  readonly shipPreviews: ShipPreviews;
  readonly actions: DeployActions;
  readonly serviceActions: ServiceActions;
  readonly links: LinkService;
  readonly deployCommit: DeployCommit;
  readonly blueprint: BlueprintCommands;
  readonly service: ServiceCommands;
  readonly services: Services;
  readonly matches: Matches;
  readonly tree: ServicesTree;
  readonly state: Pick<StoredState, "showPreviews">;
  readonly output: Pick<vscode.OutputChannel, "show">;
}

/** What each command does. */
export function commandTable(parts: TableParts): Record<CommandId, Command> {
  const { account, trigger, shipPreviews, actions, serviceActions, links, services, tree, state, output } =
    parts;
  const { blueprint } = parts;
  const deploy = (withOptions: boolean) => (argument: unknown) => {
    const service = serviceOf(argument);
    return trigger.run({
      origin: originOf(argument),
      withOptions,
      ...(service && { service }),
      ...entryPointOf(argument),
    });
  };
  const switched = (action: ServiceAction) => async (argument: unknown) => {
    const node = nodeOf(argument);
    if (node?.kind === "service") await serviceActions.run(node.service, action);
    else void show("info", rowGone);
  };
  const previews = (shown: boolean) => async () => {
    await state.showPreviews.set(shown);
    setContextKey("render.showPreviews", shown);
    await services.reload();
  };
  return {
    "render.triggerDeploy": { doing: "deploy", run: deploy(false) },
    "render.triggerDeployWithOptions": { doing: "deploy", run: deploy(true) },
    "render.deployServices": {
      doing: "deploy several services",
      run: () => parts.several.run(undefined),
    },
    "render.deployEnvironment": {
      doing: "deploy the services of the environment",
      run: async argument => {
        const node = nodeOf(argument);
        if (node?.kind === "environment") await parts.several.run(node.id);
        else void show("info", rowGone);
      },
    },
    "render.showShipPreview": {
      doing: "show what will ship",
      run: async argument => {
        const service = serviceOf(argument) ?? (await serviceHere(parts));
        if (service) await shipPreviews.show(service);
      },
    },
    "render.cancelDeploy": {
      doing: "cancel the deploy",
      run: argument => {
        const node = nodeOf(argument);
        return actions.cancel(
          node?.kind === "deploy" ? { service: node.service, deployId: node.deploy.id } : undefined,
        );
      },
    },
    "render.rollBackDeploy": {
      doing: "roll back",
      run: async argument => {
        const node = nodeOf(argument);
        if (node?.kind === "deploy") await actions.rollBack(node.service, node.deploy);
        else void show("info", rowGone);
      },
    },
    "render.suspendService": { doing: "suspend the service", run: switched("suspend") },
    "render.resumeService": { doing: "resume the service", run: switched("resume") },
    "render.restartService": { doing: "restart the service", run: switched("restart") },
    "render.linkService": {
      doing: "link the service",
      run: argument => {
        const service = serviceOf(argument);
        return links.link(service && { service });
      },
    },
    "render.unlinkService": {
      doing: "unlink the service",
      run: argument => links.unlink(serviceOf(argument)),
    },
    "render.setApiKey": {
      doing: "set the API key",
      run: async () => {
        await account.setApiKey();
      },
    },
    "render.setApiKeyForSession": {
      doing: "set the API key",
      run: async () => {
        await account.setApiKey("session");
      },
    },
    "render.removeApiKey": { doing: "remove the API key", run: () => account.removeApiKey() },
    "render.refreshServices": { doing: "load the services", run: () => services.reload() },
    "render.filterServices": { doing: "filter the services", run: () => askFilter(tree, services) },
    "render.clearFilter": {
      doing: "show all services",
      run: () => {
        tree.filter = "";
      },
    },
    "render.showPreviews": { doing: "show previews", run: previews(true) },
    "render.hidePreviews": { doing: "hide previews", run: previews(false) },
    "render.openInDashboard": {
      doing: "open the Dashboard",
      run: argument => openLink(dashboardOf(nodeOf(argument))),
    },
    "render.openSite": {
      doing: "open the site",
      run: argument => openLink(serviceOf(argument)?.url ?? "", { allowHttp: true }),
    },
    "render.copyId": {
      doing: "copy the id",
      run: async argument => {
        const node = nodeOf(argument);
        if (node) await vscode.env.clipboard.writeText(node.kind === "deploy" ? node.deploy.id : node.id);
      },
    },
    "render.showOutput": {
      doing: "show the output",
      run: () => {
        output.show();
      },
    },
    "render.showDeploys": {
      doing: "show the deploys",
      run: argument => parts.service.showDeploys(lensServicesOf(argument)),
    },
    "render.openService": {
      doing: "open the service",
      run: argument => parts.service.open(lensServicesOf(argument)),
    },
    "render.deployCommit": {
      doing: "deploy the commit",
      run: (item, file) => parts.deployCommit.run(item, fileOf(file)),
    },
    "render.validateBlueprint": {
      doing: "validate the Blueprint",
      run: argument => blueprint.validate(fileOf(argument)),
    },
  };
}

/** The row a command was called from, if it was called from one. */
function nodeOf(argument: unknown): ServicesNode | undefined {
  const isNode = typeof argument === "object" && argument !== null && "kind" in argument && "id" in argument;
  return isNode ? (argument as ServicesNode) : undefined;
}

function serviceOf(argument: unknown): Service | undefined {
  const node = nodeOf(argument);
  return node && "service" in node ? node.service : undefined;
}

/** The service that what is open here belongs to; where that cannot be told, the person picks. */
async function serviceHere({ services, matches }: TableParts): Promise<Service | undefined> {
  await Promise.all([services.load(), matches.read({ fresh: false })]);
  return (
    matches.preferred()?.service ??
    pickService({ services, matches }, { title: "Render: Show What Will Ship", purpose: "compare with" })
  );
}

function originOf(argument: unknown): Origin {
  if (nodeOf(argument)) return "tree";
  const from: unknown =
    typeof argument === "object" && argument !== null ? Reflect.get(argument, "from") : undefined;
  return from === "statusBar" ? "statusBar" : "palette";
}

function dashboardOf(node: ServicesNode | undefined): string {
  return dashboardPage(
    node && "service" in node ? node.service : {},
    node?.kind === "deploy" ? node.deploy : undefined,
  );
}

async function askFilter(tree: ServicesTree, services: Services): Promise<void> {
  const count = services.account.services.length;
  const text = await vscode.window.showInputBox({
    title: "Render: Filter Services",
    prompt: `Show only services whose name, repository or image contains this text${count > 0 ? ` (of ${count})` : ""}. Empty shows all.`,
    value: plainText(tree.filter),
  });
  if (text !== undefined) tree.filter = text;
}
