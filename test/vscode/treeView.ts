import type { Locator, Page } from "playwright-core";
import { setTimeout as sleep } from "node:timers/promises";
import type { PageElement } from "./pageElement.js";
import { eventually, matches } from "./eventually.js";

/** A row of a tree, as it is shown. */
export interface ShownRow {
  readonly label: string;
  readonly description: string;
  /** 1 for the outermost. */
  readonly level: number;
  /** Absent when the row cannot be opened. */
  readonly expanded?: boolean;
  /** What a screen reader says. */
  readonly ariaLabel: string;
}

/**
 * How long a person takes from one thing to a row, in milliseconds. Rows that are drawn anew while their menu is open
 * are not told to the command.
 */
const reachingMs = 500;

/** Menu entries ignore the mouse for their first 100 ms. */
const menuSettlesMs = 150;

/** The trees of the side bar; of the view with the title `view` when one is given. */
export class TreeView {
  readonly #page: Page;
  readonly #pane: Locator;

  constructor(page: Page, view?: string) {
    this.#page = page;
    const sideBar = page.locator(".part.sidebar");
    this.#pane =
      view === undefined
        ? sideBar
        : sideBar.locator(".pane").filter({ has: page.locator(`.pane-header[aria-label^="${view}"]`) });
  }

  /** Opens the view where it is closed. It needs the view's title. */
  async open(): Promise<void> {
    const header = this.#pane.locator(".pane-header");
    if ((await header.getAttribute("aria-expanded")) !== "true") await header.click();
  }

  /** The rows in sight, once there are some. */
  async rows(): Promise<ShownRow[]> {
    return await eventually("rows in the tree", async () => {
      const rows = await this.shownRows();
      return rows.length > 0 ? rows : undefined;
    });
  }

