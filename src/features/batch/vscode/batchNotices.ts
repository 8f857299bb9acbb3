import * as vscode from "vscode";
import { DeployBatch, isWaiting, retriable, type BatchMode, type BatchState } from "../batch.js";
import {
  batchCancelButtons,
  batchCancelQuestion,
  batchNotice,
  batchProgressText,
  batchTitle,
} from "../batchTexts.js";
import {
  deployOf,
  isOver,
  type DeployOrder,
  type DeploySink,
  type FollowedDeploy,
} from "../../following/followedDeploy.js";
import type { CancelDeploy } from "../../following/vscode/cancelDeploy.js";
import type { DeployTracker } from "../../following/tracker.js";
import type { Logger } from "../../../ports.js";
import { takesCancel } from "../../../services/serviceKind.js";
import { show } from "../../../dialogs/notices.js";
import { ProgressNotice } from "../../../dialogs/progressNotice.js";

export interface BatchNoticesParts {
  readonly tracker: Pick<DeployTracker, "start" | "stopWatching" | "giveUp">;
  readonly cancel: Pick<CancelDeploy, "cancelFollowed">;
  readonly log: Logger;
}

/** What is started with one confirmation. */
export interface BatchOrder {
  readonly id: string;
  readonly orders: readonly DeployOrder[];
  readonly mode: BatchMode;
  /** Begins anew, with the services with these ids. */
  readonly retry: (serviceIds: readonly string[]) => void;
}

/** Runs the batches of this window, each with one progress notification and one message at the end. */
export class BatchNotices implements DeploySink, vscode.Disposable {
  readonly #parts: BatchNoticesParts;
  readonly #running = new Map<DeployBatch, ProgressNotice>();

  constructor(parts: BatchNoticesParts) {
    this.#parts = parts;
  }

  /** Resolves when the batch is over. */
  async run({ id, orders, mode, retry }: BatchOrder): Promise<void> {
    const askedAt = Date.now();
    const elapsed = (): number => Date.now() - askedAt;
    const batch: DeployBatch = new DeployBatch({
      id,
      orders,
      mode,
      start: order => this.#parts.tracker.start(order),
      giveUp: key => this.#parts.tracker.giveUp(key),
      changed: () => this.#running.get(batch)?.update(),
    });
    const progress = new ProgressNotice({
      title: batchTitle(orders.length),
      text: () => (this.#running.has(batch) ? batchProgressText(batch.state, elapsed()) : undefined),
      askWhatCancelMeans: () => this.#askWhatCancelMeans(batch),
    });
    this.#running.set(batch, progress);
    void progress.show();
    const state = await batch.run();
    // The window closes, and the next one follows what still runs.
    if (!this.#running.delete(batch)) return;
    progress.update();
    this.#showEnd(state, elapsed(), retry);
  }

  deployChanged(now: FollowedDeploy): void {
    for (const batch of this.#running.keys()) batch.deployChanged(now);
  }

  /** Takes the progress notifications away. */
  dispose(): void {
    const all = [...this.#running.values()];
    this.#running.clear();
    for (const progress of all) progress.update();
  }

  #showEnd(state: BatchState, ms: number, retry: BatchOrder["retry"]): void {
    const notice = batchNotice(state, ms);
    if (!notice) return;
    const { log } = this.#parts;
    if (notice.severity === "error") log.error(notice.text);
    else log[notice.severity === "info" ? "info" : "warn"](notice.text);
    void show(notice.severity, notice, {
      retry: () => {
        retry(retriable(state).map(({ order }) => order.service.id));
      },
    });
  }

  async #askWhatCancelMeans(batch: DeployBatch): Promise<void> {
    const { tracker, cancel } = this.#parts;
    const running = (): FollowedDeploy[] =>
      batch.state.members.flatMap(({ followed }) => (followed && !isOver(followed) ? [followed] : []));
    const cancelable = (followed: FollowedDeploy): boolean =>
      deployOf(followed) !== undefined && takesCancel(followed.order.service);
    const { cancelAll, startNoMore, stopWatching } = batchCancelButtons;
    const canCancel = running().some(cancelable);
    const { text, detail } = batchCancelQuestion(batch.state, canCancel);
    const buttons = [
      ...(canCancel ? [cancelAll] : []),
      ...(batch.state.members.some(isWaiting) ? [startNoMore] : []),
      stopWatching,
    ];
    const pressed = await vscode.window.showWarningMessage(text, { modal: true, detail }, ...buttons);
    if (pressed === undefined) return;
    batch.cancel();
    if (pressed === stopWatching) await Promise.all(running().map(({ key }) => tracker.stopWatching(key)));
    if (pressed === cancelAll)
      await Promise.all(
        running()
          .filter(cancelable)
          .map(each => cancel.cancelFollowed(each)),
      );
  }
}
