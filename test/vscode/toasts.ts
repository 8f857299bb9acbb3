import type { Locator, Page } from "playwright-core";
import { eventually } from "./eventually.js";

/** A notification at the lower right. */
export interface Toast {
  readonly text: string;
  readonly severity: "info" | "warning" | "error";
  readonly buttons: readonly string[];
  click(button: string): Promise<void>;
  /** Closes it with its cross. */
  dismiss(): Promise<void>;
}

/** The notifications in sight. VS Code shows three at most; the rest go to the bell in the status bar. */
export class Toasts {
  readonly #page: Page;
  readonly #items: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.#items = page.locator(".notifications-toasts .notification-toast");
  }

  async all(): Promise<Toast[]> {
    const items = await this.#items.all();
    const toasts = await Promise.all(items.map(item => this.#read(item).catch(() => undefined)));
    return toasts.filter(toast => toast !== undefined);
  }

  /** Waits for a notification with this text. */
  async find(text: string | RegExp, timeoutMs?: number): Promise<Toast> {
    const matches = (toast: Toast) =>
      typeof text === "string" ? toast.text.includes(text) : text.test(toast.text);
    return await eventually(`the toast ${String(text)}`, async () => (await this.all()).find(matches), {
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
      instead: async () => JSON.stringify((await this.all()).map(toast => toast.text)),
    });
  }

  async #read(item: Locator): Promise<Toast> {
    const message = item.locator(".notification-list-item-message");
    const text = (await message.innerText({ timeout: 500 })).trim();
    const icon = (await item.locator(".notification-list-item-icon").getAttribute("class")) ?? "";
    const buttons = item.locator(".notification-list-item-buttons-container .monaco-button");
    const severity = icon.includes("codicon-error")
      ? "error"
      : icon.includes("codicon-warning")
        ? "warning"
        : "info";
    const isProgress = (await item.locator(".monaco-progress-container.active").count()) > 0;
    // By its text and not by its place: places change as notifications come and go. Of a progress, what follows the title
    // changes while it is clicked.
    const [title = "", more] = text.split(": ");
    const words = isProgress && more !== undefined ? new RegExp(`^${escaped(title)}: `, "u") : text;
    const same = this.#items.filter({ has: this.#page.getByText(words, { exact: true }) });
    return {
      text,
      severity,
      buttons: (await buttons.allInnerTexts()).map(label => label.trim()),
      click: async label => {
        await same.getByRole("button", { name: label, exact: true }).click();
      },
      dismiss: async () => {
        await same.hover();
        await same.locator(".codicon-notifications-clear").click();
        await same.waitFor({ state: "detached" });
      },
    };
  }
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/gu, String.raw`\$&`);
}
