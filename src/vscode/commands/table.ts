import * as vscode from "vscode";
import { plainText } from "../../core/plainText.js";
import { openLink } from "../links.js";
import type { Services } from "../services.js";
import { setContextKey, type StoredState } from "../state.js";
import type { ServicesNode, ServicesTree } from "../views/servicesTree.js";
import type { AccountCommands } from "./account.js";
import type { BlueprintCommands } from "./blueprintCommands.js";
import type { DeployActions } from "./deployActions.js";
import type { DeployCommit } from "./deployCommit.js";
import { entryPointOf, fileOf, lensServicesOf } from "./entryPoint.js";
import type { Command, CommandId } from "./register.js";
import type { ServiceCommands } from "./serviceCommands.js";
import type { Origin, TriggerDeploy } from "./triggerDeploy.js";

export interface TableParts {
  readonly account: AccountCommands;
  readonly trigger: TriggerDeploy;
  readonly actions: DeployActions;
  readonly deployCommit: DeployCommit;
  readonly blueprint: BlueprintCommands;
  readonly service: ServiceCommands;
  readonly services: Services;
  readonly tree: ServicesTree;
  readonly state: Pick<StoredState, "showPreviews">;
  readonly output: Pick<vscode.OutputChannel, "show">;
}

/** What each command does. */
export function commandTable(parts: TableParts): Record<CommandId, Command> {
  const { account, trigger, actions, services, tree, state, output, blueprint } = parts;
  const deploy = (withOptions: boolean) => (argument: unknown) => {
    const node = nodeOf(argument);
    const service = node && "service" in node ? node.service : undefined;
    return trigger.run({
      origin: originOf(argument),
      withOptions,
      ...(service && { service }),
      ...entryPointOf(argument),
    });
  };
  const previews = (shown: boolean) => async () => {
    await state.showPreviews.set(shown);
    setContextKey("render.showPreviews", shown);
    await services.reload();
  };
  return {
    "render.triggerDeploy": { doing: "deploy", run: deploy(false) },
    "render.triggerDeployWithOptions": { doing: "deploy", run: deploy(true) },
    "render.cancelDeploy": {
      doing: "cancel the deploy",
      run: argument => {
        const node = nodeOf(argument);
        return actions.cancel(
          node?.kind === "deploy" ? { service: node.service, deployId: node.deploy.id } : undefined,
        );
      },
    },
    "render.setApiKey": {
      doing: "set the API key",
      run: async () => {
        await account.setApiKey();
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
      run: argument => {
        const node = nodeOf(argument);
        return openLink((node && "service" in node ? node.service.url : undefined) ?? "", {
          allowHttp: true,
        });
      },
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

function originOf(argument: unknown): Origin {
  if (nodeOf(argument)) return "tree";
  const from: unknown =
    typeof argument === "object" && argument !== null ? Reflect.get(argument, "from") : undefined;
  return from === "statusBar" ? "statusBar" : "palette";
}

function dashboardOf(node: ServicesNode | undefined): string {
  if (node?.kind === "deploy")
    return `${node.service.dashboardUrl}/deploys/${encodeURIComponent(node.deploy.id)}`;
  return node && "service" in node ? node.service.dashboardUrl : "https://dashboard.render.com";
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
