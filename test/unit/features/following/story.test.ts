import assert from "node:assert/strict";
import { choiceText } from "../../../../src/features/whatToDeploy/choiceTexts.js";
import { RenderError, type RenderErrorKind } from "../../../../src/render/errors.js";
import type { Deploy } from "../../../../src/render/shapes.js";
import { placeOf } from "../../../../src/services/place.js";
import {
  aDeploy,
  aListing,
  anImageService,
  anOrder,
  anOwner,
  aService,
  sha,
} from "../../../support/builders.js";
import { assertPlain, hostileTexts } from "../../../support/hostileText.js";
import { StoryTelling } from "../../../support/storyTelling.js";
import { without } from "../../../support/without.js";

function failure(
  kind: RenderErrorKind,
  change: { maybeReceived?: boolean; status?: number } = {},
): RenderError {
  return new RenderError(kind, { method: "GET", path: "/services/srv-1/deploys", ...change });
}

const opening = [
  "info: [harbor-api] Deploy 7c1f0e9 Cache port lookups (main)",
  "info: [harbor-api]   to harbor-api (srv-1), Harbor Labs · Harbor / production (protected)",
  `info: [harbor-api]   asked for by Ada, from the status bar; request body {"commitId":"${sha}"}`,
];
const deployPage = "https://dashboard.render.com/web/srv-1/deploys/dep-1";
const started = [`info: [harbor-api] Render started dep-1: ${deployPage}`, "info: [harbor-api] Building"];
const dashboard = `info: [harbor-api]   Dashboard: ${deployPage}`;

