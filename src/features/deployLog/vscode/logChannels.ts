import * as vscode from "vscode";
import type { LogView } from "../logWriter.js";
import { logLanguage } from "./logLanguage.js";
import type { LogSubject } from "./logLinkProvider.js";

interface LogChannel {
  readonly name: string;
  readonly channel: vscode.OutputChannel;
  /** What it is the log of, asked for when that is needed. */
  readonly subject: () => Promise<LogSubject | undefined>;
}

/** The output channels that show logs while they grow: one for the deploys of each service, one for what it writes. */
export class LogChannels implements vscode.Disposable {
  readonly #channels = new Map<string, LogChannel>();

  /** Where a log is shown. @param id whose it is; @param subject what it is the log of */
  of(id: string, name: string, subject: LogChannel["subject"]): LogView {
    const isTaken = [...this.#channels].some(([other, known]) => other !== id && known.name === name);
    const own = isTaken ? `${name} (${id})` : name;
    const known = this.#channels.get(id);
    // A service was given another name.
    if (known && known.name !== own) known.channel.dispose();
    const channel = known?.name === own ? known.channel : vscode.window.createOutputChannel(own, logLanguage);
    this.#channels.set(id, { name: own, channel, subject });
    return channel;
  }

  /** Shows a log, leaving the cursor where it is. False where there is none. */
  show(id: string): boolean {
    const known = this.#channels.get(id);
    known?.channel.show(true);
    return known !== undefined;
  }

  /** What a document of an output channel shows the log of: its path ends with the name of the channel. */
  async subjectOf({ path }: vscode.Uri): Promise<LogSubject | undefined> {
    return [...this.#channels.values()].find(({ name }) => path.endsWith(`-${name}`))?.subject();
  }

  dispose(): void {
    for (const { channel } of this.#channels.values()) channel.dispose();
  }
}
