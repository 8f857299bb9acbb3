import * as vscode from "vscode";
import { deployOf, type FollowedDeploy, type OrderedService } from "../followedDeploy.js";
import { runningOf } from "../../../services/deployList.js";
import { protectedPrompt } from "../../../services/protectionTexts.js";
import { viewOf } from "../../../services/deployStatus.js";
import type { CancelResult, DeployTracker } from "../tracker.js";
import { dashboardPage } from "../../../services/dashboardPage.js";
import { plainName } from "../../../text/plainText.js";
import type { Deploy, Service } from "../../../render/shapes.js";
import { phaseText } from "../followTexts.js";
import { rollbackQuestion, rollbackWhat } from "../rollbackTexts.js";
import { confirmByTyping } from "../../../dialogs/typeToConfirm.js";
import { show, showError } from "../../../dialogs/notices.js";
import type { Services } from "../../../services/vscode/services.js";

export interface DeployActionParts {
  readonly tracker: DeployTracker;
  readonly services: Services;
  /** Aborted when the window closes. */
  readonly signal: AbortSignal;
  /** Who asks, for the output. */
  readonly askedBy: () => string;
}

interface Target {
  readonly service: OrderedService;
  readonly deployId: string;
}

/** What can be done with a deploy that runs. */
export class DeployActions {
  readonly #parts: DeployActionParts;

  constructor(parts: DeployActionParts) {
    this.#parts = parts;
  }

  /** Cancels the deploy of a row after asking; without one, the person picks among those followed here. */
  async cancel(target: Target | undefined): Promise<void> {
    const chosen = target ?? (await this.#pick());
    if (!chosen) return;
    const name = plainName(chosen.service.name);
    const cancel = "Cancel Deploy";
    const detail = "It ends at Render, and what is live now keeps running.";
    const pressed = await vscode.window.showWarningMessage(
      `Cancel the deploy of ${name}?`,
      { modal: true, detail },
      cancel,
    );
    if (pressed === cancel) await this.cancelNow(chosen);
  }

  /** Cancels at once and tells how it went. */
  async cancelNow({ service, deployId }: Target): Promise<void> {
    const { tracker, services } = this.#parts;
    const result = await tracker.cancel(service.id, deployId, this.#parts.signal);
    void services.loadDeploys(service.id);
    this.#tell(result, service, deployId);
  }

  /** Rolls a service back to one of its earlier deploys after asking; it is followed like any other deploy. */
  async rollBack(service: Service, deploy: Deploy): Promise<void> {
    const { tracker, services, askedBy } = this.#parts;
    const place = services.place(service);
    await services.loadDeploys(service.id);
    const running = runningOf(services.deploysOf(service.id)?.deploys ?? []);
    const { text, detail, button } = rollbackQuestion(service, place, deploy, running);
    const pressed = await vscode.window.showWarningMessage(text, { modal: true, detail }, button);
    const typing = protectedPrompt(service, place, "roll it back");
    if (pressed !== button || (typing && !(await confirmByTyping(typing)))) return;
    await tracker.start({
      service,
      place,
      body: {},
      rollbackTo: deploy,
      what: rollbackWhat(deploy),
      askedBy: askedBy(),
    });
  }

  #tell(result: CancelResult, service: OrderedService, deployId: string): void {
    const name = plainName(service.name);
    const isFollowed = this.#parts.tracker.running.some(followed => deployOf(followed)?.id === deployId);
    switch (result.kind) {
      case "canceled":
        // A followed deploy tells its end itself.
        if (!isFollowed) void show("info", { text: `The deploy of ${name} was canceled.`, remedies: [] });
        return;
      case "tooLate": {
        const state = viewOf(result.deploy.status).label.toLowerCase();
        void show("warning", {
          text: `The deploy of ${name} had ended before it could be canceled: ${state}.`,
          remedies: ["openDashboard"],
        });
        return;
      }
      case "failed":
        void showError(result.error, `cancel the deploy of ${name}`, {
          dashboardUrl: dashboardPage(service),
          retry: () => void this.cancelNow({ service, deployId }),
        });
    }
  }

  async #pick(): Promise<Target | undefined> {
    const running = this.#parts.tracker.running.flatMap(followed => {
      const deploy = deployOf(followed);
      return deploy ? [itemOf(followed, deploy.id)] : [];
    });
    if (running.length === 0) {
      void show("info", {
        text: "No deploy started here is running. Deploys of others are canceled from their row in the Render view.",
        remedies: [],
      });
      return undefined;
    }
    const picked = await vscode.window.showQuickPick(running, {
      title: "Render: Cancel Deploy",
      placeHolder: "Choose the deploy to cancel",
    });
    return picked?.target;
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
