import assert from "node:assert/strict";
import { existingOrder } from "../../../../src/features/following/existingOrder.js";
import type { Deploy, Service } from "../../../../src/render/shapes.js";
import { aDeploy, anImageService, aService, sha } from "../../../support/builders.js";
import { without } from "../../../support/without.js";

describe("existingOrder", () => {
  const imageless = without(aDeploy(), "commit");
  const of = (ref: string): Deploy => ({ ...imageless, image: { ref } });
  const table: readonly (readonly [string, Service, Deploy, object])[] = [
    ["the commit", aService(), aDeploy(), { commitId: sha }],
    ["no commit of a cron job", aService({ type: "cron_job" }), aDeploy(), {}],
    ["nothing where nothing is known", aService(), imageless, {}],
    [
      "the image, in the words in which it is configured",
      anImageService({ imagePath: "docker.io/library/nginx:latest" }),
      of("nginx:1.27"),
      { imageUrl: "docker.io/library/nginx:1.27" },
    ],
    ["no image that is no longer configured", anImageService(), of("ghcr.io/harbor-labs/other:1.4"), {}],
  ];
  for (const [name, service, deploy, body] of table)
    it(`names ${name}`, () => {
      const place = { workspace: "Harbor Labs", isProtected: false };
      assert.deepEqual(existingOrder(service, place, deploy, "Render's auto-deploy").body, body);
    });
});
