import type { AccountPart } from "../../../account/vscode/create.js";
import type { Command, CommandsOf } from "../../../commands.js";
import type { GitPart } from "../../../git/vscode/create.js";
import type { Matching } from "../../../matching/vscode/create.js";
import { pickService } from "../../../matching/vscode/pickService.js";
import type { Service } from "../../../render/shapes.js";
import type { ServicesPart } from "../../../services/vscode/create.js";
import { systemClock as clock } from "../../../window/clock.js";
import type { EditorWindow } from "../../../window/editorWindow.js";
import type { Following } from "../../following/vscode/create.js";
import { Preflight } from "../../preflight/vscode/preflight.js";
import { serviceOf } from "../../servicesView/rowArgument.js";
import { comparedPick } from "../../shipPreview/shipTexts.js";
import { ShipPreviews } from "../../shipPreview/vscode/shipPreviews.js";
import { entryPointOf, fileOf, orderOf, originOf } from "./clickedPlace.js";
import { DeployCommit } from "./deployCommit.js";
import { TriggerDeploy } from "./triggerDeploy.js";

export type Deploying = ReturnType<typeof create>;

/** From a click to an order: what will ship, the question, the deploy. */
export function create(
  { state, output: log }: EditorWindow,
  { signIn, renderNow }: AccountPart,
  { git }: GitPart,
  { services }: ServicesPart,
  { matches, links }: Matching,
  { tracker, awaited }: Following,
) {
  const shipPreviews = new ShipPreviews({ services, git, matches, log });
  const preflight = new Preflight({
    services,
    git,
    matches,
    tracker,
    clock,
    renderNow,
    log,
    shipPreviews,
    awaited,
  });
  const trigger = new TriggerDeploy({ services, git, matches, links, tracker, state, signIn, preflight });
  const deployCommit = new DeployCommit(git, trigger);
  const deploy = (withOptions: boolean) => async (argument: unknown) => {
    const order = orderOf(argument);
    if (order) {
      trigger.again(order);
      return;
    }
    const service = serviceOf(argument);
    const origin = originOf(argument);
    await trigger.run({ origin, withOptions, ...(service && { service }), ...entryPointOf(argument) });
  };
  /** The service that what is open here belongs to; where that cannot be told, the person picks. */
  const serviceHere = async (): Promise<Service | undefined> => {
    await Promise.all([services.load(), matches.read({ fresh: false })]);
    return matches.preferred()?.service ?? pickService({ services, matches }, comparedPick);
  };
  const commands: Record<CommandsOf<"deploy">, Command> = {
    "render.triggerDeploy": deploy(false),
    "render.triggerDeployWithOptions": deploy(true),
    "render.deployCommit": (item, file) => deployCommit.run(item, fileOf(file)),
    "render.showShipPreview": async argument => {
      const service = serviceOf(argument) ?? (await serviceHere());
      if (service) await shipPreviews.show(service);
    },
  };
  return { trigger, commands };
}
