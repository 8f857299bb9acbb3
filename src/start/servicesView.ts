import { setContextKey } from "../window/state.js";
import type { EditorWindow } from "../window/editorWindow.js";
import { notLoadedText } from "./startTexts.js";
import type { Parts } from "./parts.js";

/** Has the services view filled when it is first seen. */
export function fillServicesView({ state, servicesView, output }: EditorWindow, parts: Parts): void {
  setContextKey("render.servicesState", "loading");
  setContextKey("render.showPreviews", state.showPreviews.get() ?? false);
  servicesView.fillWith(async () => {
    try {
      return (await parts.servicesView()).tree;
    } catch (error) {
      servicesView.view.message = notLoadedText;
      output.error(String(error));
      throw error;
    }
  });
}
