import assert from "node:assert/strict";
import {
  folderText,
  linkedGoneText,
  linkedText,
  linkText,
  unlinkedText,
} from "../../../src/matching/linkTexts.js";
import { chosenText, reasons } from "../../../src/matching/reasonTexts.js";
import { aService } from "../../support/builders.js";
import { assertPlain, hostileTexts } from "../../support/hostileText.js";

const place = { workspace: "Harbor Labs", environment: "Harbor / production", isProtected: true };
const service = aService();
const link = { folder: "file:///code/services/api", service: { id: service.id, name: service.name } };

describe("the texts about links", () => {
  it("name service, workspace and environment when a folder is linked", () => {
    const { text, remedies } = linkedText(link, service, place);
    assert.equal(
      text,
      "harbor-api (Web Service in Harbor Labs · Harbor / production (protected)) is linked to the folder api. While a file of it is open, Deploy in the status bar deploys this service.",
    );
    assert.deepEqual(remedies, ["unlinkService"]);
  });

  it("say what holds after unlinking, and offer to link again", () => {
    const { text, remedies } = unlinkedText(link);
    assert.match(text, /^The folder api is no longer linked to harbor-api\. /u);
    assert.deepEqual(remedies, ["linkService"]);
  });

  it("say that a linked service is gone and that nothing was deployed", () => {
    const { text, remedies } = linkedGoneText(link);
    assert.match(
      text,
      /^harbor-api, linked to the folder api, is not known to Render\. .*Nothing was deployed\./u,
    );
    assert.deepEqual(remedies, ["linkService", "unlinkService"]);
  });

  it("say what a folder is, and what it is linked to now", () => {
    assert.equal(folderText("rootDir", service, undefined), "root directory of harbor-api");
    const other = { ...link, service: { id: "srv-2", name: "harbor-web" } };
    assert.equal(folderText("folder", service, other), "the whole folder · now linked to harbor-web");
    assert.equal(linkText(link), "api → harbor-api");
  });

  it("say why a service was taken", () => {
    assert.equal(
      chosenText([reasons.linked(link.folder), reasons.branch("main")]),
      "Chosen because: linked to folder api, follows branch main.",
    );
  });

  for (const text of hostileTexts)
    it(`make ${JSON.stringify(text).slice(0, 40)} plain`, () => {
      const hostile = { folder: `file:///${encodeURIComponent(text)}`, service: { id: "srv-1", name: text } };
      for (const shown of [
        linkedText(hostile, aService({ name: text }), place).text,
        unlinkedText(hostile).text,
        linkedGoneText(hostile).text,
        linkText(hostile),
        folderText("rootDir", aService({ name: text }), hostile),
        ...[
          reasons.linked,
          reasons.builtFrom,
          reasons.alias,
          reasons.branch,
          reasons.rootDir,
          reasons.filter,
        ].map(reason => reason(text)),
      ])
        assertPlain(shown, 500);
    });
});
