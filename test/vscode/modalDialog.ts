import type { Page } from "playwright-core";

/** A dialog that must be answered before anything else. */
export interface ModalDialog {
  readonly text: string;
  /** The smaller text below, empty when there is none. */
  readonly detail: string;
  readonly buttons: readonly string[];
  /** Whether all of it is in sight. */
  fits(): Promise<boolean>;
  /** Clicks the button and waits until the dialog is gone. */
  click(button: string): Promise<void>;
  /** Leaves it with Escape. */
  cancel(): Promise<void>;
}

/** Waits for a modal dialog. */
export async function modalDialog(page: Page, timeoutMs = 20_000): Promise<ModalDialog> {
  const box = page.locator(".monaco-dialog-box");
  await box.waitFor({ timeout: timeoutMs });
  const text = async (selector: string) => (await box.locator(selector).allInnerTexts()).join("\n").trim();
  const buttons = box.locator(".dialog-buttons .monaco-button");
  return {
    text: await text(".dialog-message-text"),
    detail: await text(".dialog-message-detail"),
    buttons: (await buttons.allInnerTexts()).map(label => label.trim()),
    fits: async () => {
      const { height = 0 } = page.viewportSize() ?? {};
      const parts = [box.locator(".dialog-message-detail"), box.locator(".dialog-buttons")];
      const places = await Promise.all(parts.map(part => part.boundingBox()));
      return places.every(place => place !== null && place.y >= 0 && place.y + place.height <= height);
    },
    click: async label => {
      await buttons
        .getByText(label, { exact: true })
        .or(box.getByRole("button", { name: label, exact: true }))
        .first()
        .click();
      await box.waitFor({ state: "detached" });
    },
    cancel: async () => {
      await page.keyboard.press("Escape");
      await box.waitFor({ state: "detached" });
    },
  };
}
