import * as vscode from "vscode";
import { show, showError } from "../../../dialogs/notices.js";
import { dashboardPage } from "../../../services/dashboardPage.js";
import type { Services } from "../../../services/vscode/services.js";
import { plainName } from "../../../text/plainText.js";
import { rowOf } from "../../servicesView/rowArgument.js";
import {
  cancelButton,
  canceledText,
  cancelDetail,
  cancelDoing,
  cancelPick,
  cancelQuestion,
  nothingToCancel,
  tooLateText,
} from "../cancelTexts.js";
import { deployOf, type FollowedDeploy, type OrderedService } from "../followedDeploy.js";
import { phaseText } from "../followTexts.js";
import type { CancelResult, DeployTracker } from "../tracker.js";

export interface CancelDeployParts {
  readonly tracker: Pick<DeployTracker, "cancel" | "running">;
  readonly services: Pick<Services, "loadDeploys">;
  /** Aborted when the window closes. */
  readonly signal: AbortSignal;
}

interface Target {
  readonly service: OrderedService;
  readonly deployId: string;
}

/** Cancels a deploy that runs at Render, whoever started it. */
export class CancelDeploy {
  readonly #parts: CancelDeployParts;

  constructor(parts: CancelDeployParts) {
    this.#parts = parts;
  }

  /** Cancels the deploy of a row after asking; without one, the person picks among those followed here. */
  async run(argument: unknown): Promise<void> {
    const row = rowOf(argument);
    const clicked = row?.kind === "deploy" ? { service: row.service, deployId: row.deploy.id } : undefined;
    const target = clicked ?? (await this.#pick());
    if (!target) return;
    const pressed = await vscode.window.showWarningMessage(
      cancelQuestion(target.service.name),
      { modal: true, detail: cancelDetail },
      cancelButton,
    );
    if (pressed === cancelButton) await this.#cancel(target);
  }

  /** Cancels a followed deploy at once, where Render has begun one, and tells how it went. */
  async cancelFollowed(followed: FollowedDeploy): Promise<void> {
    const deploy = deployOf(followed);
    if (deploy) await this.#cancel({ service: followed.order.service, deployId: deploy.id });
  }

  async #cancel({ service, deployId }: Target): Promise<void> {
    const { tracker, services, signal } = this.#parts;
    const result = await tracker.cancel(service.id, deployId, signal);
    void services.loadDeploys(service.id);
    this.#tell(result, service, deployId);
  }

  #tell(result: CancelResult, service: OrderedService, deployId: string): void {
    const isFollowed = this.#parts.tracker.running.some(followed => deployOf(followed)?.id === deployId);
    switch (result.kind) {
      case "canceled":
        // A followed deploy tells its end itself.
        if (!isFollowed) void show("info", canceledText(service.name));
        return;
      case "tooLate":
        void show("warning", tooLateText(service.name, result.deploy.status));
        return;
      case "failed":
        void showError(result.error, cancelDoing(service.name), {
          dashboardUrl: dashboardPage(service),
          retry: () => void this.#cancel({ service, deployId }),
        });
    }
  }

  async #pick(): Promise<Target | undefined> {
    const running = this.#parts.tracker.running.flatMap(followed => {
      const deploy = deployOf(followed);
      return deploy ? [itemOf(followed, deploy.id)] : [];
    });
    if (running.length === 0) {
      void show("info", nothingToCancel);
      return undefined;
    }
    return (await vscode.window.showQuickPick(running, cancelPick))?.target;
  }
}

function itemOf(
  followed: FollowedDeploy,
  deployId: string,
): vscode.QuickPickItem & { readonly target: Target } {
  const { service, what } = followed.order;
  return {
    label: plainName(service.name),
    description: phaseText(followed),
    detail: what,
    target: { service, deployId },
  };
}
