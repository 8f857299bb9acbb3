import type { TriggerBody } from "../../render/client.js";
import type { Deploy, Service } from "../../render/shapes.js";
import type { Place } from "../../services/place.js";
import { isCronJob } from "../../services/serviceKind.js";
import type { DeployOrder, OrderedService } from "./followedDeploy.js";
import { deployText } from "../../services/deployTexts.js";
import { asConfigured } from "../whatToDeploy/imageReference.js";

type ExistingService = OrderedService & Pick<Service, "imagePath">;

/** What a deploy that was not sent from here stands for; sent only if the person asks to try again. */
export function existingOrder(
  service: ExistingService,
  place: Place,
  deploy: Deploy,
  askedBy: string,
): DeployOrder {
  return {
    service,
    place,
    body: bodyOf(service, deploy),
    what: deployText(deploy),
    askedBy,
  };
}

function bodyOf(service: ExistingService, { commit, image }: Deploy): TriggerBody {
  // Render takes no commit for cron jobs (Render API, "Trigger deploy").
  if (commit) return isCronJob(service) ? {} : { commitId: commit.id };
  const imageUrl = image?.ref && service.imagePath && asConfigured(image.ref, service.imagePath);
  return imageUrl ? { imageUrl } : {};
}
