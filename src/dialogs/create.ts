import type { CommandId } from "../commands.js";
import { commandDoing } from "../commandTexts.js";
import { RenderError } from "../render/errors.js";
import { showError } from "./notices.js";

/** How a person is told that something failed. */
export function create() {
  return {
    /** What a command threw becomes a sentence with a button that helps; nothing where the window closes. */
    commandFailed: (error: unknown, id: CommandId, retry: () => void): void => {
      if (error instanceof RenderError && error.kind === "aborted") return;
      void showError(error, commandDoing[id], { retry });
    },
  };
}
