import type { Validation } from "../../render/blueprintShapes.js";
import type { Explanation } from "../../text/explanation.js";
import { counted, listed } from "../../text/listText.js";
import { plainText } from "../../text/plainText.js";

/** What a check of a Blueprint file that was asked for found. */
export function validationText(file: string, validation: Validation): Explanation {
  const name = plainText(file, 80);
  if (!validation.valid) {
    const count = Math.max(1, validation.errors.length);
    const errors = count === 1 ? "an error" : counted(count, "error");
    return {
      text: `Render found ${errors} in ${name}. Correct it where it is marked, then validate again.`,
      remedies: ["showProblems"],
    };
  }
  const { services, databases, keyValue, envGroups, actions } = validation.plan;
  const kinds = [
    [services, "service"],
    [databases, "database"],
    [keyValue, "Key Value instance"],
    [envGroups, "environment group"],
  ] as const;
  const parts = kinds.flatMap(([count, kind]) => (count === 0 ? [] : [counted(count, kind)]));
  if (parts.length === 0) return { text: `${name} is valid.`, remedies: [] };
  const steps = actions === 0 ? "" : `, in ${counted(actions, "action")}`;
  return {
    text: `${name} is valid. A new Blueprint made from it would create ${listed(parts)}${steps}.`,
    remedies: [],
  };
}

/** Why a Blueprint file is not checked. */
export type NoValidation = "untrusted" | "noFile" | "tooLarge" | "noWorkspace" | "workspacesUnread";

const noValidations: Record<NoValidation, Explanation> = {
  untrusted: {
    text: "This workspace is in Restricted Mode, so no file of it is sent to Render. Trust it to validate its Blueprint.",
    remedies: ["manageTrust"],
  },
  noFile: {
    text: "There is no render.yaml here to validate. Open the Blueprint file, then try again.",
    remedies: ["openFolder"],
  },
  tooLarge: {
    text: "This file is larger than the 10 MB that Render takes for a Blueprint. Make it smaller, then validate again.",
    remedies: [],
  },
  noWorkspace: {
    text: "This API key sees no workspace to validate the Blueprint for. Create one in the Render Dashboard, or set another key.",
    remedies: ["openDashboard", "setApiKey"],
  },
  workspacesUnread: {
    text: "The workspaces of this API key could not be read, and Render validates a Blueprint for one of them. The output has the details.",
    remedies: ["showOutput"],
  },
};

/** Why a Blueprint file is not checked, and what helps. */
export function noValidationText(why: NoValidation): Explanation {
  return noValidations[why];
}

/** Said once when a file was saved and it is open for which of several workspaces it is meant. */
export function askForWorkspaceText(file: string): Explanation {
  return {
    text: `Render can check ${plainText(file, 80)} whenever you save it. Choose the workspace that it is meant for.`,
    remedies: ["chooseWorkspace"],
  };
}

/** In place of errors where Render tells none. */
export const unexplainedError = "Render says that this file is not valid, but not why.";

/** Who found an error, beside it. */
export const problemSource = "Render";

/** Beside the progress while a file is checked. */
export function validatingText(file: string): string {
  return `Validating ${plainText(file, 80)}…`;
}

/** In the output, when a file was saved and not checked. */
export function notValidatedLine(file: string, why: string): string {
  return `${plainText(file, 80)} was not validated: ${why}`;
}

const title = "Render: Validate Blueprint";

/** The question for which workspace a file is checked. */
export const workspacePick = {
  title,
  placeHolder: "Choose the workspace that the Blueprint is meant for (remembered for this folder)",
};

/** The question which file is checked. */
export const filePick = { title, placeHolder: "Choose the file" };
