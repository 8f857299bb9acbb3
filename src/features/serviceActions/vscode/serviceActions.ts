import { UnderWay } from "../../../underWay.js";
import * as vscode from "vscode";
import type { Clock, Logger } from "../../../ports.js";
import { detailsOf } from "../../../render/errorTexts.js";
import { dashboardPage } from "../../../services/dashboardPage.js";
import type { RenderClient } from "../../../render/client.js";
import type { Service } from "../../../render/shapes.js";
import { readUntilShown, switchService, type ServiceAction } from "../serviceSwitch.js";
import { switchDoing, switchLine, switchQuestion, switchResultText, switchTitle } from "../switchTexts.js";
import { protectedPrompt } from "../../../services/protectionTexts.js";
import { confirmByTyping } from "../../../dialogs/typeToConfirm.js";
import { show } from "../../../dialogs/notices.js";
import type { Services } from "../../../services/vscode/services.js";

export interface ServiceActionsParts {
  readonly render: RenderClient;
  readonly services: Services;
  readonly clock: Clock;
  readonly log: Logger;
  /** Aborted when the window closes. */
  readonly signal: AbortSignal;
}

/** The commands that suspend, resume and restart a service. */
export class ServiceActions {
  readonly #parts: ServiceActionsParts;
  readonly #underWay = new UnderWay();

  constructor(parts: ServiceActionsParts) {
    this.#parts = parts;
  }

  /** Asks, does it and tells how it went. A second click on the same thing meanwhile joins the first. */
  run(service: Service, action: ServiceAction): Promise<void> {
    return this.#once(service, action, () => this.#run(service, action));
  }

  #once(service: Service, action: ServiceAction, run: () => Promise<void>): Promise<void> {
    return this.#underWay.join(`${action} ${service.id}`, run);
  }

  async #run(service: Service, action: ServiceAction): Promise<void> {
    const { services } = this.#parts;
    const place = services.place(service);
    const { text, detail, button } = switchQuestion(service, place, action);
    const pressed = await vscode.window.showWarningMessage(text, { modal: true, detail }, button);
    const typing = protectedPrompt(service, place, switchDoing(action));
    if (pressed === button && (!typing || (await confirmByTyping(typing)))) await this.#do(service, action);
  }

  async #do(service: Service, action: ServiceAction): Promise<void> {
    const { render, services, clock, log, signal } = this.#parts;
    const title = switchTitle(service, action);
    const result = await vscode.window.withProgress({ location: { viewId: "render.services" }, title }, () =>
      switchService(render, clock, service, action, signal),
    );
    if (result.kind === "done") log.info(switchLine(service, action));
    else log.error(switchLine(service, action, detailsOf(result.error)));
    const told = switchResultText(service, action, result);
    void show(told.severity, told, {
      dashboardUrl: dashboardPage(service),
      retry: () => void this.#once(service, action, () => this.#do(service, action)),
    });
    const read = (): Promise<Service> => services.readAnew(service);
    const reading = result.kind === "done" ? readUntilShown(read, clock, action, signal) : read();
    // Not waited for: the next action must not be held up. A service that is gone is told when it is used next.
    void reading.then(
      () => services.loadDeploys(service.id),
      () => undefined,
    );
  }
}
