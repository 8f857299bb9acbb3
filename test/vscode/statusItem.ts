import type { Locator, Page } from "playwright-core";
import type { PageElement } from "./pageElement.js";
import { eventually, matches } from "./eventually.js";

/** An entry of the status bar. */
export class StatusItem {
  readonly #page: Page;
  readonly #entry: Locator;
  readonly #id: string;

  /** `id` is `publisher.extension.item`, the last part being the first argument of `createStatusBarItem`. */
  constructor(page: Page, id: string) {
    this.#page = page;
    this.#id = id;
    this.#entry = page.locator(`.statusbar-item[id="${id}"]`);
  }

  async isShown(): Promise<boolean> {
    return await this.#entry.isVisible();
  }

  /** Its text, without icons; empty while it is not there. */
  async text(): Promise<string> {
    const [text = ""] = await this.#entry.allInnerTexts();
    return text.replaceAll(/\s+/g, " ").trim();
  }

  /** Waits until its text is this one, and gives it. */
  async waitForText(text: string | RegExp, timeoutMs?: number): Promise<string> {
    return await eventually(
      `${this.#id} to show ${String(text)}`,
      async () => {
        if (!(await this.isShown())) return undefined;
        const now = await this.text();
        return matches(now, text) ? now : undefined;
      },
      {
        ...(timeoutMs === undefined ? {} : { timeoutMs }),
        instead: async () => ((await this.isShown()) ? await this.text() : "no such item"),
      },
    );
  }

  /** The names of its icons, such as `sync` for `$(sync~spin)`. */
  async icons(): Promise<string[]> {
    const classes = await this.#entry
      .locator(".codicon")
      .evaluateAll((elements: PageElement[]) => elements.map(element => element.className));
    return classes.flatMap(name => /codicon-(?!modifier-)([\w-]+)/.exec(name)?.[1] ?? []);
  }

  /** What a screen reader says. */
  async ariaLabel(): Promise<string> {
    return (await this.#entry.locator("[aria-label]").first().getAttribute("aria-label")) ?? "";
  }

  /** `warning` or `error` when its background says so. */
  async kind(): Promise<"standard" | "warning" | "error"> {
    const classes = (await this.#entry.getAttribute("class")) ?? "";
    return classes.includes("error-kind")
      ? "error"
      : classes.includes("warning-kind")
        ? "warning"
        : "standard";
  }

  /** What shows when the mouse rests on it. */
  async tooltip(): Promise<string> {
    await this.#entry.hover();
    const hover = this.#page.locator(".monaco-hover:visible, .workbench-hover:visible").last();
    await hover.waitFor();
    const text = (await hover.innerText()).trim();
    await this.#page.mouse.move(0, 0);
    return text;
  }

  async click(): Promise<void> {
    await this.#entry.locator("a, .statusbar-item-label").first().click();
  }
}
