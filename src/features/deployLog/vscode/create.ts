import type { AccountPart } from "../../../account/vscode/create.js";
import type { Command, CommandsOf } from "../../../commands.js";
import type { GitPart } from "../../../git/vscode/create.js";
import type { Matching } from "../../../matching/vscode/create.js";
import type { Deploy, Service } from "../../../render/shapes.js";
import { viewOf } from "../../../services/deployStatus.js";
import type { ServicesPart } from "../../../services/vscode/create.js";
import { systemClock as clock } from "../../../window/clock.js";
import { messageOf } from "../../../text/messageOf.js";
import type { EditorWindow } from "../../../window/editorWindow.js";
import { settings } from "../../../window/settings.js";
import type { Reason } from "../cause.js";
import { causeText } from "../causeTexts.js";
import { KnownReasons, type FoundReason } from "../knownReasons.js";
import { logChannelName } from "../logTexts.js";
import { whyCanceled } from "../whyCanceled.js";
import { whyFailed } from "../whyFailed.js";
import { LogWatches, type LineReader, type LogSigns } from "../logWatches.js";
import { LogChannels } from "./logChannels.js";
import { DeployedCode } from "./deployedCode.js";
import { LogDocuments } from "./logDocuments.js";
import { LogLinkProvider } from "./logLinkProvider.js";
import { ProblemsPanel } from "./problemsPanel.js";
import { ShowLog } from "./showLog.js";
import { TailLogs } from "./tailLogs.js";

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
  const reasons = new KnownReasons();
  const documents = own.add(new LogDocuments());
  const channels = own.add(new LogChannels());
  const watches = new LogWatches({
    render,
    watch,
    clock,
    renderNow: now,
    closing: leaving.signal,
    viewOf: (service, deploy) =>
      channels.of(service.id, logChannelName(service.name), () => Promise.resolve({ service, deploy })),
  });
  const find = async (serviceId: string): Promise<Service | undefined> =>
    services.listing.services.find(({ id }) => id === serviceId) ?? services.find(serviceId);
  const code = new DeployedCode(git, matches);
  own.add(
    new LogLinkProvider(code, async uri => documents.subjectOf(uri) ?? (await channels.subjectOf(uri))),
  );
  const problems = own.add(new ProblemsPanel({ watch, services, code }));
  const showLog = new ShowLog({
    render,
    renderNow: now,
    services,
    matches,
    documents,
    showGrowing: (serviceId, deployId) => watches.isGrowing(deployId) && channels.show(serviceId),
    signIn,
    signal: leaving.signal,
  });
  const tailLogs = new TailLogs({
    render,
    watch,
    clock,
    renderNow: now,
    services,
    matches,
    channels,
    signIn,
    closing: leaving.signal,
  });
  own.add(
    apiKey.onDidChange(() => {
      problems.clear();
      // A socket goes on with the key that it was opened with.
      tailLogs.stopAll();
    }),
  );
  const why = async (
    serviceId: string,
    deploy: Deploy,
    signal: AbortSignal,
    shows: "problems" | "nothing",
  ): Promise<FoundReason> => {
    const service = await find(serviceId);
    if (!service) return { reason: undefined, isWhole: false };
    const failure = await whyFailed(render, service, deploy, now(), signal);
    // They are not waited for; a log that could not be read says nothing of them.
    if (shows === "problems" && failure.isLogRead && !signal.aborted)
      problems.show(service, deploy, failure).catch((error: unknown) => {
        output.debug(messageOf(error));
      });
    const { cause, isWhole } = failure;
    return { reason: cause && { text: causeText(cause), lines: cause.lines }, isWhole };
  };
  const canceled = async (serviceId: string, deploy: Deploy, signal: AbortSignal): Promise<FoundReason> => {
    const others = services.deploysOf(serviceId)?.deploys ?? [];
    return { reason: await whyCanceled(render, serviceId, deploy, others, signal), isWhole: true };
  };
  const commands: Record<CommandsOf<"deployLog">, Command> = {
    "render.showLog": argument => showLog.run(argument),
    "render.compareLogs": argument => showLog.compare(argument),
    "render.tailLogs": argument => tailLogs.run(argument),
    "render.stopTailingLogs": argument => tailLogs.stop(argument),
  };
  return {
    /**
     * Why a deploy of a service failed, or was canceled; undefined where that cannot be told.
     *
     * @param shows whether errors in files that the deploy printed are shown in the Problems panel
     */
    why: (
      serviceId: string,
      deploy: Deploy,
      signal: AbortSignal,
      shows: "problems" | "nothing" = "nothing",
    ): Promise<Reason | undefined> => {
      // What was told without problems is read once more where they are wanted.
      const [whole, bare] = [deploy.id, `${deploy.id}/alone`];
      const key = shows === "problems" || reasons.has(whole) ? whole : bare;
      return reasons.of(key, signal, async () => {
        const found = await (viewOf(deploy.status).outcome === "canceled"
          ? canceled(serviceId, deploy, signal)
          : why(serviceId, deploy, signal, shows));
        // What was given up on the way is half read.
        return signal.aborted ? { reason: undefined, isWhole: false } : found;
      });
    },
    /** Shows the log of a deploy as it grows, and tells what it says of the status, until the signal is aborted. */
    watch: async (serviceId: string, deploy: Deploy, signs: LogSigns, signal: AbortSignal): Promise<void> => {
      const service = await find(serviceId);
      if (!service) return;
      const watching = watches.watch(service, deploy, signs, signal);
      if (settings.showLog() === "always" && watches.isGrowing(deploy.id)) channels.show(serviceId);
      await watching;
    },
    /** Hands on the lines of a deploy that is followed, as they are printed. Gives what stops it. */
    readAlong: (deployId: string, reader: LineReader) => watches.readAlong(deployId, reader),
    /** Resolves when what a deploy that has ended wrote until then was handed on. */
    whenRead: (deployId: string) => watches.whenRead(deployId),
    /** A deploy has failed: its log is shown, unless the person wants none, or has it in a terminal. */
    showFailed: (serviceId: string, deployId: string): void => {
      const isWanted = settings.showLog() !== "never" && !watches.isReadAlong(deployId);
      if (isWanted && watches.isShown(deployId)) channels.show(serviceId);
    },
    commands,
  };
}