  /** The rows in sight, which may be none. */
  async shownRows(): Promise<ShownRow[]> {
    return await this.#pane.locator(".monaco-list-row").evaluateAll((elements: PageElement[]) =>
      elements.map(element => {
        const expanded = element.getAttribute("aria-expanded");
        return {
          label: element.querySelector(".label-name")?.textContent ?? "",
          description: element.querySelector(".label-description")?.textContent ?? "",
          level: Number(element.getAttribute("aria-level")),
          ariaLabel: element.getAttribute("aria-label") ?? "",
          ...(expanded === null ? {} : { expanded: expanded === "true" }),
        };
      }),
    );
  }

  /** Waits for the row with exactly this label. */
  async row(label: string, timeoutMs?: number): Promise<TreeRow> {
    const row = this.#pane
      .locator(".monaco-list-row")
      .filter({ has: this.#page.locator(".label-name").getByText(label, { exact: true }) })
      .or(
        this.#pane
          .locator(".monaco-list-row")
          .filter({ has: this.#page.locator(`.label-name:text-is(${JSON.stringify(label)})`) }),
      )
      .first();
    await eventually(`the row "${label}"`, async () => ((await row.isVisible()) ? true : undefined), {
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
      instead: async () => JSON.stringify((await this.shownRows()).map(shown => shown.label)),
    });
    return new TreeRow(this.#page, row, label);
  }

  /** Waits until the row with this label has this description, or one like it. */
  async describedRow(label: string, description: string | RegExp, timeoutMs?: number): Promise<void> {
    const found = async (): Promise<string[]> =>
      (await this.shownRows()).filter(row => row.label === label).map(row => row.description);
    await eventually(
      `the row "${label}" to say "${String(description)}"`,
      async () => ((await found()).some(text => matches(text, description)) ? true : undefined),
      {
        ...(timeoutMs === undefined ? {} : { timeoutMs }),
        instead: async () => JSON.stringify(await found()),
      },
    );
  }

  /** The text shown in place of rows (`viewsWelcome`, or a message), and its buttons. */
  async welcome(): Promise<{ text: string; buttons: string[] }> {
    const content = this.#pane.locator(".welcome-view-content, .message").filter({ visible: true }).first();
    await content.waitFor();
    const buttons = await content.locator(".monaco-button").allInnerTexts();
    return { text: (await content.innerText()).trim(), buttons: buttons.map(label => label.trim()) };
  }

  /** Clicks a button or a link of the text shown in place of rows. */
  async clickWelcome(label: string): Promise<void> {
    const content = this.#pane.locator(".welcome-view-content, .message").filter({ visible: true }).first();
    await content.locator(".monaco-button, a").filter({ hasText: label }).first().click();
  }

  /** Clicks an action in the title of the view. */
  async titleAction(title: string): Promise<void> {
    await this.#pane.hover();
    await this.#page
      .locator(".part.sidebar")
      .locator(
        `.title-actions .action-label[aria-label^="${title}"], .actions .action-label[aria-label^="${title}"]`,
      )
      .first()
      .click();
  }
}

/** One row. It is found again by its label for each action. */
export class TreeRow {
  readonly #page: Page;
  readonly #row: Locator;
  readonly #label: string;

  constructor(page: Page, row: Locator, label: string) {
    this.#page = page;
    this.#row = row;
    this.#label = label;
  }

  async click(): Promise<void> {
    await this.#row.locator(".label-name").first().click();
  }

  async doubleClick(): Promise<void> {
    await this.#row.locator(".label-name").first().dblclick();
  }

  async isExpanded(): Promise<boolean> {
    return (await this.#row.getAttribute("aria-expanded")) === "true";
  }

  /** Opens it and waits until it is open. */
  async expand(): Promise<void> {
    await this.#turn("true");
  }

  /** Closes it and waits until it is closed. */
  async collapse(): Promise<void> {
    await this.#turn("false");
  }

  /** The entries of its context menu, which is closed again. */
  async contextMenuItems(): Promise<string[]> {
    const items = await this.#openContextMenu();
    const labels = await items.allInnerTexts();
    await this.#page.keyboard.press("Escape");
    return labels.map(label => label.trim());
  }

  /** Right clicks, then clicks the entry with exactly this label. */
  async contextMenu(item: string): Promise<void> {
    const items = await this.#openContextMenu();
    const labels = (await items.allInnerTexts()).map(label => label.trim());
    const index = labels.indexOf(item);
    if (index < 0)
      throw new Error(`The menu of "${this.#label}" has no "${item}", but ${JSON.stringify(labels)}.`);
    await items.nth(index).click();
    await items.first().waitFor({ state: "hidden" });
  }

  /** Clicks one of the icons that appear at the right of the row. */
  async inlineAction(title: string): Promise<void> {
    await this.#row.hover();
    await this.#row.locator(`.actions .action-label[aria-label^="${title}"]`).click();
  }

  /** The titles of the icons at the right of the row. */
  async inlineActions(): Promise<string[]> {
    await this.#row.hover();
    return await this.#row
      .locator(".actions .action-label")
      .evaluateAll((elements: PageElement[]) =>
        elements.map(element => element.getAttribute("aria-label") ?? ""),
      );
  }

  /** What shows when the mouse rests on the row. */
  async tooltip(): Promise<string> {
    const hover = this.#page.locator(".monaco-hover:visible").last();
    // A row that is drawn anew under the mouse shows none until the mouse comes again.
    const text = await eventually(`a tooltip of "${this.#label}"`, async () => {
      await this.#page.mouse.move(0, 0);
      await this.#row.locator(".label-name").first().hover();
      await hover.waitFor({ timeout: 2000 }).catch(() => undefined);
      // What VS Code shows while an extension makes up the tooltip is none yet.
      const there = async (): Promise<string | undefined> => {
        const shown = await hover.innerText({ timeout: 1000 }).catch(() => "");
        return shown === "" || shown.startsWith("Loading") ? undefined : shown;
      };
      return await eventually("its text", there, { timeoutMs: 5000 }).catch(() => undefined);
    });
    await this.#page.mouse.move(0, 0);
    // VS Code draws the spaces of plain text in Markdown as no-break spaces.
    return text.replaceAll("\u00a0", " ").trim();
  }

  async #turn(expanded: "true" | "false"): Promise<void> {
    if ((await this.#row.getAttribute("aria-expanded")) !== expanded) {
      await this.#row.locator(".monaco-tl-twistie").click();
    }
    await eventually(`"${this.#label}" to be ${expanded === "true" ? "open" : "closed"}`, async () =>
      (await this.#row.getAttribute("aria-expanded")) === expanded ? true : undefined,
    );
  }

  async #openContextMenu(): Promise<Locator> {
    await this.#row.hover();
    await sleep(reachingMs);
    await this.#row.locator(".label-name").first().click({ button: "right" });
    const items = this.#page.locator(".monaco-menu .action-item .action-label:not(.separator)");
    await items.first().waitFor();
    await sleep(menuSettlesMs);
    return items;
  }
}
