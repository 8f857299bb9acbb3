import type { AccountPart } from "../../../account/vscode/create.js";
import type { Command, CommandsOf } from "../../../commands.js";
import type { Matching } from "../../../matching/vscode/create.js";
import type { Deploy } from "../../../render/shapes.js";
import { viewOf } from "../../../services/deployStatus.js";
import type { ServicesPart } from "../../../services/vscode/create.js";
import { systemClock as clock } from "../../../window/clock.js";
import type { EditorWindow } from "../../../window/editorWindow.js";
import type { Reason } from "../cause.js";
import { causeText } from "../causeTexts.js";
import { KnownReasons } from "../knownReasons.js";
import { whyCanceled } from "../whyCanceled.js";
import { whyFailed } from "../whyFailed.js";
import { LogDocuments } from "./logDocuments.js";
import { ShowLog } from "./showLog.js";

export type DeployLogPart = ReturnType<typeof create>;

/** The logs of deploys, and what they say of a failure. */
export function create(
  { own, leaving }: EditorWindow,
  { render, renderNow, signIn }: AccountPart,
  { services }: ServicesPart,
  { matches }: Matching,
) {
  const now = (): number => renderNow() ?? clock.now();
  const reasons = new KnownReasons();
  const documents = own.add(new LogDocuments());
  const showLog = new ShowLog({
    render,
    renderNow: now,
    services,
    matches,
    documents,
    signIn,
    signal: leaving.signal,
  });
  const why = async (serviceId: string, deploy: Deploy, signal: AbortSignal): Promise<Reason | undefined> => {
    const known = services.listing.services.find(({ id }) => id === serviceId);
    const service = known ?? (await services.find(serviceId));
    const cause = service && (await whyFailed(render, service, deploy, now(), signal));
    return cause && { text: causeText(cause), lines: cause.lines };
  };
  const commands: Record<CommandsOf<"deployLog">, Command> = {
    "render.showLog": argument => showLog.run(argument),
  };
  return {
    /** Why a deploy of a service failed, or was canceled; undefined where that cannot be told. */
    why: (serviceId: string, deploy: Deploy, signal: AbortSignal): Promise<Reason | undefined> =>
      reasons.of(deploy.id, signal, async () => {
        const reason = await (viewOf(deploy.status).outcome === "canceled"
          ? whyCanceled(render, serviceId, deploy, services.deploysOf(serviceId)?.deploys ?? [], signal)
          : why(serviceId, deploy, signal));
        return signal.aborted ? undefined : reason;
      }),
    commands,
  };
}
