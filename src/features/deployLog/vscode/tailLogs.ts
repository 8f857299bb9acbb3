import * as vscode from "vscode";
import { show } from "../../../dialogs/notices.js";
import { pickService } from "../../../matching/vscode/pickService.js";
import type { Matches } from "../../../matching/vscode/matches.js";
import type { Clock } from "../../../ports.js";
import type { LogFilter, RenderClient } from "../../../render/client.js";
import type { Service } from "../../../render/shapes.js";
import { hasInstances } from "../../../services/serviceKind.js";
import type { Services } from "../../../services/vscode/services.js";
import { serviceOf } from "../../servicesView/rowArgument.js";
import { LogTail } from "../logTail.js";
import { unreadableText } from "../logTexts.js";
import { LogWriter } from "../logWriter.js";
import {
  filterBox,
  instancesHeading,
  levelChoices,
  levelsHeading,
  noTail,
  stopTailPick,
  tailChannelName,
  tailHead,
  tailPick,
  tailStopped,
  textBox,
  typeChoices,
  typesHeading,
} from "../tailTexts.js";
import type { LogChannels } from "./logChannels.js";

export interface TailLogsParts {
  readonly render: RenderClient;
  readonly watch: RenderClient;
  readonly clock: Clock;
  /** Render's clock, in milliseconds since the epoch. */
  readonly renderNow: () => number;
  readonly services: Services;
  readonly matches: Matches;
  readonly channels: LogChannels;
  /** Makes sure that there is a key, asking for one where there is none. False when the person left. */
  readonly signIn: () => Promise<boolean>;
  /** Aborted when the window closes. */
  readonly closing: AbortSignal;
}

/** What was written so long before is shown too, in milliseconds. */
const before = 10 * 60_000;

interface FilterItem extends vscode.QuickPickItem {
  readonly filter?: LogFilter;
}

/** What was asked for: the filter, and what it is called. */
interface Asked {
  readonly filter: LogFilter;
  readonly names: readonly string[];
}

/** The logs of services that run, each as it grows, until the person ends it. */
export class TailLogs {
  readonly #parts: TailLogsParts;
  /** By service. `over` is aborted when nothing more is shown of it. */
  readonly #running = new Map<
    string,
    { readonly service: Service; readonly end: AbortController; readonly over: AbortController }
  >();

  constructor(parts: TailLogsParts) {
    this.#parts = parts;
  }

  /** @param argument a service's row; without, the person chooses */
  async run(argument: unknown): Promise<void> {
    if (!(await this.#parts.signIn())) return;
    const service = serviceOf(argument) ?? (await this.#pickService());
    const asked = service && (await this.#ask(service));
    if (!asked) return;
    const earlier = this.#running.get(service.id);
    earlier?.over.abort();
    earlier?.end.abort();
    void this.#tail(service, asked);
    this.#parts.channels.show(channelOf(service));
  }

  /** @param argument a service's row; without, the person chooses where there are several */
  async stop(argument: unknown): Promise<void> {
    const ended = serviceOf(argument)?.id ?? (await this.#pickRunning());
    if (ended === undefined) return;
    const running = this.#running.get(ended);
    if (running) running.end.abort();
    else await show("info", { text: noTail, remedies: [] });
  }

  stopAll(): void {
    for (const { end } of this.#running.values()) end.abort();
  }

  async #tail(service: Service, { filter, names }: Asked): Promise<void> {
    const { clock, renderNow, services, channels, closing } = this.#parts;
    const [end, over] = [new AbortController(), new AbortController()];
    const running = { service, end, over };
    this.#running.set(service.id, running);
    const signal = AbortSignal.any([end.signal, closing]);
    const view = channels.of(channelOf(service), tailChannelName(service.name), async () => {
      const deploys = (await services.readDeploys(service.id)) ?? [];
      const deploy = deploys.find(({ status }) => status === "live");
      return deploy && { service, deploy };
    });
    const head = tailHead(service.name, names, filter.text ?? "");
    const writer = new LogWriter(view, head, clock, AbortSignal.any([over.signal, closing]));
    const tail = new LogTail(
      {
        ...this.#parts,
        take: lines => {
          writer.take(lines);
        },
        setLive: () => undefined,
      },
      { ownerId: service.ownerId, serviceId: service.id, from: renderNow() - before, filter },
    );
    const said = await tail.run(signal).then(() => tailStopped, unreadableText);
    // It may have been begun anew.
    if (this.#running.get(service.id) === running) this.#running.delete(service.id);
    await writer.say(said);
    over.abort();
  }

  async #ask(service: Service): Promise<Asked | undefined> {
    const instances = hasInstances(service)
      ? await this.#parts.render.instances(service.id, this.#parts.closing).catch(() => [])
      : [];
    const heading = (label: string): FilterItem => ({ label, kind: vscode.QuickPickItemKind.Separator });
    const items: FilterItem[] = [
      heading(levelsHeading),
      ...levelChoices,
      heading(typesHeading),
      ...typeChoices,
      ...(instances.length > 1 ? [heading(instancesHeading)] : []),
      ...(instances.length > 1
        ? instances.map(({ id }) => ({ label: id, filter: { instances: [id] } }))
        : []),
    ];
    const { title } = tailPick;
    const chosen = await vscode.window.showQuickPick(items, { ...filterBox, title, canPickMany: true });
    if (!chosen) return undefined;
    const text = await vscode.window.showInputBox({ ...textBox, title });
    if (text === undefined) return undefined;
    const all = (name: "types" | "levels" | "instances"): Partial<LogFilter> => {
      const values = chosen.flatMap(({ filter }) => filter?.[name] ?? []);
      return values.length > 0 ? { [name]: values } : {};
    };
    const filter = {
      ...all("types"),
      ...all("levels"),
      ...all("instances"),
      ...(text.trim() !== "" && { text: text.trim() }),
    };
    return { filter, names: chosen.map(({ label }) => label) };
  }

  #pickService(): Promise<Service | undefined> {
    void this.#parts.services.load();
    return pickService(this.#parts, tailPick);
  }

  async #pickRunning(): Promise<string | undefined> {
    const items = [...this.#running.values()].map(({ service }) => ({ label: service.name, id: service.id }));
    if (items.length < 2) return items[0]?.id ?? "";
    return (await vscode.window.showQuickPick(items, stopTailPick))?.id;
  }
}

function channelOf(service: Service): string {
  return `tail/${service.id}`;
}
