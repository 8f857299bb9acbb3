import * as vscode from "vscode";
import { show } from "../../../dialogs/notices.js";
import type { Services } from "../../../services/vscode/services.js";
import { whoStarted } from "../../../services/deployTexts.js";
import { plainName } from "../../../text/plainText.js";
import { existingOrder } from "../../following/existingOrder.js";
import { phaseText } from "../../following/followTexts.js";
import { isOver, type FollowedDeploy } from "../../following/followedDeploy.js";
import type { DeployTracker } from "../../following/tracker.js";
import { rowOf } from "../../servicesView/rowArgument.js";
import {
  nothingToWatch,
  taskSource,
  watchName,
  watchPick,
  watchedEnded,
  watchUntrusted,
} from "../taskTexts.js";
import { DeployTerminal, type Begin, type DeployTerminalParts } from "./deployTerminal.js";

/** The type of the tasks that only watch. It is not contributed, as there is nothing to write into tasks.json. */
const watchType = "render.watch";

export interface WatchDeployParts {
  readonly tracker: Pick<DeployTracker, "running" | "followExisting">;
  readonly services: Pick<Services, "place">;
  readonly terminal: DeployTerminalParts;
}

/** Shows a deploy in a terminal that ends with it, as a task: so VS Code itself tells the end to who looks elsewhere. */
export class WatchDeploy {
  readonly #parts: WatchDeployParts;

  constructor(parts: WatchDeployParts) {
    this.#parts = parts;
  }

  /** Watches the deploy of a row, whoever started it; without one, the person picks among those followed here. */
  async run(argument: unknown): Promise<void> {
    if (!vscode.workspace.isTrusted) {
      void show("info", watchUntrusted);
      return;
    }
    const followed = this.#ofRow(argument) ?? (await this.#pick());
    if (!followed) return;
    const { terminal } = this.#parts;
    // A task can be run again from its terminal: then it tells how it ended.
    let last = followed;
    const stop = terminal.listeners.listen(followed.key, now => {
      last = now;
      if (isOver(now)) stop();
    });
    const begin: Begin = () => Promise.resolve({ kind: "followed", followed: last });
    const execution = new vscode.CustomExecution(() => Promise.resolve(new DeployTerminal(terminal, begin)));
    const task = new vscode.Task(
      { type: watchType, deploy: followed.key },
      vscode.TaskScope.Workspace,
      watchName(followed),
      taskSource,
      execution,
      [],
    );
    await vscode.tasks.executeTask(task);
  }

  #ofRow(argument: unknown): FollowedDeploy | undefined {
    const row = rowOf(argument);
    if (row?.kind !== "deploy") return undefined;
    const { tracker, services } = this.#parts;
    const { service, deploy } = row;
    return tracker.followExisting(
      existingOrder(service, services.place(service), deploy, whoStarted(deploy)),
      deploy,
    );
  }

  async #pick(): Promise<FollowedDeploy | undefined> {
    const { running } = this.#parts.tracker;
    if (running.length === 0) {
      void show("info", nothingToWatch);
      return undefined;
    }
    if (running.length === 1) return running[0];
    const items = running.map(followed => ({
      label: plainName(followed.order.service.name),
      description: phaseText(followed),
      detail: followed.order.what,
      followed,
    }));
    const picked = await vscode.window.showQuickPick(items, watchPick);
    if (!picked) return undefined;
    // While the list was open, it may have ended.
    const now = this.#parts.tracker.running.find(({ key }) => key === picked.followed.key);
    if (!now) void show("info", watchedEnded);
    return now;
  }
}
