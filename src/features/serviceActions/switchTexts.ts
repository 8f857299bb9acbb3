/** What a person reads before and after a service is suspended, resumed or restarted. */
import { type Explanation } from "../../text/explanation.js";
import { explain } from "../../render/errorTexts.js";
import { plainName } from "../../text/plainText.js";
import type { Service } from "../../render/shapes.js";
import { placeText } from "../../services/serviceTexts.js";
import type { Place } from "../../services/place.js";
import type { ActionResult, ServiceAction } from "./serviceSwitch.js";

interface Words {
  /** As the button says it. */
  readonly button: string;
  /** What comes of it, as a sentence. */
  readonly effect: string;
  /** To follow the service's name: "is suspended". */
  readonly done: string;
  /** To follow "whether" and the service's name: "was suspended". */
  readonly whether: string;
}

const words: Record<ServiceAction, Words> = {
  suspend: {
    button: "Suspend",
    effect: "It stops until it is resumed.",
    done: "is suspended",
    whether: "was suspended",
  },
  resume: {
    button: "Resume",
    effect: "Render starts it again, with a new deploy.",
    done: "is resumed, and Render starts it again",
    whether: "was resumed",
  },
  restart: {
    button: "Restart",
    effect:
      "Its instances are replaced by new ones with the same version and settings. What was changed in the settings since the last deploy, environment variables too, takes effect with the next one.",
    done: "restarts",
    whether: "was restarted",
  },
};

/** The question before it is done; `button` does it. */
export function switchQuestion(
  service: Pick<Service, "name">,
  place: Place,
  action: ServiceAction,
): { readonly text: string; readonly detail: string; readonly button: string } {
  const { button, effect } = words[action];
  return {
    text: `${button} ${plainName(service.name)}?`,
    detail: `${effect}\n\nIt is in ${placeText(place)}.`,
    button,
  };
}

/** How it went. */
export function switchResultText(
  service: Pick<Service, "name">,
  action: ServiceAction,
  result: ActionResult,
): Explanation & { readonly severity: "info" | "warning" | "error" } {
  const name = plainName(service.name);
  switch (result.kind) {
    case "done":
      return {
        severity: "info",
        text: `${name} ${words[action].done}.${result.answerLost ? " Render's answer was lost on the way, but the service shows it." : ""}`,
        remedies: [],
      };
    case "failed":
      return { severity: "error", ...explain(result.error, `${action} ${name}`) };
    case "unclear":
      return {
        severity: "warning",
        text: `Render's answer was lost, and it cannot be told whether ${name} ${words[action].whether}. Look at the Dashboard before you try again.`,
        remedies: ["openDashboard", "showOutput"],
      };
  }
}

/** Beside the progress while it is done. */
export function switchTitle(service: Pick<Service, "name">, action: ServiceAction): string {
  return `${plainName(service.name)}: ${action}`;
}

/** What the person does, to follow "Type harbor-api to". */
export function switchDoing(action: ServiceAction): string {
  return `${action} it`;
}

/** How it went, for the output. @param details of what failed; undefined where nothing did */
export function switchLine(service: Pick<Service, "name">, action: ServiceAction, details?: string): string {
  return `[${plainName(service.name)}] ${action}: ${details ?? "done"}`;
}
