import * as vscode from "vscode";
import { show } from "../../../dialogs/notices.js";
import { confirmByTyping } from "../../../dialogs/typeToConfirm.js";
import type { Deploy, Service } from "../../../render/shapes.js";
import { runningOf } from "../../../services/deployList.js";
import { protectedPrompt } from "../../../services/protectionTexts.js";
import type { Services } from "../../../services/vscode/services.js";
import { rowOf } from "../../servicesView/rowArgument.js";
import { rowGone } from "../../servicesView/viewTexts.js";
import { originTexts } from "../../whatToDeploy/originTexts.js";
import { rollbackDoing, rollbackQuestion, rollbackWhat } from "../rollbackTexts.js";
import type { DeployTracker } from "../tracker.js";

export interface RollBackParts {
  readonly tracker: Pick<DeployTracker, "start">;
  readonly services: Pick<Services, "place" | "loadDeploys" | "deploysOf">;
  /** Who asks, for the output. */
  readonly person: () => string;
}

/** Rolls a service back to one of its earlier deploys; that is followed like any other deploy. */
export class RollBack {
  readonly #parts: RollBackParts;

  constructor(parts: RollBackParts) {
    this.#parts = parts;
  }

  /** Asks, then rolls back to the deploy of the row. */
  async run(argument: unknown): Promise<void> {
    const row = rowOf(argument);
    if (row?.kind === "deploy") await this.#rollBack(row.service, row.deploy);
    else void show("info", rowGone);
  }

  async #rollBack(service: Service, deploy: Deploy): Promise<void> {
    const { tracker, services, person } = this.#parts;
    const place = services.place(service);
    await services.loadDeploys(service.id);
    const running = runningOf(services.deploysOf(service.id)?.deploys ?? []);
    const { text, detail, button } = rollbackQuestion(service, place, deploy, running);
    const pressed = await vscode.window.showWarningMessage(text, { modal: true, detail }, button);
    const typing = protectedPrompt(service, place, rollbackDoing);
    if (pressed !== button || (typing && !(await confirmByTyping(typing)))) return;
    await tracker.start({
      service,
      place,
      body: {},
      rollbackTo: deploy,
      what: rollbackWhat(deploy),
      askedBy: `${person()}, ${originTexts.tree}`,
    });
  }
}
