import type { AccountPart } from "../../../account/vscode/create.js";
import type { Command, CommandsOf } from "../../../commands.js";
import type { GitPart } from "../../../git/vscode/create.js";
import type { Matching } from "../../../matching/vscode/create.js";
import type { Deploy } from "../../../render/shapes.js";
import type { ServicesPart } from "../../../services/vscode/create.js";
import { systemClock as clock } from "../../../window/clock.js";
import { messageOf } from "../../../text/messageOf.js";
import type { EditorWindow } from "../../../window/editorWindow.js";
import type { Reason } from "../cause.js";
import { causeText } from "../causeTexts.js";
import { whyFailed } from "../whyFailed.js";
import { LogDocuments } from "./logDocuments.js";
import { ProblemsPanel } from "./problemsPanel.js";
import { ShowLog } from "./showLog.js";

export type DeployLogPart = ReturnType<typeof create>;

/** The logs of deploys, and what they say of a failure. */
export function create(
  { own, leaving, output }: EditorWindow,
  { apiKey, render, watch, renderNow, signIn }: AccountPart,
  { git }: GitPart,
  { services }: ServicesPart,
  { matches }: Matching,
) {
  const now = (): number => renderNow() ?? clock.now();
  const documents = own.add(new LogDocuments());
  const problems = own.add(new ProblemsPanel({ watch, services, git, matches }));
  own.add(
    apiKey.onDidChange(() => {
      problems.clear();
    }),
  );
  const showLog = new ShowLog({
    render,
    renderNow: now,
    services,
    matches,
    documents,
    signIn,
    signal: leaving.signal,
  });
  const commands: Record<CommandsOf<"deployLog">, Command> = {
    "render.showLog": argument => showLog.run(argument),
  };
  return {
    /**
     * Why a deploy of a service failed; undefined where that cannot be told. What it printed of errors in files is shown in
     * the Problems panel, and is not waited for.
     */
    why: async (serviceId: string, deploy: Deploy, signal: AbortSignal): Promise<Reason | undefined> => {
      const known = services.listing.services.find(({ id }) => id === serviceId);
      const service = known ?? (await services.find(serviceId));
      if (!service) return undefined;
      const failure = await whyFailed(render, service, deploy, now(), signal);
      problems.show(service, deploy, failure).catch((error: unknown) => {
        output.debug(messageOf(error));
      });
      const { cause } = failure;
      return cause && { text: causeText(cause), lines: cause.lines };
    },
    commands,
  };
}
