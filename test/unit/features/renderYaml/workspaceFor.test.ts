import assert from "node:assert/strict";
import { workspaceFor } from "../../../../src/features/renderYaml/workspaceFor.js";
import { aListing, anOwner, aService } from "../../../support/builders.js";

const one = aService();
const two = aService({ id: "srv-2", ownerId: "tea-2" });
const both = aListing({ owners: [anOwner(), anOwner({ id: "tea-2" })] });
const single = aListing();
const partly = aListing({ unread: { owners: 1 } });

describe("workspaceFor", () => {
  for (const [name, candidates, remembered, account, expected] of [
    ["that of the services in the file", [[two], [one]], "tea-1", both, "tea-2"],
    ["that of the repository's services, where the file names none", [[], [two]], undefined, both, "tea-2"],
    ["the one chosen before, where the services are in several", [[one, two], [one]], "tea-2", both, "tea-2"],
    ["none, where the services are in several", [[one, two], [one]], undefined, both, undefined],
    ["the one chosen before, where there are no services", [[], []], "tea-2", both, "tea-2"],
    ["the only one there is", [[], []], undefined, single, "tea-1"],
    ["none, where there are several", [[], []], undefined, both, undefined],
    ["none for a choice that is no longer there", [[], []], "tea-9", both, undefined],
    ["the only one in place of a choice that is no longer there", [[], []], "tea-9", single, "tea-1"],
    ["none, where another one may be among what could not be read", [], undefined, partly, undefined],
    ["none without workspaces", [[], []], undefined, aListing({ owners: [] }), undefined],
  ] as const)
    it(`is ${name}`, () => {
      assert.equal(workspaceFor(candidates, remembered, account), expected);
    });
});
