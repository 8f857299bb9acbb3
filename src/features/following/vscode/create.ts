import { randomUUID } from "node:crypto";
import { join } from "node:path";
import * as vscode from "vscode";
import type { AccountPart } from "../../../account/vscode/create.js";
import type { Command, CommandsOf } from "../../../commands.js";
import type { DeployLogPart } from "../../deployLog/vscode/create.js";
import type { ServicesPart } from "../../../services/vscode/create.js";
import { systemClock as clock } from "../../../window/clock.js";
import type { EditorWindow } from "../../../window/editorWindow.js";
import { settings } from "../../../window/settings.js";
import { DeployRows } from "../deployRows.js";
import type { DeployOrder, DeploySink } from "../followedDeploy.js";
import { AwaitedDeploys } from "../ledger/awaitedDeploys.js";
import { NoteFolder } from "../ledger/noteFolder.js";
import { SharedLedger } from "../ledger/sharedLedger.js";
import { DeployStory } from "../story.js";
import { Successors } from "../successors.js";
import { DeployTracker } from "../tracker.js";
import { CancelDeploy } from "./cancelDeploy.js";
import { DeployNotices } from "./deployNotices.js";
import { RollBack } from "./rollBack.js";
import { TakeUp } from "./takeUp.js";
import { isWindowSeen } from "./windowPresence.js";

export type Following = ReturnType<typeof create>;

/** The deploys of this window, from being sent to their end. */
export function create(
  { own, output, storage, leaving }: EditorWindow,
  { apiKey, keyState, isSignedIn, render, watch, renderNow, person }: AccountPart,
  { services }: ServicesPart,
  statusBar: DeploySink,
  deployLog: () => Promise<DeployLogPart>,
) {
  const notes = (folder: string): NoteFolder => new NoteFolder(join(storage.fsPath, folder));
  const ledger = new SharedLedger({
    notes: notes("followed"),
    window: randomUUID(),
    origin: () => settings.apiOrigin(),
    isSeen: () => isWindowSeen(clock),
    clock,
    log: output,
  });
  const tracker = new DeployTracker({
    render,
    watch,
    clock,
    ledger,
    renderNow,
    newKey: randomUUID,
    why: async (serviceId, deploy, signal) => (await deployLog()).why(serviceId, deploy, signal, "problems"),
    listen: (serviceId, deploy, signs, signal) => {
      const listening = deployLog().then(log => log.watch(serviceId, deploy, signs, signal));
      // A log that cannot be had tells nothing: then it is looked at as often as without one.
      listening.catch(() => undefined);
    },
  });
  ledger.whenTakenOver(key => {
    tracker.handOver(key);
  });
  const cancel = new CancelDeploy({ tracker, services, signal: leaving.signal });
  const rollBack = new RollBack({ tracker, services, person });
  const notices = own.add(new DeployNotices({ tracker, cancel, services, ask: askAnew }));
  const awaited = new AwaitedDeploys({ notes: notes("awaited"), clock });
  const successors = new Successors({
    tracker,
    written: () => ledger.written(),
    claim: (serviceId, deploy) => awaited.claimDeploy(serviceId, deploy),
    serviceOf: serviceId => services.listing.services.find(({ id }) => id === serviceId),
    signal: leaving.signal,
  });
  const failures: DeploySink = {
    deployChanged: ({ stage, order }) => {
      if (stage.kind !== "ended" || stage.outcome !== "failed") return;
      // It is shown besides what the notification says.
      deployLog().then(
        log => {
          log.showFailed(order.service.id, stage.deploy.id);
        },
        () => undefined,
      );
    },
  };
  // Who is told of each change, in this order.
  for (const sink of [
    new DeployStory(output, clock),
    new DeployRows(services),
    statusBar,
    notices,
    successors,
    failures,
  ])
    tracker.tell(sink);
  const takeUp = own.add(new TakeUp({ ledger, tracker, isSignedIn, clock }));
  own.add(
    apiKey.onDidChange(async () => {
      const key = await keyState();
      if (key === "present") takeUp.look();
      // One that cannot be read now may still be there.
      if (key === "absent") tracker.leaveAll({ kind: "signedOut" });
    }),
  );
  const commands: Record<CommandsOf<"following">, Command> = {
    "render.cancelDeploy": argument => cancel.run(argument),
    "render.rollBackDeploy": argument => rollBack.run(argument),
  };
  return {
    tracker,
    cancel,
    /** The commits whose automatic deploys are waited for here, or in another window. */
    awaited,
    takeUp,
    /** The window closes: everything ends, and what is followed is free for other windows. */
    end: async (): Promise<void> => {
      tracker.dispose();
      await ledger.release();
    },
    commands,
  };
}

/** By the command, as what asks stands above what follows. */
function askAnew(order: DeployOrder): void {
  void vscode.commands.executeCommand("render.triggerDeploy", { from: "notification", order });
}
