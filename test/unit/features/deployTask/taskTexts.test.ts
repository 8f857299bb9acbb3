import assert from "node:assert/strict";
import {
  nothingSent,
  noServiceText,
  severalServicesText,
  taskName,
  timeText,
  watchName,
} from "../../../../src/features/deployTask/taskTexts.js";
import { aFollowedDeploy, anOrder, aService } from "../../../support/builders.js";
import { assertPlain, hostileTexts } from "../../../support/hostileText.js";

describe("the texts of deploy tasks", () => {
  it("say that a service is not known, and what to do", () => {
    assert.equal(
      noServiceText("harbour-api"),
      'This API key sees no service with the name or the ID "harbour-api". Set "service" to a name in the Render view, or to the ID that "Copy ID" gives there.',
    );
    assert.equal(
      severalServicesText("harbor-api", 2),
      '2 services are called "harbor-api". Set "service" to the ID of the one that is meant: "Copy ID" in the Render view gives it.',
    );
    assert.match(nothingSent("It is suspended."), /^It is suspended\. Nothing was sent\.$/u);
  });

  it("are safe to show, whatever services are called", () => {
    for (const name of hostileTexts) {
      assertPlain(taskName(name), 80);
      assertPlain(watchName(aFollowedDeploy({ order: anOrder({ service: aService({ name }) }) })), 80);
      assertPlain(noServiceText(name), 300);
      assertPlain(severalServicesText(name, 2), 300);
    }
  });

  it("give the time as a clock shows it", () => {
    assert.equal(timeText(new Date(2026, 5, 12, 4, 2, 1).getTime()), "04:02:01");
  });
});
