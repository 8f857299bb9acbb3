import assert from "node:assert/strict";
import type { DeployOrder } from "../../../../src/features/following/followedDeploy.js";
import { orderKey } from "../../../../src/features/following/orderKey.js";
import { aDeploy, anOrder, aService, sha } from "../../../support/builders.js";

describe("orderKey", () => {
  const key = (change: Partial<DeployOrder>): string => orderKey(anOrder(change));

  for (const [name, one, other] of [
    ["an image's names", { imageUrl: "nginx:1.27" }, { imageUrl: "docker.io/library/nginx:1.27" }],
    [
      "a digest with and without a tag",
      { imageUrl: `a/b@sha256:${"5".repeat(64)}` },
      { imageUrl: `a/b:1@sha256:${"5".repeat(64)}` },
    ],
    ["a SHA's letters", { commitId: sha }, { commitId: sha.toUpperCase() }],
    [
      "the order of the fields",
      { commitId: sha, clearCache: "clear" },
      { clearCache: "clear", commitId: sha },
    ],
  ] as const)
    it(`does not look at ${name}`, () => {
      assert.equal(key({ body: one }), key({ body: other }));
    });

  it("differs by service, commit, image, cache, mode and the deploy to go back to", () => {
    const keys = [
      key({ body: {} }),
      key({ body: {}, service: aService({ id: "srv-2" }) }),
      key({ body: { commitId: sha } }),
      key({ body: { commitId: sha, clearCache: "clear" } }),
      key({ body: { commitId: "f".repeat(40) } }),
      key({ body: { imageUrl: "nginx:1.27" } }),
      key({ body: { imageUrl: "nginx:1.26" } }),
      key({ body: { deployMode: "deploy_only" } }),
      key({ body: {}, rollbackTo: aDeploy() }),
    ];
    assert.equal(new Set(keys).size, keys.length);
  });
});
