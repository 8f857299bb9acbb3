import assert from "node:assert/strict";
import { linkAt, type ServiceLink, withLink } from "../../../src/matching/link.js";

const link = (folder: string, name: string): ServiceLink => ({
  folder,
  service: { id: `srv-${name}`, name },
});
const whole = link("file:///harbor", "web");
const inner = link("file:///harbor/services/api", "api");

describe("linkAt", () => {
  for (const [uri, expected] of [
    ["file:///harbor/README.md", whole],
    ["file:///harbor", whole],
    ["file:///harbor/services/api/main.ts", inner],
    ["file:///harbor/services/api", inner],
    ["file:///harbor-two/main.ts", undefined],
    [undefined, undefined],
  ] as const)
    it(`of ${String(uri)} is ${expected?.service.name ?? "none"}, whatever the order`, () => {
      assert.equal(linkAt(uri, [whole, inner]), expected);
      assert.equal(linkAt(uri, [inner, whole]), expected);
    });
});

describe("withLink", () => {
  it("keeps one link for each folder", () => {
    const other = link(whole.folder, "docs");
    assert.deepEqual(withLink(other, [whole, inner]), [inner, other]);
    assert.deepEqual(withLink(inner, [whole]), [whole, inner]);
  });
});
