import assert from "node:assert/strict";
import { placeText, servicesText } from "../../../src/services/serviceTexts.js";

describe("servicesText", () => {
  it("counts", () => {
    assert.deepEqual([1, 2].map(servicesText), ["1 service", "2 services"]);
  });
});

describe("placeText", () => {
  for (const [place, text] of [
    [{ workspace: "Harbor Labs", isProtected: false }, "Harbor Labs"],
    [
      { workspace: "Harbor Labs", environment: "Harbor / staging", isProtected: false },
      "Harbor Labs · Harbor / staging",
    ],
    [
      { workspace: "Harbor Labs", environment: "Harbor / production", isProtected: true },
      "Harbor Labs · Harbor / production (protected)",
    ],
  ] as const)
    it(`is "${text}"`, () => {
      assert.equal(placeText(place), text);
    });
});
