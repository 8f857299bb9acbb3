import * as vscode from "vscode";
import type { Service } from "../../../render/shapes.js";
import { logChannelName } from "../logTexts.js";
import type { LogView } from "../logWriter.js";

/** The language of logs, as package.json has it. */
const language = "render-log";

/** So many services' logs are kept to be looked at; the one that grew longest ago goes first. */
const mostChannels = 20;

/** The output channels that show the logs of deploys while they grow, one for each service. */
export class LogChannels implements vscode.Disposable {
  readonly #channels = new Map<string, vscode.OutputChannel>();

  /** Where the log of a service is shown. */
  of({ id, name }: Service): LogView {
    const known = this.#channels.get(id);
    const channel = known ?? vscode.window.createOutputChannel(logChannelName(name), language);
    this.#channels.delete(id);
    this.#channels.set(id, channel);
    const [[eldest, oldest] = []] = this.#channels;
    if (this.#channels.size > mostChannels && eldest !== undefined) {
      this.#channels.delete(eldest);
      oldest?.dispose();
    }
    return channel;
  }

  /** Shows the log of a service, leaving the cursor where it is. False where there is none. */
  show(serviceId: string): boolean {
    const channel = this.#channels.get(serviceId);
    channel?.show(true);
    return channel !== undefined;
  }

  dispose(): void {
    for (const channel of this.#channels.values()) channel.dispose();
  }
}
