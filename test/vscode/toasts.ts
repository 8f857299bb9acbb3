import type { Locator, Page } from "playwright-core";
import { eventually } from "./eventually.js";
import type { PageElement } from "./pageElement.js";

/** A notification at the lower right. */
export interface Toast {
  readonly text: string;
  readonly severity: "info" | "warning" | "error";
  readonly buttons: readonly string[];
  click(button: string): Promise<void>;
  /** Closes it with its cross. */
  dismiss(): Promise<void>;
}

interface ShownToast {
  readonly text: string;
  /** The classes of its icon. */
  readonly icon: string;
  readonly isProgress: boolean;
  readonly buttons: readonly string[];
}

/** The notifications in sight. VS Code shows three at most; the rest go to the bell in the status bar. */
export class Toasts {
  readonly #page: Page;
  readonly #items: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.#items = page.locator(".notifications-toasts .notification-toast");
  }

  /** As they are at one moment: they come and go, and one that is waited for piece by piece may never be whole again. */
  async all(): Promise<Toast[]> {
    const shown = await this.#items.evaluateAll((elements: PageElement[]) =>
      elements.map(element => ({
        text: (element.querySelector(".notification-list-item-message")?.innerText ?? "").trim(),
        icon: element.querySelector(".notification-list-item-icon")?.className ?? "",
        isProgress: element.querySelector(".monaco-progress-container.active") !== null,
        buttons: Array.from(
          element.querySelectorAll(".notification-list-item-buttons-container .monaco-button"),
          button => button.innerText.trim(),
        ),
      })),
    );
    return shown.filter(({ text }) => text !== "").map(toast => this.#toast(toast));
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

  #toast({ text, icon, isProgress, buttons }: ShownToast): Toast {
    const severity = icon.includes("codicon-error")
      ? "error"
      : icon.includes("codicon-warning")
        ? "warning"
        : "info";
    // By its text and not by its place: places change as notifications come and go. Of a progress, what follows the title
    // changes while it is clicked.
    const [title = "", more] = text.split(": ");
    const words = isProgress && more !== undefined ? new RegExp(`^${escaped(title)}: `, "u") : text;
    const same = this.#items.filter({ has: this.#page.getByText(words, { exact: true }) });
    return {
      text,
      severity,
      buttons,
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
