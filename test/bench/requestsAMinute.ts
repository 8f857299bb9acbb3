/** How many requests following deploys takes, over the simulator and in a time that the bench moves. */
import { followedMinute } from "./followedMinute.js";
import { mostLooks } from "./goals.js";
import { thousands, type Row, type Section } from "./table.js";

export async function requestsAMinute(): Promise<Section> {
  const rows: Row[] = [];
  for (const deploys of [1, 10, 50]) {
    const { looks, triggers, isUnderWay } = await followedMinute(deploys);
    if (!isUnderWay) throw new Error("The deploys ended before the minute did.");
    rows.push({
      name: `${deploys} followed ${deploys === 1 ? "deploy" : "deploys"}, first minute`,
      figure: `${thousands(looks)} requests`,
      baseline: `${thousands(triggers)} (reading the list and the POST of each)`,
      ratio: looks / triggers,
      goal: `≤ ${thousands(deploys * mostLooks)}`,
      isMet: looks <= deploys * mostLooks,
    });
  }
  return { title: "Following deploys (moved time)", rows };
}
