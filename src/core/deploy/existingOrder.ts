import type { Deploy, Service } from "../render/shapes.js";
import type { Place } from "../services/place.js";
import { isCronJob } from "../services/serviceKind.js";
import type { DeployOrder } from "./followedDeploy.js";
import { deployText } from "./followTexts.js";

/** What a deploy that was not sent from here stands for; sent only if the person asks to try again. */
export function existingOrder(service: Service, place: Place, deploy: Deploy, askedBy: string): DeployOrder {
  return {
    service,
    place,
    // Render takes no commit for cron jobs (Render API, "Trigger deploy").
    body: deploy.commit && !isCronJob(service) ? { commitId: deploy.commit.id } : {},
    what: deployText(deploy),
    askedBy,
  };
}
