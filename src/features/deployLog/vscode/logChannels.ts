import * as vscode from "vscode";
import type { LogView } from "../logWriter.js";
import { logLanguage } from "./logLanguage.js";

/** So many services' logs are kept to be looked at; the one that grew longest ago goes first. */
const mostChannels = 20;

/** The output channels that show logs while they grow: one for the deploys of each service, one for what it writes. */
export class LogChannels implements vscode.Disposable {
  readonly #channels = new Map<string, vscode.OutputChannel>();

  /** Where a log is shown. @param id whose it is */
  of(id: string, name: string): LogView {
    const known = this.#channels.get(id);
    const channel = known ?? vscode.window.createOutputChannel(name, logLanguage);
    this.#channels.delete(id);
    this.#channels.set(id, channel);
    const [[eldest, oldest] = []] = this.#channels;
    if (this.#channels.size > mostChannels && eldest !== undefined) {
      this.#channels.delete(eldest);
      oldest?.dispose();
    }
    return channel;
  }

  /** Shows a log, leaving the cursor where it is. False where there is none. */
  show(id: string): boolean {
    const channel = this.#channels.get(id);
    channel?.show(true);
    return channel !== undefined;
  }

  dispose(): void {
    for (const channel of this.#channels.values()) channel.dispose();
  }
}
