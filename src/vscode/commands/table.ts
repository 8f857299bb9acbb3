import * as vscode from "vscode";
import { plainText } from "../../core/plainText.js";
import type { Service } from "../../core/render/shapes.js";
import { matchingServices } from "../../core/services/match.js";
import { openLink } from "../links.js";
import { pickService } from "../ask/pickService.js";
import type { Git } from "../git.js";
import type { Services } from "../services.js";
import { setContextKey, type StoredState } from "../state.js";
import type { ServicesNode, ServicesTree } from "../views/servicesTree.js";
import type { AccountCommands } from "./account.js";
import type { DeployActions } from "./deployActions.js";
import type { Command, CommandId } from "./register.js";
import type { ShipPreviews } from "./shipPreview.js";
import type { Origin, TriggerDeploy } from "./triggerDeploy.js";

export interface TableParts {
  readonly account: AccountCommands;
  readonly trigger: TriggerDeploy;
  readonly shipPreviews: ShipPreviews;
  readonly actions: DeployActions;
  readonly services: Services;
  readonly git: Git;
  readonly tree: ServicesTree;
  readonly state: Pick<StoredState, "showPreviews">;
  readonly output: Pick<vscode.OutputChannel, "show">;
}

/** What each command does. */
export function commandTable(parts: TableParts): Record<CommandId, Command> {
  const { account, trigger, shipPreviews, actions, services, git, tree, state, output } = parts;
  const deploy = (withOptions: boolean) => (argument: unknown) => {
    const node = nodeOf(argument);
    const service = node && "service" in node ? node.service : undefined;
    return trigger.run({ origin: originOf(argument), withOptions, ...(service && { service }) });
  };
  const previews = (shown: boolean) => async () => {
    await state.showPreviews.set(shown);
    setContextKey("render.showPreviews", shown);
    await services.reload();
  };
  return {
    "render.triggerDeploy": { doing: "deploy", run: deploy(false) },
    "render.triggerDeployWithOptions": { doing: "deploy", run: deploy(true) },
    "render.showShipPreview": {
      doing: "show what will ship",
      run: async argument => {
        const node = nodeOf(argument);
        const service = node && "service" in node ? node.service : await matchingService(services, git);
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
  };
}

/** The row a command was called from, if it was called from one. */
function nodeOf(argument: unknown): ServicesNode | undefined {
  const isNode = typeof argument === "object" && argument !== null && "kind" in argument && "id" in argument;
  return isNode ? (argument as ServicesNode) : undefined;
}

/** The only service that is built from a repository open here; where there are several, the person picks. */
async function matchingService(services: Services, git: Git): Promise<Service | undefined> {
  await Promise.all([services.load(), git.read({ fresh: false })]);
  const matching = (): Service[] => matchingServices(services.account.services, git.last);
  const [only, ...others] = matching();
  if (only && others.length === 0) return only;
  return pickService(
    {
      account: () => services.account,
      matching,
      reload: () => void services.reload(),
      onDidChange: services.onDidChange,
    },
    {
      title: "Render: Show What Will Ship",
      placeholder: "Choose the service to compare with (type to filter)",
    },
  );
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
