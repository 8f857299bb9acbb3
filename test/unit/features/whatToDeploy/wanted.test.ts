import assert from "node:assert/strict";
import { planDeploy } from "../../../../src/features/whatToDeploy/plan.js";
import { choiceFor, readsGit, type Wanted } from "../../../../src/features/whatToDeploy/wanted.js";
import type { Service } from "../../../../src/render/shapes.js";
import { anImageService, aService, sha } from "../../../support/builders.js";

const nothing = { clearCache: false, redeploy: false };
const cronJob = aService({ type: "cron_job" });
const known = { id: sha, message: "Cache port lookups" };

/** What is sent for it; "one click" for what one click deploys, and why nothing is. */
async function sent(wanted: Partial<Wanted>, service: Service): Promise<unknown> {
  const find = (id: string): Promise<typeof known | undefined> =>
    Promise.resolve(sha.startsWith(id) ? known : undefined);
  const whole = { ...nothing, ...wanted };
  const choice = await choiceFor(whole, service, find);
  if (!choice) return "one click";
  const plan = planDeploy(service, choice, whole.clearCache);
  return plan.ok ? plan.body : plan.why;
}

describe("what was written down to be deployed", () => {
  const table: readonly (readonly [string, Partial<Wanted>, Service, unknown])[] = [
    ["nothing in particular", {}, aService(), "one click"],
    ["nothing in particular, of an image", {}, anImageService(), "one click"],
    ["HEAD", { commit: "HEAD" }, aService(), "one click"],
    ["HEAD of an image", { commit: "HEAD" }, anImageService(), "notBuiltFromGit"],
    ["HEAD of a cron job", { commit: "HEAD" }, cronJob, "cronJobCommit"],
    ["the newest commit", { commit: "newest" }, aService(), {}],
    ["the newest commit of a cron job", { commit: "newest" }, cronJob, {}],
    ["the newest commit of an image", { commit: "newest" }, anImageService(), "notBuiltFromGit"],
    ["a clean build", { commit: "newest", clearCache: true }, aService(), { clearCache: "clear" }],
    ["a short SHA that is known here", { commit: "7c1f0e9" }, aService(), { commitId: sha }],
    ["a short SHA that is not", { commit: "0000000" }, aService(), "badCommitId"],
    ["a SHA that is not known here", { commit: "0".repeat(40) }, aService(), { commitId: "0".repeat(40) }],
    ["a SHA in capitals", { commit: "ABCDEF01".repeat(5) }, aService(), { commitId: "abcdef01".repeat(5) }],
    ["a SHA of a cron job", { commit: sha }, cronJob, "cronJobCommit"],
    ["a tag", { image: "1.5" }, anImageService(), { imageUrl: "ghcr.io/harbor-labs/thumbs:1.5" }],
    ["another image", { image: "ghcr.io/harbor-labs/other:1.5" }, anImageService(), "otherImage"],
    ["no image at all", { image: "%%%" }, anImageService(), "otherImage"],
    ["an image of what is built from Git", { image: "1.5" }, aService(), "notBuiltFromImage"],
    ["the last build", { redeploy: true }, aService(), { deployMode: "deploy_only" }],
  ];
  for (const [what, wanted, service, expected] of table)
    it(`is sent, or refused: ${what}`, async () => {
      assert.deepEqual(await sent(wanted, service), expected);
    });

  it("needs Git only where HEAD or a SHA is meant", () => {
    assert.ok(readsGit(nothing));
    for (const commit of ["HEAD", sha]) assert.ok(readsGit({ ...nothing, commit }));
    for (const other of [{ commit: "newest" }, { image: "1.5" }, { redeploy: true }])
      assert.ok(!readsGit({ ...nothing, ...other }));
  });
});
