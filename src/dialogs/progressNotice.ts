import * as vscode from "vscode";

export interface ProgressParts {
  readonly title: string;
  /** What it says now; undefined when it is to go. */
  readonly text: () => string | undefined;
  /** Cancel was pressed. Where `text` still says something afterwards, it is shown again. */
  readonly askWhatCancelMeans: () => Promise<void>;
}

/** A progress notification with a Cancel button, brought up to date every second. */
export class ProgressNotice {
  readonly #parts: ProgressParts;
  #update: () => void = () => undefined;

  constructor(parts: ProgressParts) {
    this.#parts = parts;
  }

  /** What it says may have changed. */
  update(): void {
    this.#update();
  }

  /** Shows it until there is nothing more to say. */
  async show(): Promise<void> {
    const { title, text, askWhatCancelMeans } = this.#parts;
    const location = vscode.ProgressLocation.Notification;
    while (text() !== undefined) {
      await vscode.window.withProgress(
        { location, title, cancellable: true },
        (progress, token) =>
          new Promise<void>(resolve => {
            const end = (): void => {
              clearInterval(ticking);
              pressed.dispose();
              resolve();
            };
            const update = (): void => {
              const message = text();
              if (message === undefined) end();
              else progress.report({ message });
            };
            const ticking = setInterval(update, 1_000);
            const pressed = token.onCancellationRequested(end);
            this.#update = update;
            update();
          }),
      );
      this.#update = () => undefined;
      if (text() !== undefined) await askWhatCancelMeans();
    }
  }
}
