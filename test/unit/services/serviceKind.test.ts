import assert from "node:assert/strict";
import type { Service } from "../../../src/render/shapes.js";
import { hasSite, isCronJob, sourceOf, typeView } from "../../../src/services/serviceKind.js";
import { anImageService, aService } from "../../support/builders.js";
import { assertPlain, hostileTexts } from "../../support/hostileText.js";
import { without } from "../../support/without.js";

describe("sourceOf", () => {
  const noSource = without(aService(), "repo");
  for (const [name, service, source] of [
    ["a repository", aService(), "git"],
    ["an image", anImageService(), "image"],
    ["both", aService({ imagePath: "nginx" }), "image"],
    ["neither", noSource, "other"],
  ] as const)
    it(`of a service with ${name} is ${source}`, () => {
      assert.equal(sourceOf(service), source);
    });
});

describe("typeView", () => {
  for (const [type, label, icon] of [
    ["web_service", "Web Service", "globe"],
    ["private_service", "Private Service", "lock"],
    ["background_worker", "Background Worker", "server-process"],
    ["cron_job", "Cron Job", "watch"],
    ["static_site", "Static Site", "browser"],
    ["edge_function", "edge function", "package"],
    ["constructor", "constructor", "package"],
  ] as const)
    it(`shows ${type} as ${label}`, () => {
      assert.deepEqual(typeView(type), { label, icon });
    });

  it("shows a hostile type as plain text", () => {
    for (const type of hostileTexts) assertPlain(typeView(type).label, 40);
  });
});

describe("isCronJob", () => {
  it("is told by the type, not by the id", () => {
    assert.equal(isCronJob(aService({ type: "cron_job" })), true);
    assert.equal(isCronJob(aService({ id: "crn-1" })), false);
  });
});

describe("hasSite", () => {
  for (const [url, has] of [
    ["https://harbor-api.onrender.com", true],
    ["http://harbor-api.onrender.com", true],
    ["harbor-api:10000", false],
    ["command:evil", false],
    ["", false],
  ] as const)
    it(`is ${has} for ${JSON.stringify(url)}`, () => {
      assert.equal(hasSite(aService({ url })), has);
    });

  it("is false without an address", () => {
    const service: Service = without(aService({ type: "background_worker" }), "url");
    assert.equal(hasSite(service), false);
  });
});
