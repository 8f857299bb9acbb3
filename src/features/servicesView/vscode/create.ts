import type { AccountPart } from "../../../account/vscode/create.js";
import { lensServicesOf } from "../../../blueprints/lensArgument.js";
import type { Command, CommandsOf } from "../../../commands.js";
import type { Matching } from "../../../matching/vscode/create.js";
import type { ServicesPart } from "../../../services/vscode/create.js";
import { systemClock as clock } from "../../../window/clock.js";
import type { EditorWindow } from "../../../window/editorWindow.js";
import type { WhyEnded } from "../endReason.js";
import { serviceOf } from "../rowArgument.js";
import { RefreshWhileSeen } from "./refreshWhileSeen.js";
import { RowCommands } from "./rowCommands.js";
import { ServicesTree } from "./servicesTree.js";

/** The view of the services, and what can be done in it besides deploying. */
export function create(
  { own, state, servicesView: place }: EditorWindow,
  { signIn, renderNow }: AccountPart,
  { services }: ServicesPart,
  { matches, glances, links }: Matching,
  deployLog: () => Promise<{ readonly why: WhyEnded }>,
) {
  const tree = own.add(
    new ServicesTree({
      place,
      services,
      matches,
      glances,
      now: () => renderNow() ?? clock.now(),
      why: async (serviceId, deploy, signal) => (await deployLog()).why(serviceId, deploy, signal),
    }),
  );
  own.add(new RefreshWhileSeen({ tree, services, clock }));
  const rows = new RowCommands({ services, matches, tree, state, signIn });
  const commands: Record<CommandsOf<"servicesView">, Command> = {
    "render.refreshServices": () => services.reload(),
    "render.filterServices": () => rows.filter(),
    "render.clearFilter": () => {
      tree.filter = "";
    },
    "render.showPreviews": () => rows.showPreviews(true),
    "render.hidePreviews": () => rows.showPreviews(false),
    "render.openInDashboard": argument => rows.openInDashboard(argument),
    "render.openSite": argument => rows.openSite(argument),
    "render.copyId": argument => rows.copyId(argument),
    "render.showDeploys": argument => rows.showDeploys(lensServicesOf(argument)),
    "render.openService": argument => rows.open(lensServicesOf(argument)),
    "render.linkService": argument => {
      const service = serviceOf(argument);
      return links.link(service && { service });
    },
    "render.unlinkService": argument => links.unlink(serviceOf(argument)),
  };
  return { tree, commands };
}
