import assert from "node:assert/strict";
import { targetView } from "../../../../src/features/statusBar/idleButtonTexts.js";
import { rememberedTarget } from "../../../../src/matching/target.js";

const service = { id: "srv-1", name: "harbor-api" };

describe("targetView", () => {
  it("says what a click does where it is known which service is meant, and names it for the click", () => {
    assert.deepEqual(targetView({ ...service, why: ["root directory api"] }), {
      text: "$(rocket) Deploy harbor-api",
      tooltip: "Deploy the commit you have checked out to harbor-api (root directory api).",
      spoken: "Render: deploy the checked-out commit to harbor-api.",
      named: "srv-1",
    });
  });

  it("says how HEAD and what is live relate, where that is known", () => {
    const view = targetView({ ...service, why: [] }, { short: "HEAD is live", sentence: "HEAD is live." });
    assert.equal(view.text, "$(rocket) Deploy harbor-api · HEAD is live");
    assert.equal(view.tooltip, "Deploy the commit you have checked out to harbor-api. HEAD is live.");
  });

  it("names no service where a person will be asked", () => {
    const view = targetView(undefined);
    assert.equal(view.text, "$(rocket) Deploy");
    assert.equal(view.tooltip, "Deploy the commit you have checked out to Render.");
    assert.equal("named" in view, false);
  });

  it("makes no icon of a name", () => {
    assert.equal(targetView({ id: "srv-1", name: "$(bug)", why: [] }).text, "$(rocket) Deploy $ (bug)");
  });
});

describe("rememberedTarget", () => {
  const last = { id: "srv-2", name: "harbor-web" };
  it("is the linked service before the one deployed last, and nothing where neither is known", () => {
    const link = { folder: "file:///code/my%20harbor", service };
    assert.deepEqual(rememberedTarget(link, last), { ...service, why: ["linked to folder my harbor"] });
    assert.deepEqual(rememberedTarget(undefined, last), { ...last, why: [] });
    assert.equal(rememberedTarget(undefined, undefined), undefined);
  });
});
