import assert from "node:assert/strict";
import type { Service } from "../../../../src/render/shapes.js";
import { deployWords, serviceWords } from "../../../../src/features/servicesView/menuWords.js";
import { aDeploy, anImageService, aService } from "../../../support/builders.js";
import { without } from "../../../support/without.js";

describe("serviceWords", () => {
  const words = (changes: Partial<Service>, isLinked = false): string[] =>
    serviceWords(aService(changes), isLinked).split(" ");

  it("say what a service is built from, and whether it runs", () => {
    assert.deepEqual(words({}).slice(0, 3), ["service", "git", "running"]);
    assert.deepEqual(words({ suspended: true }).slice(0, 3), ["service", "git", "suspended"]);
    assert.equal(serviceWords(anImageService(), false).split(" ")[1], "image");
  });

  it("offer to restart what has instances", () => {
    for (const type of ["web_service", "private_service", "background_worker"])
      assert.ok(words({ type }).includes("restartable"), type);
    for (const type of ["cron_job", "static_site", "new_type"])
      assert.ok(!words({ type }).includes("restartable"), type);
  });

  it("offer the site only where a browser can open it", () => {
    assert.ok(words({ url: "https://lighthouse.onrender.com" }).includes("site"));
    assert.ok(!words({ url: "lighthouse:10000" }).includes("site"));
    assert.ok(!serviceWords(without(aService(), "url"), false).includes("site"));
  });

  it("offer to unlink what is linked", () => {
    assert.ok(words({}, true).includes("linked"));
    assert.ok(!words({}, false).includes("linked"));
  });
});

describe("deployWords", () => {
  const words = (status: string, type = "web_service"): string =>
    deployWords(aDeploy({ status }), aService({ type }));

  it("offer to watch and to cancel what runs, but to cancel none of a cron job", () => {
    assert.equal(words("build_in_progress"), "deploy running cancelable");
    assert.equal(words("build_in_progress", "cron_job"), "deploy running");
  });

  it("offer to go back to what once was live", () => {
    assert.equal(words("deactivated"), "deploy replaced");
    for (const status of ["live", "canceled", "build_failed"]) assert.equal(words(status), "deploy");
  });
});
