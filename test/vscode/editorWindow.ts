import { setTimeout as sleep } from "node:timers/promises";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import type { PageElement } from "./pageElement.js";
import { eventually, matches } from "./eventually.js";
import { modalDialog, type ModalDialog } from "./modalDialog.js";
import { QuickInput } from "./quickInput.js";
import { StatusItem } from "./statusItem.js";
import { Toasts, type Toast } from "./toasts.js";
import { TreeView } from "./treeView.js";

/** VS Code shows three new notifications in this time; what comes besides goes to the bell unseen. */
const toastIntervalMs = 800;

/** How long a view takes to be shown after a click. */
const viewSettlesMs = 300;

/**
 * A window of VS Code, worked like a person does: by mouse, keyboard and what is to be seen. Everything waits for what
 * it needs and fails with a sentence that says what was there instead.
 */
export class EditorWindow {
  /** For what is not offered here. */
  readonly page: Page;
  /** Command palette, quick picks and input boxes. */
  readonly quick: QuickInput;
  readonly #toasts: Toasts;
  readonly #logs: string;
  readonly #earlierLogs: ReadonlySet<string>;

  private constructor(page: Page, logs: string, earlierLogs: ReadonlySet<string>) {
    this.page = page;
    this.quick = new QuickInput(page);
    this.#toasts = new Toasts(page);
    this.#logs = logs;
    this.#earlierLogs = earlierLogs;
  }

  /** Opens the address and waits until the workbench is there. `logs` is VS Code's folder of logs. */
  static async open(context: BrowserContext, address: string, logs: string): Promise<EditorWindow> {
    const earlier = new Set(await extensionHostLogs(logs));
    const unused = context.pages().find(page => page.url() === "about:blank");
    const page = unused ?? (await context.newPage());
    const window = new EditorWindow(page, logs, earlier);
    await page.goto(address);
    await window.ready();
    return window;
  }

  /** Waits until the workbench is there and its extension host has started. */
  async ready(): Promise<void> {
    await this.page
      .locator(".monaco-workbench .part.statusbar .statusbar-item")
      .first()
      .waitFor({ timeout: 30_000 });
  }

  /** Runs a command from the palette by its full title, such as `Render: Trigger Deploy`. */
  async palette(title: string): Promise<void> {
    await this.quick.runCommand(title);
  }

  /** The status bar item `publisher.extension.item`. */
  statusItem(id: string): StatusItem {
    return new StatusItem(this.page, id);
  }

  /** Opens a container of the activity bar by its title. */
  async openView(title: string): Promise<void> {
    const item = this.page
      .locator(".part.activitybar .action-item")
      .filter({ has: this.page.locator(`.action-label[aria-label^="${title}"]`) })
      .first();
    const heading = this.page
      .locator(".part.sidebar .composite.title")
      .filter({ hasText: new RegExp(title, "i"), visible: true });
    const isOpen = async (): Promise<boolean> =>
      (await item.getAttribute("class"))?.split(" ").includes("checked") === true;
    await item.waitFor();
    // A click on the container that is open would close it; and a window that was just reloaded opens by itself what
    // was open before, perhaps in the very moment of the click. So it is looked at again after each click.
    await eventually(`the view "${title}"`, async () => {
      if (await heading.isVisible()) return true;
      if (!(await isOpen())) await item.click();
      await sleep(viewSettlesMs);
      return undefined;
    });
  }

  /** Opens a file of the folder by its name. */
  async openFile(name: string): Promise<void> {
    await this.quick.openFile(name);
    await this.page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
  }

  /** Clicks an icon at the right of the editor's tabs. */
  async editorAction(title: string): Promise<void> {
    await this.page.locator(`.editor-actions .action-label[aria-label^="${title}"]`).click();
  }

  /** The lenses in sight of the active editor: one text for each line of them, its parts joined by `|`. */
  async lenses(): Promise<string[]> {
    return await this.page
      .locator(".editor-instance .codelens-decoration")
      .evaluateAll((elements: PageElement[]) =>
        elements
          .map(element => ({ text: element.textContent, top: element.getBoundingClientRect().top }))
          .sort((a, b) => a.top - b.top)
          .map(({ text }) => text.replaceAll("\u00a0", " ").replaceAll(" | ", "|"))
          .filter(text => text !== ""),
      );
  }

  /** Waits until the lenses in sight are these. */
  async lensesShow(expected: readonly (string | RegExp)[]): Promise<void> {
    await eventually(
      `the lenses ${expected.map(String).join(", ")}`,
      async () => {
        const shown = await this.lenses();
        const isSo =
          shown.length === expected.length &&
          shown.every((text, index) => matches(text, expected[index] ?? ""));
        return isSo ? true : undefined;
      },
      { instead: async () => JSON.stringify(await this.lenses()) },
    );
  }

  /** Clicks the first lens with exactly this text. */
  async clickLens(text: string): Promise<void> {
    await this.page
      .locator(".editor-instance .codelens-decoration a")
      .getByText(text, { exact: true })
      .first()
      .click();
  }

  /** Waits until the active editor shows this line. */
  async editorShows(line: string): Promise<void> {
    const lines = this.page.locator(".editor-instance .view-line");
    await eventually(`the line "${line}"`, async () => {
      const texts = (await lines.allTextContents()).map(text => text.replaceAll("\u00a0", " "));
      return texts.includes(line) ? true : undefined;
    });
  }

  /** The messages in the Problems panel, which is opened where it is closed. */
  async problems(): Promise<string[]> {
    const panel = this.page.locator(".part.panel .markers-panel");
    if (!(await panel.isVisible())) await this.palette("Problems: Focus on Problems View");
    return await panel.locator(".marker-message-line .marker-message").allInnerTexts();
  }

