import * as vscode from "vscode";
import { show } from "../../../dialogs/notices.js";
import { withProgress } from "../../../dialogs/progress.js";
import { pickService } from "../../../matching/vscode/pickService.js";
import type { Matches } from "../../../matching/vscode/matches.js";
import type { RenderClient } from "../../../render/client.js";
import type { Deploy, Service } from "../../../render/shapes.js";
import { dashboardPage } from "../../../services/dashboardPage.js";
import { subjectOf } from "../../../text/plainText.js";
import { sourceText } from "../../../services/deployTexts.js";
import { viewOf } from "../../../services/deployStatus.js";
import type { Services } from "../../../services/vscode/services.js";
import { rowOf } from "../../servicesView/rowArgument.js";
import { lastGood } from "../lastGood.js";
import {
  comparedText,
  comparedTitle,
  deployGone,
  logDeployPick,
  logName,
  logPick,
  logText,
  nothingBefore,
  readingLog,
} from "../logTexts.js";
import { logOf, readLog } from "../readLog.js";
import type { LogDocuments, NamedLog } from "./logDocuments.js";

export interface ShowLogParts {
  readonly render: RenderClient;
  /** Render's clock, in milliseconds since the epoch. */
  readonly renderNow: () => number;
  readonly services: Services;
  readonly matches: Matches;
  readonly documents: LogDocuments;
  /** Shows the log of a deploy that runs, as it grows. False where it is not being read. */
  readonly showGrowing: (serviceId: string, deployId: string) => boolean;
  /** Makes sure that there is a key, asking for one where there is none. False when the person left. */
  readonly signIn: () => Promise<boolean>;
  readonly signal: AbortSignal;
}

/** What the notification of a deploy passes on. */
export interface LogArgument {
  readonly serviceId: string;
  readonly deployId: string;
}

/** So many lines are read, in pages of 100: a person waits, and Render allows 30 pages a minute. */
const mostPages = 20;

/** Shows the log of a deploy as a document. */
export class ShowLog {
  readonly #parts: ShowLogParts;

  constructor(parts: ShowLogParts) {
    this.#parts = parts;
  }

  /** @param argument a deploy's row, or what a notification passes on; without, the person chooses */
  async run(argument: unknown): Promise<void> {
    const { render, renderNow, services, documents, signal } = this.#parts;
    if (!(await this.#parts.signIn())) return;
    const asked = await this.#asked(argument);
    if (!asked) return;
    if (this.#parts.showGrowing(asked.serviceId, asked.deployId)) return;
    const service = await services.find(asked.serviceId);
    if (!service) return show("info", { text: deployGone, remedies: [] });
    const [deploy, log] = await withProgress(readingLog, async () => {
      const now = await render.getDeploy(service.id, asked.deployId, signal);
      return [now, await readLog(render, logOf(service, now, renderNow()), mostPages, signal)] as const;
    });
    const page = dashboardPage(service, deploy);
    const text = logText(service.name, deploy, page, log);
    await documents.show({ subject: { service, deploy }, name: logName(service.name, deploy), text });
  }

  /** Shows how the log of a deploy differs from that of the last one before it that went live. */
  async compare(argument: unknown): Promise<void> {
    const { render, renderNow, services, documents, signal } = this.#parts;
    if (!(await this.#parts.signIn())) return;
    const asked = await this.#asked(argument);
    const service = asked && (await services.find(asked.serviceId));
    if (!service) return;
    const compared = await withProgress(readingLog, async () => {
      const deploy = await render.getDeploy(service.id, asked.deployId, signal);
      const before = lastGood(await render.listDeploys(service.id, { limit: 100 }, signal), deploy);
      if (!before) return undefined;
      const named = async (each: Deploy): Promise<NamedLog> => {
        const log = await readLog(render, logOf(service, each, renderNow()), mostPages, signal);
        const subject = { service, deploy: each };
        return { subject, name: logName(service.name, each), text: comparedText(log) };
      };
      return { deploy, before, logs: await Promise.all([named(before), named(deploy)]) };
    });
    if (!compared) return show("info", { text: nothingBefore, remedies: [] });
    const { deploy, before, logs } = compared;
    await documents.compare(...logs, comparedTitle(service.name, before, deploy));
  }

  async #asked(argument: unknown): Promise<LogArgument | undefined> {
    if (isLogArgument(argument)) return argument;
    const row = rowOf(argument);
    if (row?.kind === "deploy") return { serviceId: row.service.id, deployId: row.deploy.id };
    const service = row && "service" in row ? row.service : await this.#pickService();
    const deploy = service && (await this.#pickDeploy(service));
    return deploy && { serviceId: service.id, deployId: deploy.id };
  }

  #pickService(): Promise<Service | undefined> {
    void this.#parts.services.load();
    return pickService(this.#parts, logPick);
  }

  async #pickDeploy(service: Service): Promise<Deploy | undefined> {
    const deploys = (await this.#parts.services.readDeploys(service.id)) ?? [];
    if (deploys.length === 0) {
      await show("info", { text: logDeployPick.none, remedies: [] });
      return undefined;
    }
    const { title, placeHolder } = logDeployPick;
    const items = deploys.map(deploy => ({
      label: `$(${viewOf(deploy.status).icon}) ${sourceText(deploy) || deploy.id}`,
      description: viewOf(deploy.status).label,
      detail: subjectOf(deploy.commit?.message),
      deploy,
    }));
    return (await vscode.window.showQuickPick(items, { title, placeHolder }))?.deploy;
  }
}

function isLogArgument(argument: unknown): argument is LogArgument {
  return (
    typeof argument === "object" &&
    argument !== null &&
    "serviceId" in argument &&
    "deployId" in argument &&
    typeof argument.serviceId === "string" &&
    typeof argument.deployId === "string"
  );
}
