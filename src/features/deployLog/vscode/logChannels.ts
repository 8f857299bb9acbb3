import * as vscode from "vscode";
import type { LogView } from "../logWriter.js";
import { logLanguage } from "./logLanguage.js";
import type { LogSubject } from "./logLinkProvider.js";

/** So many services' logs are kept to be looked at; the one that grew longest ago goes first. */
const mostChannels = 20;

/** The output channels that show logs while they grow: one for the deploys of each service, one for what it writes. */
export class LogChannels implements vscode.Disposable {
  readonly #channels = new Map<string, vscode.OutputChannel>();

  /** By the name of the channel. */
  readonly #subjects = new Map<string, () => Promise<LogSubject | undefined>>();

  /** Where a log is shown. @param id whose it is; @param subject what it is the log of, asked for when that is needed */
  of(id: string, name: string, subject: () => Promise<LogSubject | undefined>): LogView {
    this.#subjects.set(name, subject);
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

  /** What a document of an output channel shows the log of: its path ends with the name of the channel. */
  async subjectOf({ path }: vscode.Uri): Promise<LogSubject | undefined> {
    const [, subject] = [...this.#subjects].find(([name]) => path.endsWith(`-${name}`)) ?? [];
    return subject?.();
  }

  dispose(): void {
    for (const channel of this.#channels.values()) channel.dispose();
  }
}
