import assert from "node:assert/strict";
import { placeText } from "../../../src/services/serviceTexts.js";
import { mayBeProduction, placeOf } from "../../../src/services/place.js";
import { aListing, anEnvironment, anOwner, aProject, aService } from "../../support/builders.js";
import { assertPlain, hostileTexts } from "../../support/hostileText.js";

describe("placeOf", () => {
  const inside = aService({ environmentId: "evm-1" });
  for (const [name, service, account, place] of [
    [
      "a service outside environments",
      aService(),
      aListing(),
      { workspace: "Harbor Labs", isProtected: false },
    ],
    [
      "a service in an environment",
      inside,
      aListing(),
      { workspace: "Harbor Labs", environment: "Harbor / production", isProtected: true },
    ],
    [
      "an environment whose project is not known",
      inside,
      aListing({ projects: [] }),
      { workspace: "Harbor Labs", environment: "production", isProtected: true },
    ],
    [
      "an environment that is not known",
      inside,
      aListing({ environments: [] }),
      { workspace: "Harbor Labs", isProtected: false },
    ],
    [
      "a workspace that is not known",
      aService(),
      aListing({ owners: [] }),
      { workspace: "tea-1", isProtected: false },
    ],
  ] as const)
    it(`of ${name}`, () => {
      assert.deepEqual(placeOf(service, account), place);
    });

  it("is plain text, whatever the names are", () => {
    for (const name of hostileTexts) {
      const account = aListing({
        owners: [anOwner({ name })],
        projects: [aProject({ name })],
        environments: [anEnvironment({ name })],
      });
      assertPlain(placeText(placeOf(inside, account)), 60 + 3 + 123 + 12);
    }
  });
});

describe("mayBeProduction", () => {
  for (const [environment, isProtected, may] of [
    [undefined, false, true],
    ["Harbor / staging", false, false],
    ["Harbor / staging", true, true],
    ["Harbor / Production", false, true],
    ["Harbor / LIVE", false, true],
    ["Harbor / main", false, true],
    ["Harbor / preview", false, false],
  ] as const)
    it(`is ${may} for ${environment ?? "no environment"}${isProtected ? ", protected" : ""}`, () => {
      const place = {
        workspace: "Harbor Labs",
        isProtected,
        ...(environment !== undefined && { environment }),
      };
      assert.equal(mayBeProduction(place), may);
    });
});