  /** Where the problems in the Problems panel are, as `[Ln 3, Col 5]`. */
  async problemPlaces(): Promise<string[]> {
    return await this.page.locator(".part.panel .markers-panel .marker-line").allInnerTexts();
  }

  /** The trees in the side bar, or the one of the view with this title. */
  tree(view?: string): TreeView {
    return new TreeView(this.page, view);
  }

  /** The notifications in sight. */
  async toasts(): Promise<Toast[]> {
    return await this.#toasts.all();
  }

  /** Waits for a notification that holds this text. */
  async toast(text: string | RegExp, timeoutMs?: number): Promise<Toast> {
    return await this.#toasts.find(text, timeoutMs);
  }

  /** Clears all notifications, those behind the bell too, and waits until new ones are sure to be shown. */
  async clearToasts(): Promise<void> {
    await this.palette("Notifications: Clear All Notifications");
    await eventually("no toast", async () => ((await this.#toasts.all()).length === 0 ? true : undefined));
    await sleep(toastIntervalMs);
  }

  /** Waits for a modal dialog. */
  async modal(): Promise<ModalDialog> {
    return await modalDialog(this.page);
  }

  /**
   * What this window's extension `publisher.name` wrote to its output channel, from the log file that VS Code shows.
   * Empty when there is none yet.
   */
  async outputText(extension: string, channel: string): Promise<string> {
    const folders = (await extensionHostLogs(this.#logs)).filter(folder => !this.#earlierLogs.has(folder));
    const texts = folders.map(folder =>
      readFile(join(this.#logs, folder, extension, `${channel}.log`), "utf8").catch(() => ""),
    );
    return (await Promise.all(texts)).join("");
  }

  /** Everything in an output channel that is no log, in this window, also what is out of sight. Empty while there is none. */
  async channelText(channel: string): Promise<string> {
    const folders = (await extensionHostLogs(this.#logs)).filter(folder => !this.#earlierLogs.has(folder));
    const file = `-${channel.replaceAll(/[\\/:*?"<>|]/gu, "")}.log`;
    const texts = folders.map(async folder => {
      const all = await readdir(join(this.#logs, folder), { recursive: true }).catch(() => []);
      const found = all.filter(name => name.endsWith(file) && name.startsWith("output_logging_"));
      const read = found.map(name => readFile(join(this.#logs, folder, name), "utf8").catch(() => ""));
      return (await Promise.all(read)).join("");
    });
    return (await Promise.all(texts)).join("");
  }

  /** The lines in sight of the output panel, once there are some. */
  async panelLines(): Promise<string[]> {
    return await eventually("lines in the output panel", async () => {
      const lines = await this.page.locator(".part.panel .view-line").evaluateAll((elements: PageElement[]) =>
        elements
          .map(element => ({ text: element.textContent, top: element.getBoundingClientRect().top }))
          .sort((a, b) => a.top - b.top)
          // VS Code draws spaces as no-break spaces.
          .map(line => line.text.replaceAll("\u00a0", " ")),
      );
      return lines.some(line => line !== "") ? lines : undefined;
    });
  }

  /** Runs a task by its label, from the list that the palette opens. */
  async runTask(label: string): Promise<void> {
    await this.palette("Tasks: Run Task");
    await this.quick.pick(label);
  }

  /** The text in sight of the terminal, its lines as they are wrapped put together. */
  async terminalText(): Promise<string> {
    const rows = await this.page.locator(".part.panel .xterm-rows > div").allTextContents();
    // VS Code draws spaces as no-break spaces.
    return rows.join("").replaceAll("\u00a0", " ");
  }

  /** Waits until the terminal shows this text. */
  async terminalShows(text: string | RegExp, timeoutMs?: number): Promise<void> {
    await eventually(
      `the terminal to show ${String(text)}`,
      async () => {
        const shown = await this.terminalText();
        return (typeof text === "string" ? shown.includes(text) : text.test(shown)) ? true : undefined;
      },
      { instead: () => this.terminalText(), ...(timeoutMs !== undefined && { timeoutMs }) },
    );
  }

  /**
   * The address that `action` makes VS Code open in the browser. The question whether to open it is answered yes; the
   * address itself is never fetched, unless it is on this machine.
   */
  async openedExternally(action: () => Promise<void>): Promise<string> {
    const opening = this.page.context().waitForEvent("page");
    const dialog = modalDialog(this.page);
    // Either may never come: the question is not asked for trusted addresses.
    opening.catch(() => undefined);
    dialog.catch(() => undefined);
    await action();
    const asked = await Promise.race([dialog, opening.then(() => undefined)]);
    if (asked) await asked.click("Open");
    const page = await opening;
    await page.waitForURL(url => url.href !== "about:blank", { waitUntil: "commit" });
    const address = page.url();
    await page.close();
    return address;
  }

  async clipboard(): Promise<string> {
    return await this.page.evaluate("navigator.clipboard.readText()");
  }

  /** Loads the window again, as `Developer: Reload Window` does. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.ready();
  }

  /** Closes the window. With the last one of its user, the user is forgotten, unless a profile folder was given. */
  async close(): Promise<void> {
    const context = this.page.context();
    await this.page.close();
    if (context.pages().length === 0) await context.close();
  }
}

/** The folders, below VS Code's folder of logs, of each extension host so far, in order: `<time>/exthost<n>`. */
async function extensionHostLogs(logs: string): Promise<string[]> {
  const starts = await readdir(logs).catch(() => []);
  const found = starts.map(async start => {
    const folders = await readdir(join(logs, start)).catch(() => []);
    return folders.filter(name => name.startsWith("exthost")).map(name => join(start, name));
  });
  const inOrder = new Intl.Collator("en", { numeric: true }).compare;
  return (await Promise.all(found)).flat().sort(inOrder);
}
