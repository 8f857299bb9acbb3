import assert from "node:assert/strict";
import { followedMinute } from "../../../bench/followedMinute.js";
import { mostLooks } from "../../../bench/goals.js";

describe("following deploys, in their first minute", () => {
  for (const deploys of [1, 10, 50])
    it(`asks Render at most ${mostLooks} times for each of ${deploys}`, async () => {
      const { looks, triggers, isUnderWay } = await followedMinute(deploys);
      assert.ok(isUnderWay);
      // For each the list of deploys, so that none is begun twice, and the POST.
      assert.equal(triggers, 2 * deploys);
      assert.ok(looks >= deploys, `${looks} looks`);
      assert.ok(looks <= mostLooks * deploys, `${looks} looks`);
    });
});
