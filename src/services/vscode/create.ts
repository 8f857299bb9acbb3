import type { AccountPart } from "../../account/vscode/create.js";
import { systemClock as clock } from "../../window/clock.js";
import type { EditorWindow } from "../../window/editorWindow.js";
import { Services } from "./services.js";

export type ServicesPart = ReturnType<typeof create>;

/** The services that the key sees, and their deploys. */
export function create({ own, state, output: log }: EditorWindow, { render, watch, apiKey }: AccountPart) {
  const services = own.add(new Services({ render, watch, state, clock, log }));
  own.add(
    apiKey.onDidChange(() => {
      services.clear();
    }),
  );
  return { services };
}