describe("DeployStory", () => {
  it("tells of a deploy that goes live, each phase with its time", async () => {
    const telling = new StoryTelling();
    telling.render.lists.push([]);
    telling.render.triggers.push({ kind: "created", deploy: aDeploy() });
    telling.render.deploys.push(
      aDeploy(),
      aDeploy({ status: "update_in_progress", updatedAt: 2 }),
      aDeploy({ status: "live", updatedAt: 3 }),
    );
    assert.deepEqual(await telling.of(), [
      ...opening,
      ...started,
      "info: [harbor-api]   Building took 4 s",
      "info: [harbor-api] Deploying",
      "info: [harbor-api]   Deploying took 2 s",
      "info: [harbor-api] harbor-api is live with 7c1f0e9 Cache port lookups (main), after 6 s.",
      "info: [harbor-api]   Phases: build 4 s, start of the new version 2 s",
      "info: [harbor-api]   Site: https://harbor-api.onrender.com",
      dashboard,
    ]);
  });

  it("tells which commit the newest one turned out to be", async () => {
    const telling = new StoryTelling();
    telling.render.lists.push([]);
    telling.render.triggers.push({ kind: "created", deploy: aDeploy({ status: "live" }) });
    const service = aService({ url: "harbor-api:10000" });
    assert.deepEqual(await telling.of(anOrder({ service, body: {}, what: "the newest commit of main" })), [
      "info: [harbor-api] Deploy the newest commit of main",
      opening[1],
      "info: [harbor-api]   asked for by Ada, from the status bar; request body {}",
      started[0],
      `info: [harbor-api]   commit ${sha} Cache port lookups Halves the p95.`,
      "info: [harbor-api] harbor-api is live with the newest commit of main, after 0 s.",
      dashboard,
    ]);
  });

  it("tells which image an image service runs", async () => {
    const telling = new StoryTelling();
    const image = { ref: "ghcr.io/harbor-labs/thumbs:1.5" };
    const deploy = without(aDeploy({ status: "live", image }), "commit");
    telling.render.lists.push([]);
    telling.render.triggers.push({ kind: "created", deploy });
    const lines = await telling.of(anOrder({ service: anImageService(), body: {}, what: "the image" }));
    assert.equal(lines[4], "info: [harbor-api]   image ghcr.io/harbor-labs/thumbs:1.5");
  });

  it("tells of a deploy that waits behind another one", async () => {
    const telling = new StoryTelling();
    const other = aDeploy({ id: "dep-0", commit: { id: "a".repeat(40) }, createdAt: 500 });
    const ours = aDeploy({ status: "queued", createdAt: 20_000 });
    telling.render.lists.push([other], [other], [ours, other]);
    telling.render.triggers.push({ kind: "queued" });
    telling.render.deploys.push(
      aDeploy({ createdAt: 20_000 }),
      aDeploy({ status: "live", createdAt: 20_000 }),
    );
    assert.deepEqual(await telling.of(), [
      ...opening,
      "info: [harbor-api] Queued behind aaaaaaa: Render has accepted it and starts it later.",
      started[0],
      "info: [harbor-api] Queued behind aaaaaaa",
      "info: [harbor-api]   Queued took 2 s",
      "info: [harbor-api] Building",
      "info: [harbor-api]   Building took 2 s",
      "info: [harbor-api] harbor-api is live with 7c1f0e9 Cache port lookups (main), after 8 s.",
      "info: [harbor-api]   Site: https://harbor-api.onrender.com",
      dashboard,
    ]);
  });

  it("tells each deploy that it waits behind once, and knows commits without a message", async () => {
    const telling = new StoryTelling();
    const other = (digit: string): Deploy =>
      aDeploy({ id: `dep-${digit}`, trigger: "manual", commit: { id: digit.repeat(40) }, createdAt: 2_000 });
    const ours = aDeploy({ status: "live", commit: { id: sha }, createdAt: 20_000 });
    telling.render.lists.push([other("a")], [other("a")], [other("b")], [other("b")], [ours]);
    telling.render.triggers.push({ kind: "queued" });
    const lines = await telling.of(anOrder({ body: {} }));
    assert.deepEqual(lines.slice(3, 7), [
      "info: [harbor-api] Queued behind aaaaaaa: Render has accepted it and starts it later.",
      "info: [harbor-api] Queued behind bbbbbbb: Render has accepted it and starts it later.",
      started[0],
      `info: [harbor-api]   commit ${sha}`,
    ]);
  });

  it("tells of an accepted deploy that never appeared", async () => {
    const telling = new StoryTelling();
    telling.render.lists.push(...Array.from({ length: 200 }, () => []));
    telling.render.triggers.push({ kind: "queued" });
    assert.deepEqual(await telling.of(), [
      ...opening,
      "info: [harbor-api] Queued: Render has accepted it and starts it later.",
      "warn: [harbor-api] Render accepted the deploy of harbor-api, but it has not appeared. Look at the Dashboard before you try again.",
      "info: [harbor-api]   Dashboard: https://dashboard.render.com/web/srv-1",
    ]);
  });

  it("tells which phase failed", async () => {
    const telling = new StoryTelling();
    telling.render.lists.push([]);
    telling.render.triggers.push({ kind: "created", deploy: aDeploy() });
    telling.render.deploys.push(aDeploy({ status: "build_failed" }));
    assert.deepEqual(await telling.of(), [
      ...opening,
      ...started,
      "info: [harbor-api]   Building took 2 s",
      "error: [harbor-api] harbor-api was not deployed: the build failed after 2 s (7c1f0e9 Cache port lookups (main)). What was live before keeps running.",
      dashboard,
    ]);
  });

  it("tells of a deploy that was canceled elsewhere, and by what", async () => {
    const telling = new StoryTelling();
    const successor = aDeploy({ id: "dep-2", commit: { id: "b".repeat(40) }, createdAt: 5_000 });
    telling.render.lists.push([], [successor, aDeploy({ status: "canceled" })]);
    telling.render.triggers.push({ kind: "created", deploy: aDeploy() });
    telling.render.deploys.push(aDeploy({ status: "canceled" }));
    assert.deepEqual(await telling.of(), [
      ...opening,
      ...started,
      "info: [harbor-api]   Building took 2 s",
      "warn: [harbor-api] The deploy of harbor-api was canceled (7c1f0e9 Cache port lookups (main)), as a later deploy took its place: bbbbbbb (API).",
      dashboard,
    ]);
  });

  it("tells of a deploy that the person canceled", async () => {
    const telling = new StoryTelling(0);
    telling.render.lists.push([]);
    telling.render.triggers.push({ kind: "created", deploy: aDeploy() });
    telling.render.cancels.push(aDeploy({ status: "canceled" }));
    telling.render.deploys.push(aDeploy({ status: "canceled" }));
    await telling.tracker.start(anOrder());
    await telling.tracker.cancel("srv-1", "dep-1", new AbortController().signal);
    await telling.clock.advance(0);
    assert.deepEqual(telling.lines.slice(5), [
      "info: [harbor-api]   Building took 0 s",
      "info: [harbor-api] You canceled the deploy of harbor-api (7c1f0e9 Cache port lookups (main)). What was live before keeps running.",
      dashboard,
    ]);
  });

  it("tells how a lost answer was cleared up", async () => {
    const telling = new StoryTelling();
    telling.render.lists.push([], [aDeploy({ status: "live" })]);
    telling.render.triggers.push(failure("timeout", { maybeReceived: true }));
    assert.deepEqual(await telling.of(), [
      ...opening,
      "warn: [harbor-api] Render's answer was lost, looking whether the deploy began: GET /services/srv-1/deploys, timeout",
      "info: [harbor-api] Render's answer was lost, but the deploy was found: it runs.",
      started[0],
      "info: [harbor-api] harbor-api is live with 7c1f0e9 Cache port lookups (main), after 0 s.",
      "info: [harbor-api]   Site: https://harbor-api.onrender.com",
      dashboard,
    ]);
  });

  it("tells of a lost answer that could not be cleared up", async () => {
    const telling = new StoryTelling();
    telling.render.lists.push([], ...Array.from({ length: 4 }, () => failure("unreachable")));
    telling.render.triggers.push(failure("cutOff", { maybeReceived: true }));
    assert.deepEqual((await telling.of()).slice(3), [
      "warn: [harbor-api] Render's answer was lost, looking whether the deploy began: GET /services/srv-1/deploys, cutOff",
      "warn: [harbor-api] Render's answer was lost, and it cannot be told whether a deploy of harbor-api began. Look at the Dashboard before you try again, so that it is not deployed twice.",
      "error: [harbor-api] GET /services/srv-1/deploys, cutOff",
      "info: [harbor-api]   Dashboard: https://dashboard.render.com/web/srv-1",
    ]);
  });

  it("tells why nothing was started", async () => {
    const telling = new StoryTelling();
    telling.render.lists.push([]);
    telling.render.triggers.push(failure("unauthorized", { status: 401 }));
    assert.deepEqual(await telling.of(), [
      ...opening,
      "error: [harbor-api] Could not deploy harbor-api: Render did not accept the API key. It may have been revoked. Set a new one. Nothing was deployed.",
      "error: [harbor-api] GET /services/srv-1/deploys, status 401 (unauthorized)",
      "info: [harbor-api]   Dashboard: https://dashboard.render.com/web/srv-1",
    ]);
  });

  it("tells of looks that fail, each once, and when Render can be read again", async () => {
    const telling = new StoryTelling();
    telling.render.lists.push([]);
    telling.render.triggers.push({ kind: "created", deploy: aDeploy() });
    telling.render.deploys.push(
      failure("unreachable"),
      failure("unavailable", { status: 503 }),
      aDeploy(),
      aDeploy({ status: "live" }),
    );
    assert.deepEqual((await telling.of()).slice(5), [
      "warn: [harbor-api] Looking at the deploy failed and is tried again: GET /services/srv-1/deploys, unreachable",
      "warn: [harbor-api] Looking at the deploy failed and is tried again: GET /services/srv-1/deploys, status 503 (unavailable)",
      "info: [harbor-api] Render can be read again.",
      "info: [harbor-api]   Building took 19 s",
      "info: [harbor-api] harbor-api is live with 7c1f0e9 Cache port lookups (main), after 19 s.",
      "info: [harbor-api]   Site: https://harbor-api.onrender.com",
      dashboard,
    ]);
  });

  it("tells why a deploy is no longer watched", async () => {
    const telling = new StoryTelling();
    telling.render.lists.push([], []);
    telling.render.triggers.push({ kind: "created", deploy: aDeploy() });
    telling.render.deploys.push(failure("gone", { status: 410 }));
    assert.deepEqual((await telling.of()).slice(5), [
      "warn: [harbor-api] Could not go on watching the deploy of harbor-api: it no longer exists on Render. Refresh the services. It may still go on at Render.",
      "error: [harbor-api] GET /services/srv-1/deploys, status 410 (gone)",
      dashboard,
    ]);
  });

  it("tells that the person stopped watching", async () => {
    const telling = new StoryTelling(0);
    telling.render.lists.push([]);
    telling.render.triggers.push({ kind: "created", deploy: aDeploy() });
    const { key } = await telling.tracker.start(anOrder());
    await telling.tracker.stopWatching(key);
    assert.deepEqual(telling.lines, [
      ...opening,
      ...started,
      "info: [harbor-api] You stopped watching it. What has begun goes on at Render.",
      dashboard,
    ]);
  });

  it("writes bounded lines without icons and links, whatever others named their things", async () => {
    for (const text of hostileTexts) {
      const telling = new StoryTelling();
      const commit = { id: text, message: text };
      const named = { id: text, commit, image: { ref: text, sha: text } };
      telling.render.lists.push([]);
      telling.render.triggers.push({ kind: "created", deploy: aDeploy({ ...named, status: text }) });
      telling.render.deploys.push(
        new RenderError("serverError", {
          method: "GET",
          path: "/services",
          serverMessage: text,
          requestId: text,
        }),
        aDeploy({ ...named, status: "live" }),
      );
      const service = aService({ id: text, name: text, url: `https://${text}`, dashboardUrl: text });
      const order = anOrder({
        service,
        place: placeOf(service, aListing({ owners: [anOwner({ name: text })] })),
        body: {},
        what: choiceText(service, { kind: "commit", commit }),
      });
      const lines = await telling.of(order);
      assert.ok(lines.some(line => line.includes("is live with")));
      for (const line of lines) assertPlain(line, 1_000);
    }
  });
});
