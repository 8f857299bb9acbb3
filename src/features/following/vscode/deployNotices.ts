import * as vscode from "vscode";
import { deployOf, isOver, type DeploySink, type FollowedDeploy } from "../followedDeploy.js";
import { dashboardAddress, hasSite, noticeOf, progressText } from "../followTexts.js";
import { cancelDetail } from "../cancelTexts.js";
import type { DeployTracker } from "../tracker.js";
import { plainName } from "../../../text/plainText.js";
import { isCronJob } from "../../../services/serviceKind.js";
import { show } from "../../../dialogs/notices.js";
import { ProgressNotice } from "../../../dialogs/progressNotice.js";

/** What the notifications can have done. */
export interface NoticeDeeds {
  readonly tracker: () => Pick<DeployTracker, "stopWatching">;
  /** Cancels the deploy on Render and tells the person how that went. */
  readonly cancel: (followed: FollowedDeploy) => Promise<void>;
  /** Sends the same order again. */
  readonly retry: (followed: FollowedDeploy) => void;
  /** Asks anew whether the same is to be deployed. */
  readonly ask: (followed: FollowedDeploy) => void;
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
  readonly #deeds: NoticeDeeds;
  readonly #running = new Map<string, Running>();

  constructor(deeds: NoticeDeeds) {
    this.#deeds = deeds;
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
    const now = (): FollowedDeploy | undefined => this.#running.get(key)?.now;
    const progress = new ProgressNotice({
      title: `Deploying ${plainName(followed.order.service.name)}`,
      text: () => {
        const shown = now();
        return shown && progressText(shown, Date.now());
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
    const name = plainName(followed.order.service.name);
    const deploy = deployOf(followed);
    // Render cancels only what it has begun, and no deploys of cron jobs (Render API, "Cancel deploy").
    const canCancel = deploy !== undefined && !isCronJob(followed.order.service);
    const cancel = "Cancel Deploy";
    const stop = "Stop Watching";
    const detail = cancelDetail(followed, canCancel);
    const buttons = canCancel ? [cancel, stop] : [stop];
    const pressed = await vscode.window.showWarningMessage(
      `Cancel the deploy of ${name}?`,
      { modal: true, detail },
      ...buttons,
    );
    if (pressed === stop) await this.#deeds.tracker().stopWatching(followed.key);
    if (pressed === cancel) await this.#deeds.cancel(followed);
  }

  #showEnd(followed: FollowedDeploy): void {
    const notice = noticeOf(followed, Date.now());
    if (!notice) return;
    const { url } = followed.order.service;
    void show(notice.severity, notice, {
      dashboardUrl: dashboardAddress(followed),
      ...(url !== undefined && hasSite(followed) && { siteUrl: url }),
      retry: () => {
        this.#deeds.retry(followed);
      },
      deploy: () => {
        this.#deeds.ask(followed);
      },
    });
  }
}
