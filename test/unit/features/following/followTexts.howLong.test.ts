import assert from "node:assert/strict";
import type { FollowedDeploy } from "../../../../src/features/following/followedDeploy.js";
import { noticeOf } from "../../../../src/features/following/followTexts.js";
import type { Deploy } from "../../../../src/render/shapes.js";
import { aDeploy, aFollowedDeploy } from "../../../support/builders.js";
import { without } from "../../../support/without.js";

describe("the notice of an end says how long it took", () => {
  const baseline = { ids: [], newest: 0 };
  const minute = 60_000;
  /** By Render's clock it was sent at 0, or created a second later, and ended four minutes after that. */
  const finished = (change: Partial<FollowedDeploy>, deploy: Partial<Deploy> = {}): FollowedDeploy => ({
    ...aFollowedDeploy(),
    stage: {
      kind: "ended",
      deploy: aDeploy({ status: "live", createdAt: 1_000, finishedAt: 241_000, ...deploy }),
      outcome: "live",
    },
    ...change,
  });
  const sent = { baseline, sentAt: 0 };
  const unended = aDeploy({ status: "live", createdAt: 1_000 });
  const day = 24 * 60 * minute;
  for (const [name, followed, now, took] of [
    ["from sending it to its end", finished({ askedAt: 0, sent }), 245_000, "4 min 1 s"],
    ["though nobody looked for a day after the end", finished({ askedAt: 0, sent }), day, "4 min 1 s"],
    ["on a machine whose clock is ahead", finished({ askedAt: day, sent }), day + 245_000, "4 min 1 s"],
    ["on a machine whose clock is behind", finished({ askedAt: -day, sent }), 245_000 - day, "4 min 1 s"],
    ["never more than passed here", finished({ askedAt: 0, sent }), 200_000, "3 min 20 s"],
    ["whole, though it was followed from its midst only", finished({ askedAt: 200_000 }), 245_000, "4 min"],
    ["from its creation where the sending is not known", finished({ askedAt: 0 }), day, "4 min"],
    [
      "from its creation where Render's time was not known",
      finished({ askedAt: 0, sent: { baseline } }),
      day,
      "4 min",
    ],
    [
      "by this machine where Render tells no end",
      finished({ askedAt: 0, sent, stage: { kind: "ended", deploy: unended, outcome: "live" } }),
      3 * minute,
      "3 min",
    ],
    [
      "by this machine where Render tells no beginning",
      finished({
        askedAt: 0,
        stage: {
          kind: "ended",
          deploy: without(aDeploy({ status: "live", finishedAt: 241_000 }), "createdAt"),
          outcome: "live",
        },
      }),
      3 * minute,
      "3 min",
    ],
    ["as nothing when the times run backwards", finished({ askedAt: 0 }, { finishedAt: 0 }), day, "0 s"],
  ] as const)
    it(name, () => {
      assert.ok(noticeOf(followed, now)?.text.endsWith(`, after ${took}.`), noticeOf(followed, now)?.text);
    });
});
