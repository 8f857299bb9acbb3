import type { Locator, Page } from "playwright-core";
import type { PageElement } from "./pageElement.js";
import { eventually, matches } from "./eventually.js";

/** One row of a quick pick, as it is shown. */
export interface QuickPickRow {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
}

/** The box at the top of the window: command palette, quick picks and input boxes. */
export class QuickInput {
  readonly #page: Page;
  readonly #widget: Locator;
  readonly #input: Locator;
  readonly #rows: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.#widget = page.locator(".quick-input-widget:visible");
    this.#input = this.#widget.locator(".quick-input-box input");
    this.#rows = this.#widget.locator(".monaco-list-row");
  }

  /** Runs a command by its full title, such as `Render: Trigger Deploy`. */
  async runCommand(title: string): Promise<void> {
    const open = (): Promise<void> => this.#open(`>${title}`);
    await open();
    // A view that is opened in the same moment takes the focus, which closes the palette.
    await this.#focus(title, open);
    await this.#page.keyboard.press("Enter");
    await eventually(`the palette to leave after "${title}"`, async () => {
      const values = await this.#input.evaluateAll((elements: PageElement[]) =>
        elements.map(element => element.value),
      );
      return values.some(value => value.startsWith(">")) ? undefined : true;
    });
  }

  /** Opens a file of the folder by its name. */
  async openFile(name: string): Promise<void> {
    await this.#open(name);
    await this.#focus(name);
    await this.#page.keyboard.press("Enter");
    await this.#widget.waitFor({ state: "hidden" });
  }

  /** Chooses the row with exactly this label, and waits until the box has moved on. */
  async pick(label: string): Promise<void> {
    await this.#focus(label);
    const [box, content] = [await this.#identity(), await this.#content()];
    let pressedAt = -Infinity;
    let last = "";
    let restsFor = 0;
    await eventually(`the quick pick to answer to "${label}"`, async () => {
      if (pressedAt > 0 && (await this.#identity()) !== box) return true;
      const now = await this.#content();
      restsFor = now === last && !(await this.#isBusy()) ? restsFor + 1 : 0;
      last = now;
      // The same box can show other rows next. Rows that only change places are no answer.
      const isFocused = (await this.#shown()).some(row => row.focused && row.label === label);
      if (now !== content && !isFocused && restsFor > 5) return true;
      // What is pressed while rows move is left aside, so that nobody gets another row: then a person presses again.
      if (Date.now() - pressedAt > 2_000) {
        await this.#page.keyboard.press("Enter");
        pressedAt = Date.now();
      }
      return undefined;
    });
  }

  /** The rows that are in sight, once there are some and the list has come to rest. */
  async rows(): Promise<QuickPickRow[]> {
    let before = "";
    return await eventually("rows in a quick pick", async () => {
      const rows = await this.#rows.evaluateAll((elements: PageElement[]) =>
        elements.map(element => {
          const text = (selector: string) => element.querySelector(selector)?.textContent ?? "";
          return {
            // The space where an icon stands is no part of the text.
            label: text(".label-name").trim(),
            description: text(".label-description"),
            detail: text(".quick-input-list-label-meta"),
          };
        }),
      );
      const now = JSON.stringify(rows);
      const settled = now === before && !(await this.#isBusy());
      before = now;
      return settled && rows.length > 0 ? rows : undefined;
    });
  }

  /** Ticks the row with exactly this label, in a list of which several can be chosen. */
  async check(label: string): Promise<void> {
    await this.rows();
    const index = (await this.#shown()).findIndex(row => row.label === label);
    const row = this.#rows.nth(index);
    await row.locator(".quick-input-list-label").click();
    await row.locator("[aria-checked=true]").waitFor();
  }

  /** Ticks every row that the filter leaves. */
  async checkAll(): Promise<void> {
    await this.rows();
    await this.#widget.getByRole("checkbox", { name: "Toggle all checkboxes" }).click();
    await eventually("the rows to be ticked", async () =>
      (await this.#rows.locator("[aria-checked=false]").count()) === 0 ? true : undefined,
    );
  }

  /** Puts text into the box in place of what it holds. */
  async type(text: string): Promise<void> {
    await this.#input.fill(text);
  }

  /** Types an answer and presses Enter; waits until the box is gone or another has come. */
  async answer(text: string): Promise<void> {
    await this.type(text);
    const before = await this.#content();
    await this.#page.keyboard.press("Enter");
    await eventually(`the input box to take "${text}"`, async () =>
      (await this.#content()) === before ? undefined : true,
    );
  }

  /** Presses Enter. */
  async accept(): Promise<void> {
    await this.#page.keyboard.press("Enter");
  }

  /** Clicks a button of the box's title or of its field, by its tooltip. */
  async clickButton(tooltip: string): Promise<void> {
    await this.#widget
      .locator(`.action-label[aria-label^=${JSON.stringify(tooltip)}]`)
      .first()
      .click();
  }

  /** Presses Escape and waits until the box is gone. */
  async cancel(): Promise<void> {
    await this.#page.keyboard.press("Escape");
    await this.#widget.waitFor({ state: "hidden" });
  }

  /** What is written below the box: the prompt, or why the text is not accepted. Waits for `expected`, or any. */
  async message(expected: string | RegExp = /./): Promise<string> {
    const shown = async () =>
      (await this.#widget.locator(".quick-input-message").allInnerTexts()).join().trim();
    return await eventually(
      `the message ${String(expected)} below the input box`,
      async () => {
        const text = await shown();
        return matches(text, expected) ? text : undefined;
      },
      { instead: shown },
    );
  }

  /** The title above the box, the text in its empty field, and whether the field hides what is typed. */
  async box(): Promise<{ title: string; placeholder: string; secret: boolean }> {
    await this.#input.waitFor();
    return {
      title: (await this.#widget.locator(".quick-input-title").first().innerText()).trim(),
      placeholder: (await this.#input.getAttribute("placeholder")) ?? "",
      secret: (await this.#input.getAttribute("type")) === "password",
    };
  }

  /**
   * Waits until the row is there and the list has come to rest, as a person does, and brings the focus to the row.
   * Clicking it would be a gamble: rows are recycled while the list is filtered.
   */
  /** @param openAgain for a box that is gone */
  async #focus(label: string, openAgain?: () => Promise<void>): Promise<void> {
    let before = "";
    await eventually(
      `"${label}" in the quick pick`,
      async () => {
        if (openAgain && !(await this.#isOpen())) await openAgain();
        const rows = await this.#shown();
        const index = rows.findIndex(row => row.label === label || row.label === `${label}...`);
        const now = JSON.stringify(rows);
        const settled = now === before && !(await this.#isBusy());
        before = now;
        if (index < 0 || !settled) return undefined;
        if (rows[index]?.focused === true) return true;
        await this.#page.keyboard.press("ArrowDown");
        return undefined;
      },
      { instead: async () => JSON.stringify((await this.#shown()).map(row => row.label)) },
    );
  }

  async #shown(): Promise<{ label: string; focused: boolean }[]> {
    return await this.#rows.evaluateAll((elements: PageElement[]) =>
      elements.map(element => ({
        label: (element.querySelector(".label-name")?.textContent ?? "").trim(),
        focused: element.className.split(" ").includes("focused"),
      })),
    );
  }

  async #isBusy(): Promise<boolean> {
    return await this.#widget
      .locator(".quick-input-progress.active, .monaco-progress-container.active")
      .first()
      .isVisible();
  }

  /**
   * Opens the command palette and puts text into it. Right after loading, and while another box closes, the key may be lost,
   * and what takes the focus in that moment closes it again.
   */
  async #open(text: string): Promise<void> {
    await eventually("the command palette", async () => {
      await this.#page.keyboard.press("F1");
      const filled = this.#input
        .waitFor({ timeout: 1000 })
        .then(() => this.#input.fill(text, { timeout: 1000 }));
      return filled.then(
        () => true,
        () => undefined,
      );
    });
  }

  async #isOpen(): Promise<boolean> {
    return (await this.#widget.count()) > 0;
  }

  /** What tells one box from the next: its title and the text in its empty field; empty while there is none. */
  async #identity(): Promise<string> {
    if (!(await this.#isOpen())) return "";
    const title = await this.#widget.locator(".quick-input-title").allInnerTexts();
    const empty = await this.#input.evaluateAll((elements: PageElement[]) =>
      elements.map(element => element.getAttribute("placeholder") ?? ""),
    );
    return JSON.stringify([title, empty]);
  }

  async #content(): Promise<string> {
    return (await this.#widget.allInnerTexts()).join();
  }
}
