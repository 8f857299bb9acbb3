import type { Deploy, Service } from "../../render/shapes.js";
import { deployText, sourceText } from "../../services/deployTexts.js";
import { placeText } from "../../services/serviceTexts.js";
import type { Place } from "../../services/place.js";
import { joined } from "../../text/listText.js";
import { subjectOf, plainName } from "../../text/plainText.js";

/** What a rollback deploys, in words: "a1b2c3d Cache port lookups (rollback)". */
export function rollbackWhat(deploy: Deploy): string {
  const subject = subjectOf(deploy.commit?.message);
  const source = sourceText(deploy) || plainName(deploy.id);
  return joined([source, subject, "(rollback)"], " ");
}

/** The question before a rollback; `button` does it. `running` is the deploy of the service that runs now. */
export function rollbackQuestion(
  service: Pick<Service, "name" | "autoDeploy" | "repo" | "suspended">,
  place: Place,
  deploy: Deploy,
  running?: Deploy,
): { readonly text: string; readonly detail: string; readonly button: string } {
  const isReplacedByPush =
    service.repo !== undefined && ["commit", "checksPass"].includes(service.autoDeploy);
  const lines = [
    // Render docs, "Rollbacks": what is rolled back.
    "Render deploys the build of that time again, with part of the settings it had then. What is configured now stays as it is.",
    ...(isReplacedByPush
      ? [
          "Auto-deploy stays on: the next push that it takes up replaces it. Switch it off in the Dashboard to keep it.",
        ]
      : []),
    ...(running
      ? [
          `A deploy of ${deployText(running)} is running. As the workspace's settings say, Render cancels it for this one or lets this one wait.`,
        ]
      : []),
    ...(service.suspended ? ["The service is suspended. Render may refuse this until it is resumed."] : []),
    `It goes to ${placeText(place)}.`,
  ];
  return {
    text: `Roll ${plainName(service.name)} back to ${sourceText(deploy) || plainName(deploy.id)}?`,
    detail: lines.join("\n\n"),
    button: "Roll Back",
  };
}

/** What the person does, to follow "Type harbor-api to". */
export const rollbackDoing = "roll it back";
