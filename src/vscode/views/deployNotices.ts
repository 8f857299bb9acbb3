import * as vscode from "vscode";
import { deployOf, isOver, type DeploySink, type FollowedDeploy } from "../../core/deploy/followedDeploy.js";
import { dashboardAddress, hasSite, noticeOf, progressText } from "../../core/deploy/followTexts.js";
import type { DeployTracker } from "../../core/deploy/tracker.js";
import { plainText } from "../../core/plainText.js";
import { isCronJob } from "../../core/services/serviceKind.js";
import { show } from "../notices.js";

/** What the notifications can have done. */
export interface NoticeDeeds {
  readonly tracker: () => Pick<DeployTracker, "stopWatching">;
  /** Cancels the deploy on Render and tells the person how that went. */
  readonly cancel: (followed: FollowedDeploy) => Promise<void>;
  /** Sends the same order again. */
  readonly retry: (followed: FollowedDeploy) => void;
}

interface Running {
  now: FollowedDeploy;
  /** Called at each change, by the progress that is shown. */
  update: () => void;
}

/** The notifications of a deploy: progress while it runs, one message with next steps at the end. */
export class DeployNotices implements DeploySink, vscode.Disposable {
  readonly #deeds: NoticeDeeds;
  readonly #running = new Map<string, Running>();

  constructor(deeds: NoticeDeeds) {
    this.#deeds = deeds;
  }

  deployChanged(followed: FollowedDeploy): void {
    const known = this.#running.get(followed.key);
    if (known) {
      known.now = followed;
      known.update();
    } else if (!isOver(followed)) {
      const running = { now: followed, update: () => undefined };
      this.#running.set(followed.key, running);
      void this.#showProgress(running);
    }
    if (isOver(followed)) {
      this.#running.delete(followed.key);
      this.#showEnd(followed);
    }
  }

  /** Takes the progress notifications away. */
  dispose(): void {
    const all = [...this.#running.values()];
    this.#running.clear();
    for (const running of all) running.update();
  }

  /** Shows progress until the deploy is over. A pressed Cancel asks what is meant; "keep going" shows progress again. */
  async #showProgress(running: Running): Promise<void> {
    const isShown = (): boolean => this.#running.has(running.now.key);
    while (isShown()) {
      const title = `Deploying ${plainText(running.now.order.service.name, 60)}`;
      const location = vscode.ProgressLocation.Notification;
      await vscode.window.withProgress(
        { location, title, cancellable: true },
        (progress, token) =>
          new Promise<void>(resolve => {
            const end = (): void => {
              clearInterval(ticking);
              pressed.dispose();
              resolve();
            };
            const update = (): void => {
              if (isShown()) progress.report({ message: progressText(running.now, Date.now()) });
              else end();
            };
            const ticking = setInterval(update, 1_000);
            const pressed = token.onCancellationRequested(end);
            running.update = update;
            update();
          }),
      );
      running.update = () => undefined;
      if (isShown()) await this.#askWhatCancelMeans(running.now);
    }
  }

  async #askWhatCancelMeans(followed: FollowedDeploy): Promise<void> {
    const name = plainText(followed.order.service.name, 60);
    const deploy = deployOf(followed);
    // Render cancels only what it has begun, and no deploys of cron jobs (Render API, "Cancel deploy").
    const canCancel = deploy !== undefined && !isCronJob(followed.order.service);
    const cancel = "Cancel Deploy";
    const stop = "Stop Watching";
    const detail = canCancel
      ? "Canceling ends it at Render, and what is live now keeps running. If you only stop watching, it goes on at Render."
      : "Render cannot cancel it at this point. If you stop watching, it goes on at Render.";
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
    });
  }
}
