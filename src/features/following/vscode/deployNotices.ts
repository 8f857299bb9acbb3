import * as vscode from "vscode";
import {
  deployOf,
  isOver,
  type DeployOrder,
  type DeploySink,
  type FollowedDeploy,
} from "../followedDeploy.js";
import { dashboardAddress, followTitle, noticeOf, progressText } from "../followTexts.js";
import { cancelButton, cancelQuestion, leaveDetail, stopWatchingButton } from "../cancelTexts.js";
import type { CancelDeploy } from "./cancelDeploy.js";
import type { DeployTracker } from "../tracker.js";
import { hasSite, takesCancel } from "../../../services/serviceKind.js";
import type { Services } from "../../../services/vscode/services.js";
import { show } from "../../../dialogs/notices.js";
import { ProgressNotice } from "../../../dialogs/progressNotice.js";

export interface DeployNoticesParts {
  readonly tracker: Pick<DeployTracker, "start" | "stopWatching">;
  readonly cancel: Pick<CancelDeploy, "cancelFollowed">;
  readonly services: Pick<Services, "deploysOf">;
  /** Asks anew whether the same is to be deployed. */
  readonly ask: (order: DeployOrder) => void;
}

interface Running {
  now: FollowedDeploy;
  readonly progress: ProgressNotice;
}

/**
 * The notifications of a deploy: progress while it runs, one message with next steps at the end. A deploy of a batch has
 * none of its own: see `BatchNotices`.
 */
export class DeployNotices implements DeploySink, vscode.Disposable {
  readonly #parts: DeployNoticesParts;
  readonly #running = new Map<string, Running>();

  constructor(parts: DeployNoticesParts) {
    this.#parts = parts;
  }

  deployChanged(followed: FollowedDeploy): void {
    if (followed.order.batch !== undefined) return;
    const { key } = followed;
    const known = this.#running.get(key);
    if (known) known.now = followed;
    else if (!isOver(followed)) this.#begin(followed);
    if (isOver(followed)) {
      this.#running.delete(key);
      this.#showEnd(followed);
    }
    known?.progress.update();
  }

  /** Takes the progress notifications away. */
  dispose(): void {
    const all = [...this.#running.values()];
    this.#running.clear();
    for (const { progress } of all) progress.update();
  }

  #begin(followed: FollowedDeploy): void {
    const { key } = followed;
    const { services } = this.#parts;
    const now = (): FollowedDeploy | undefined => this.#running.get(key)?.now;
    const progress = new ProgressNotice({
      title: followTitle(followed),
      text: () => {
        const shown = now();
        const deploys = services.deploysOf(followed.order.service.id)?.deploys;
        return shown && progressText(shown, Date.now(), deploys);
      },
      askWhatCancelMeans: async () => {
        const asked = now();
        if (asked) await this.#askWhatCancelMeans(asked);
      },
    });
    this.#running.set(key, { now: followed, progress });
    void progress.show();
  }

  async #askWhatCancelMeans(followed: FollowedDeploy): Promise<void> {
    const canCancel = deployOf(followed) !== undefined && takesCancel(followed.order.service);
    const { tracker, cancel } = this.#parts;
    const pressed = await vscode.window.showWarningMessage(
      cancelQuestion(followed.order.service.name),
      { modal: true, detail: leaveDetail(followed, canCancel) },
      ...(canCancel ? [cancelButton, stopWatchingButton] : [stopWatchingButton]),
    );
    if (pressed === stopWatchingButton) await tracker.stopWatching(followed.key);
    if (pressed === cancelButton) await cancel.cancelFollowed(followed);
  }

  #showEnd(followed: FollowedDeploy): void {
    const notice = noticeOf(followed, Date.now());
    if (!notice) return;
    const { url } = followed.order.service;
    const deploy = deployOf(followed);
    void show(notice.severity, notice, {
      ...(deploy && { log: { serviceId: followed.order.service.id, deployId: deploy.id } }),
      dashboardUrl: dashboardAddress(followed),
      ...(url !== undefined && hasSite(followed.order.service) && { siteUrl: url }),
      retry: () => {
        this.#retry(followed.order);
      },
      deploy: () => {
        this.#parts.ask(followed.order);
      },
    });
  }

  /** Sends the same order again. What Render should have made by itself has been waited for already. */
  #retry(order: DeployOrder): void {
    const { automatic } = order;
    void this.#parts.tracker.start(
      automatic ? { ...order, automatic: { ...automatic, isOverdue: true } } : order,
    );
  }
}
