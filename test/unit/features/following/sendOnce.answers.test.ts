import assert from "node:assert/strict";
import { setImmediate as turn } from "node:timers/promises";
import fetch from "node-fetch";
import { isOver } from "../../../../src/features/following/followedDeploy.js";
import { noticeOf } from "../../../../src/features/following/followTexts.js";
import { DeployStory } from "../../../../src/features/following/story.js";
import type { Remedy } from "../../../../src/text/explanation.js";
import { RenderClient } from "../../../../src/render/client.js";
import { RenderHttp } from "../../../../src/render/http/http.js";
import type { Fault, Simulator } from "../../../simulator/simulator.js";
import { sampleRepository, startSimulator } from "../../../simulator/simulator.js";
import { anOrder, RecordingLog, RecordingSink, sha } from "../../../support/builders.js";
import { aTracker } from "../../../support/aTracker.js";
import { FakeClock } from "../../../support/fakeClock.js";

/** Below this many milliseconds a wait passes by itself; the client's time limits are longer and wait to be advanced. */
const flowBelowMs = 10_000;

interface Outcome {
  readonly stage: string;
  readonly text: string;
  readonly remedies: readonly Remedy[];
  readonly story: string;
  /** POSTs that reached the server. */
  readonly posts: number;
}

/** Every way in which the answer to a trigger can come, over real HTTP: what is said, what is offered, what is sent. */
describe("the answer to a trigger", () => {
  let simulator: Simulator;

  before(async () => {
    simulator = await startSimulator({ speed: 1_000 });
  });
  beforeEach(() => {
    simulator.reset();
  });
  after(() => simulator.close());

  function clientOf(clock: FakeClock, log: RecordingLog, apiUrl: string): RenderClient {
    const http = new RenderHttp({
      fetch: () => Promise.resolve(fetch),
      apiUrl: () => apiUrl,
      apiKey: () => Promise.resolve(simulator.key),
      clock,
      random: () => 0.5,
      log,
      userAgent: "test",
    });
    return new RenderClient(http);
  }

  async function deploy(
    options: {
      readonly apiUrl?: string;
      readonly passMs?: number;
      /** Done at each turn once the trigger has arrived. */
      readonly afterPost?: () => void;
    } = {},
  ): Promise<Outcome> {
    const clock = new FakeClock({ now: Date.now(), flowBelowMs });
    const log = new RecordingLog();
    const render = clientOf(clock, log, options.apiUrl ?? simulator.url);
    const sink = new RecordingSink();
    const tracker = aTracker({
      render,
      clock,
      sinks: [new DeployStory(log, clock), sink],
    });
    const known = clientOf(new FakeClock({ flowBelowMs }), log, simulator.url);
    const service = await known.getService(
      sampleRepository.lighthouse.serviceId,
      new AbortController().signal,
    );
    void tracker.start(anOrder({ service }));
    for (;;) {
      const last = sink.told.at(-1);
      if (last && isOver(last)) {
        const notice = noticeOf(last, clock.now());
        assert.ok(notice);
        assert.ok(!log.lines.join("\n").includes(simulator.key), "the key is in the log");
        const posts = simulator.requests.filter(
          ({ method, path }) => method === "POST" && path.endsWith("/deploys"),
        ).length;
        tracker.dispose();
        return {
          stage: last.stage.kind,
          text: notice.text,
          remedies: notice.remedies,
          story: log.lines.join("\n"),
          posts,
        };
      }
      const hasArrived = simulator.requests.some(({ method }) => method === "POST");
      if (hasArrived) options.afterPost?.();
      if (hasArrived && options.passMs !== undefined && last?.stage.kind === "sending")
        await clock.advance(options.passMs);
      await turn();
    }
  }

  const failPost = (fault: Fault): void => {
    simulator.fail({ method: "POST", path: /\/deploys$/u, with: fault });
  };

  it("201: followed until live", async () => {
    const { stage, text, remedies, posts } = await deploy();
    assert.equal(stage, "ended");
    assert.match(text, /^lighthouse is live with 7c1f0e9 Cache port lookups \(main\), after /u);
    assert.deepEqual(remedies, ["openSite", "showOutput"]);
    assert.equal(posts, 1);
  });

  it("202: queued behind the running deploy, found and followed", async () => {
    const { serviceId } = sampleRepository.lighthouse;
    simulator.setOverlap("wait");
    // It takes far longer than this test, and is canceled once ours has arrived.
    simulator.setSpeed(1);
    const other = simulator.push(serviceId, { id: "e".repeat(40), message: "Someone else's" });
    let isCanceled = false;
    const afterPost = (): void => {
      if (isCanceled) return;
      isCanceled = true;
      simulator.setSpeed(1_000);
      const headers = { authorization: `Bearer ${simulator.key}` };
      void fetch(`${simulator.url}/services/${serviceId}/deploys/${other?.id}/cancel`, {
        method: "POST",
        headers,
      });
    };
    const { stage, story, posts } = await deploy({ afterPost });
    assert.equal(stage, "ended");
    assert.match(story, /Queued behind eeeeeee: Render has accepted it/u);
    assert.equal(posts, 1);
  });

  const refused: readonly [status: number, sentence: RegExp, ...remedies: Remedy[]][] = [
    [400, /Render did not accept the request/u, "showOutput", "openDashboard"],
    [401, /did not accept the API key/u, "setApiKey"],
    [402, /payment information/u, "openDashboard"],
    [403, /not allowed to do this/u, "openDashboard", "setApiKey"],
    [404, /may have been deleted/u, "openDashboard", "setApiKey"],
    [406, /Update the extension/u, "showOutput"],
    [409, /a state that does not allow it now/u, "openDashboard", "retry"],
    [410, /no longer exists/u, "openDashboard"],
    [418, /Render did not accept the request/u, "showOutput", "openDashboard"],
    [429, /too many requests/u, "retry", "showOutput"],
  ];
  for (const [status, sentence, ...remedies] of refused)
    it(`${status}: nothing was started; Render's reason and its request id are in the output`, async () => {
      failPost({ kind: "status", status, body: { message: `reason ${status}` } });
      const outcome = await deploy();
      assert.equal(outcome.stage, "notStarted");
      assert.match(outcome.text, /^Could not deploy lighthouse: /u);
      assert.match(outcome.text, sentence);
      assert.deepEqual(outcome.remedies, remedies);
      assert.match(outcome.story, new RegExp(`Render says: "reason ${status}"`, "u"));
      assert.match(outcome.story, /Render-Request-Id \S+/u);
      assert.equal(outcome.posts, 1);
    });

  const lost: readonly [name: string, fault: Fault, sentence: RegExp][] = [
    ["500", { kind: "status", status: 500, body: { message: "boom" } }, /internal error/u],
    ["503", { kind: "status", status: 503 }, /not available right now/u],
    ["connection cut before acting", { kind: "cutBefore" }, /could not be reached|connection broke/u],
    ["a page of some proxy", { kind: "html" }, /something between you and Render answered in its place/u],
  ];
  for (const [name, fault, sentence] of lost)
    it(`${name}, and no deploy began: said so after looking, with a way to try again`, async () => {
      failPost(fault);
      const outcome = await deploy();
      if (outcome.stage === "notStarted") {
        assert.match(outcome.text, sentence);
        assert.ok(outcome.remedies.includes("retry"));
      } else assert.match(outcome.story, /the deploy was found/u);
      assert.match(outcome.story, /answer was lost, looking whether the deploy began/u);
      assert.equal(outcome.posts, 1);
    });

  const answerLost: readonly [name: string, fault: Fault][] = [
    ["connection cut after acting", { kind: "cutAfter" }],
    ["body cut off", { kind: "cutInBody" }],
    ["body not JSON", { kind: "badJson" }],
    ["JSON of the wrong shape", { kind: "wrongShape" }],
    ["empty body", { kind: "emptyBody" }],
  ];
  for (const [name, fault] of answerLost)
    it(`${name}: the deploy that began is found and followed, nothing is sent again`, async () => {
      failPost(fault);
      const outcome = await deploy();
      assert.equal(outcome.stage, "ended");
      assert.match(outcome.story, /the deploy was found: it runs/u);
      assert.equal(outcome.posts, 1);
    });

  it("timeout: the deploy that began is found and followed", async () => {
    failPost({ kind: "hang" });
    const outcome = await deploy({ passMs: 16_000 });
    assert.equal(outcome.stage, "ended");
    assert.equal(outcome.posts, 1);
  });

  it("no network: nothing was sent", async () => {
    const outcome = await deploy({ apiUrl: "http://127.0.0.1:1/v1" });
    assert.equal(outcome.stage, "notStarted");
    assert.match(outcome.text, /could not be reached\. Check your connection/u);
    assert.deepEqual(outcome.remedies, ["retry", "showOutput"]);
    assert.equal(outcome.posts, 0);
  });

  it("DNS failure: nothing was sent", async () => {
    const outcome = await deploy({ apiUrl: "https://render.invalid/v1" });
    assert.match(outcome.text, /address of Render's API could not be found/u);
    assert.equal(outcome.posts, 0);
  });

  it("TLS failure: nothing was sent", async () => {
    const outcome = await deploy({ apiUrl: simulator.url.replace("http:", "https:") });
    assert.match(outcome.text, /no secure connection/u);
    assert.equal(outcome.posts, 0);
  });

  it("a redirect: not followed with the key", async () => {
    failPost({ kind: "redirect", location: "https://elsewhere.invalid/" });
    const outcome = await deploy();
    assert.match(outcome.text, /pointed to another address/u);
    assert.equal(outcome.posts, 1);
  });

  it("a deploy that fails: the phase, and what keeps running", async () => {
    simulator.nextDeploy(sampleRepository.lighthouse.serviceId, { fails: "build" });
    const outcome = await deploy();
    assert.match(
      outcome.text,
      /^lighthouse was not deployed: the build failed after .* What was live before keeps running\.$/u,
    );
    assert.deepEqual(outcome.remedies, ["showLog", "showOutput", "openDashboard"]);
    assert.ok(outcome.story.includes(sha.slice(0, 7)));
  });
});
