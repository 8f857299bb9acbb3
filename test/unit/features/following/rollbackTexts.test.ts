import assert from "node:assert/strict";
import { rollbackQuestion, rollbackWhat } from "../../../../src/features/following/rollbackTexts.js";
import type { Deploy } from "../../../../src/render/shapes.js";
import { aDeploy, anImageService, aService, sha } from "../../../support/builders.js";
import { assertPlain, hostileTexts } from "../../../support/hostileText.js";
import { without } from "../../../support/without.js";

const sourceless: Deploy = without(aDeploy({ id: "dep-0" }), "commit");
const ofImage: Deploy = { ...sourceless, image: { ref: "ghcr.io/harbor-labs/thumbs:1.4" } };

describe("rollbackWhat", () => {
  for (const [deploy, what] of [
    [aDeploy(), "7c1f0e9 Cache port lookups (rollback)"],
    [aDeploy({ commit: { id: sha } }), "7c1f0e9 (rollback)"],
    [ofImage, "thumbs:1.4 (rollback)"],
    [sourceless, "dep-0 (rollback)"],
  ] as const)
    it(`is "${what}"`, () => {
      assert.equal(rollbackWhat(deploy), what);
    });
});

describe("rollbackQuestion", () => {
  const place = { workspace: "Harbor Labs", environment: "Harbor / production", isProtected: true };
  const build =
    "Render deploys the build of that time again, with part of the settings it had then. What is configured now stays as it is.";
  const autoDeploy =
    "Auto-deploy stays on: the next push that it takes up replaces it. Switch it off in the Dashboard to keep it.";
  const where = "It goes to Harbor Labs · Harbor / production (protected).";

  for (const [name, service, deploy, text, lines] of [
    [
      "a service that deploys each commit",
      aService(),
      aDeploy(),
      "Roll harbor-api back to 7c1f0e9?",
      [build, autoDeploy, where],
    ],
    [
      "a service that deploys after checks",
      aService({ autoDeploy: "checksPass" }),
      aDeploy(),
      "Roll harbor-api back to 7c1f0e9?",
      [build, autoDeploy, where],
    ],
    [
      "a service that deploys nothing by itself",
      aService({ autoDeploy: "off" }),
      aDeploy(),
      "Roll harbor-api back to 7c1f0e9?",
      [build, where],
    ],
    [
      "an image, which nothing deploys by itself",
      anImageService(),
      ofImage,
      "Roll harbor-api back to thumbs:1.4?",
      [build, where],
    ],
    [
      "a deploy of nothing known",
      aService({ autoDeploy: "off" }),
      sourceless,
      "Roll harbor-api back to dep-0?",
      [build, where],
    ],
  ] as const)
    it(`of ${name}`, () => {
      assert.deepEqual(rollbackQuestion(service, place, deploy), {
        text,
        detail: lines.join("\n\n"),
        button: "Roll Back",
      });
    });

  it("says that a deploy is running, and that the service is suspended", () => {
    const { detail } = rollbackQuestion(
      aService({ suspended: true }),
      place,
      aDeploy(),
      aDeploy({ id: "dep-2" }),
    );
    assert.match(detail, /^A deploy of 7c1f0e9 .* is running\. As the workspace's settings say, /mu);
    assert.match(detail, /^The service is suspended\./mu);
  });

  it("is plain text, whatever the names are", () => {
    for (const text of hostileTexts) {
      const service = aService({ name: text });
      for (const deploy of [
        { ...sourceless, id: text },
        { ...sourceless, image: { ref: text } },
        aDeploy({ commit: { id: text, message: text } }),
      ]) {
        assertPlain(rollbackQuestion(service, place, deploy).text, 150);
        assertPlain(rollbackWhat(deploy), 300);
      }
    }
  });
});
