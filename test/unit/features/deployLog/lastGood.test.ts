import assert from "node:assert/strict";
import { lastGood } from "../../../../src/features/deployLog/lastGood.js";
import { aDeploy } from "../../../support/builders.js";

describe("the last good deploy before another", () => {
  const at = (id: string, createdAt: number, status: string) => aDeploy({ id, createdAt, status });
  const list = [
    at("e", 5, "build_failed"),
    at("d", 4, "live"),
    at("c", 3, "canceled"),
    at("b", 2, "deactivated"),
    at("a", 1, "update_failed"),
  ];

  for (const [of, expected] of [
    ["e", "d"],
    ["d", "b"],
    ["c", "b"],
    ["b", undefined],
    ["a", undefined],
  ] as const)
    it(`of ${of} is ${expected ?? "none"}`, () => {
      const deploy = list.find(({ id }) => id === of);
      assert.ok(deploy);
      assert.equal(lastGood(list, deploy)?.id, expected);
    });

  it("is none of those whose time is not known", () => {
    const { createdAt, ...undated } = at("x", 0, "live");
    assert.equal(createdAt, 0);
    assert.equal(lastGood([undated], at("e", 5, "build_failed")), undefined);
  });
});
