import assert from "node:assert/strict";
import { servicesOf, watchPush, type PushOutcome } from "../../../../src/features/followPushes/pushWatch.js";
import type { Push } from "../../../../src/git/push.js";
import { RenderError } from "../../../../src/render/errors.js";
import type { ServiceEvent } from "../../../../src/render/eventShapes.js";
import type { Deploy, Service } from "../../../../src/render/shapes.js";
import { matchServices } from "../../../../src/matching/match.js";
import { aPush } from "../../../support/aPush.js";
import { aDeploy, anImageService, aRepository, aService, sha } from "../../../support/builders.js";
import { FakeClock } from "../../../support/fakeClock.js";

const start = 110_000;
const automatic = aDeploy({ trigger: "new_commit", createdAt: start });

/** A Render whose deploys and events are what the test says at each time. */
class TimedRender {
  readonly clock = new FakeClock({ now: start });
  readonly looks: number[] = [];
  readonly ranges: { types: readonly string[]; from: number; until: number }[] = [];
  service = aService();
  deploys: (now: number) => Deploy[] | RenderError = () => [];
  events: ServiceEvent[] = [];

  getService(): Promise<Service> {
    return Promise.resolve(this.service);
  }

  listDeploys(): Promise<Deploy[]> {
    const now = this.clock.now() - start;
    this.looks.push(now);
    const deploys = this.deploys(now);
    return deploys instanceof RenderError ? Promise.reject(deploys) : Promise.resolve(deploys);
  }

  async *happened(): AsyncGenerator<ServiceEvent[]> {
    yield Promise.resolve(this.events);
  }

  watch(push: Push = aPush(), signal = new AbortController().signal): Promise<PushOutcome> {
    const watch = {
      getService: () => this.getService(),
      listDeploys: () => this.listDeploys(),
      events: (_: string, range: { types: readonly string[]; from: number; until: number }) => {
        this.ranges.push(range);
        return this.happened();
      },
    };
    const renderNow = (): number => this.clock.now() + 5_000;
    return watchPush({ watch, clock: this.clock, renderNow }, aService(), push, signal);
  }
}

function failed(kind: RenderError["kind"], answerer: RenderError["answerer"] = "render"): RenderError {
  return new RenderError(kind, { method: "GET", path: "/services/srv-1/deploys", answerer });
}

const ignored: ServiceEvent = { id: "evt-1", type: "commit_ignored", at: start, ignoredCommit: sha };
const skipping = aPush({ commit: { id: sha, message: "Fix a typo [skip render]" } });
const filter = { paths: ["api/**"], ignoredPaths: ["**/*.md"] };

describe("the services that a push deploys", () => {
  const rows: readonly [name: string, service: Service, push: Push, isOne: boolean][] = [
    ["one that follows the branch", aService(), aPush(), true],
    ["with checks", aService({ autoDeploy: "checksPass" }), aPush(), true],
    ["auto-deploy is off", aService({ autoDeploy: "off" }), aPush(), false],
    ["suspended", aService({ suspended: true }), aPush(), false],
    ["another branch", aService({ branch: "release" }), aPush(), false],
    ["pushed to another branch", aService(), aPush({ branch: "fog" }), false],
    ["pushed to a fork", aService(), aPush({ remotes: ["git@github.com:ada/harbor.git"] }), false],
    ["an image", anImageService(), aPush(), false],
  ];
  for (const [name, service, push, isOne] of rows)
    it(`${name}: ${isOne}`, () => {
      const git = { ok: true, repositories: [aRepository()] } as const;
      const matches = matchServices([service], { git, here: undefined, links: [], blueprints: [] });
      assert.deepEqual(servicesOf(push, matches), isOne ? [service] : []);
    });

  it("are those that are linked to the pushed clone, whatever its remotes are called", () => {
    const remotes = ["git@github.com:harbor-labs/quay.git"];
    const repository = aRepository({ remotes });
    const git = {
      ok: true,
      repositories: [repository, aRepository({ root: "file:///other", remotes })],
    } as const;
    const service = aService();
    const links = [{ folder: `${repository.root}/api`, service: { id: service.id, name: service.name } }];
    const matches = matchServices([service], { git, here: undefined, links, blueprints: [] });
    assert.deepEqual(servicesOf(aPush({ remotes }), matches), [service]);
    assert.deepEqual(servicesOf(aPush({ remotes, root: "file:///other" }), matches), []);
    assert.deepEqual(servicesOf(aPush({ remotes, branch: "fog" }), matches), []);
  });

  it("are only those that match surely", () => {
    const repository = aRepository({ remotes: ["git@work:harbor-labs/harbor.git"] });
    const git = { ok: true, repositories: [repository] } as const;
    const matches = matchServices([aService()], { git, here: undefined, links: [], blueprints: [] });
    assert.equal(matches[0]?.isSure, false);
    assert.deepEqual(servicesOf(aPush({ remotes: repository.remotes }), matches), []);
  });
});

describe("watching for what a push starts", () => {
  it("finds the deploy of the very commit that the push started", async () => {
    const render = new TimedRender();
    const others = [
      aDeploy({ id: "dep-2", trigger: "new_commit", commit: { id: "f".repeat(40) }, createdAt: start }),
      // The same commit was there before.
      aDeploy({ id: "dep-3", trigger: "new_commit", createdAt: 1_000 }),
      aDeploy({ id: "dep-4", trigger: "manual", createdAt: start }),
    ];
    render.deploys = now => (now < 8_000 ? others : [automatic, ...others]);
    assert.deepEqual(await render.watch(), { kind: "deploy", service: render.service, deploy: automatic });
    assert.deepEqual(render.looks, [2_000, 5_000, 8_000]);
    assert.equal(render.clock.sleeping, 0);
  });

  it("ends by itself when no deploy comes, ever more slowly, and says so", async () => {
    const render = new TimedRender();
    const outcome = await render.watch();
    assert.deepEqual(outcome, { kind: "noDeploy", service: render.service, reason: { kind: "notStarted" } });
    const end = render.looks.at(-1) ?? 0;
    assert.ok(end >= 60_000 && end <= 71_000, String(end));
    assert.ok(render.looks.length < 30);
    // By Render's clock, which is 5 s ahead, and with a minute to spare.
    assert.deepEqual(
      render.ranges.map(({ types, from }) => ({ types, from })),
      [{ types: ["commit_ignored"], from: 45_000 }],
    );
  });

  it("waits half an hour for checks", async () => {
    const render = new TimedRender();
    render.service = aService({ autoDeploy: "checksPass" });
    const outcome = await render.watch();
    assert.ok(outcome.kind === "noDeploy");
    assert.deepEqual(outcome.reason, { kind: "checks" });
    const end = render.looks.at(-1) ?? 0;
    assert.ok(end >= 1_800_000 && end <= 1_860_000, String(end));
    assert.ok(render.looks.length < 70, String(render.looks.length));
  });

  const reasons: readonly [
    name: string,
    push: Push,
    events: ServiceEvent[],
    reason: Extract<PushOutcome, { kind: "noDeploy" }>["reason"],
    isSoon: boolean,
  ][] = [
    ["a skip phrase", skipping, [ignored], { kind: "skipPhrase", phrase: "[skip render]" }, true],
    [
      "a build filter",
      aPush({ files: () => Promise.resolve(["web/a.ts", "api/README.md"]) }),
      [ignored],
      { kind: "outsideBuildFilter", files: 2 },
      true,
    ],
    ["neither, but Render ignored it", aPush(), [ignored], { kind: "ignored" }, false],
    [
      "Git does not tell the files",
      aPush({ files: () => Promise.resolve(undefined) }),
      [ignored],
      { kind: "ignored" },
      false,
    ],
    ["a skip phrase without an event", skipping, [], { kind: "skipPhrase", phrase: "[skip render]" }, false],
    [
      "an event of another commit",
      aPush(),
      [{ ...ignored, ignoredCommit: "e".repeat(40) }],
      { kind: "notStarted" },
      false,
    ],
  ];
  for (const [name, push, events, reason, isSoon] of reasons)
    it(`explains: ${name}`, async () => {
      const render = new TimedRender();
      render.service = aService({ buildFilter: filter });
      render.events = events;
      const outcome = await render.watch(push);
      assert.deepEqual(outcome, { kind: "noDeploy", service: render.service, reason });
      assert.equal(render.looks.length === 1, isSoon);
    });

  const api = aService({ rootDir: "services/api" });
  const rooted: readonly [name: string, service: Service, files: string[], reason: object][] = [
    [
      "the root directory",
      api,
      ["services/web/app.js"],
      { kind: "outsideRootDirectory", rootDir: "services/api", files: 1 },
    ],
    [
      "ignored paths within it",
      { ...api, buildFilter: { paths: [], ignoredPaths: ["**/*.md"] } },
      ["services/api/README.md"],
      { kind: "outsideBuildFilter", files: 1 },
    ],
    [
      "a filter in its place",
      { ...api, buildFilter: { paths: ["packages/ui/**"], ignoredPaths: [] } },
      ["services/api/app.js"],
      { kind: "outsideBuildFilter", files: 1 },
    ],
    ["one file under it", api, ["services/web/app.js", "services/api/app.js"], { kind: "notStarted" }],
    [
      "what is not documented",
      { ...api, buildFilter: { paths: [], ignoredPaths: ["**/*.md"] } },
      ["services/web/app.js"],
      { kind: "notStarted" },
    ],
  ];
  for (const [name, service, files, reason] of rooted)
    it(`explains by the files: ${name}`, async () => {
      const render = new TimedRender();
      render.service = service;
      const outcome = await render.watch(aPush({ files: () => Promise.resolve(files) }));
      assert.deepEqual(outcome, { kind: "noDeploy", service, reason });
    });

  it("claims nothing while another deploy runs, behind which Render may hold the automatic one back", async () => {
    const render = new TimedRender();
    const other = aDeploy({ id: "dep-9", commit: { id: "f".repeat(40) }, createdAt: 1_000 });
    render.deploys = now =>
      now < 200_000 ? [other] : now < 230_000 ? [{ ...other, status: "live" }] : [automatic];
    assert.equal((await render.watch()).kind, "deploy");
  });

  it("follows the deploy although something spoke against it", async () => {
    const render = new TimedRender();
    render.deploys = () => [automatic];
    render.events = [ignored];
    assert.equal((await render.watch(skipping)).kind, "deploy");
  });

  it("explains nothing of a commit that is deployed in another way", async () => {
    const render = new TimedRender();
    render.deploys = () => [aDeploy({ trigger: "api", createdAt: start })];
    assert.deepEqual(await render.watch(), { kind: "nothing", error: undefined });
  });

  it("follows the push of a clone that is linked, unless the service is built from elsewhere since", async () => {
    const push = aPush({ remotes: ["git@github.com:harbor-labs/quay.git"] });
    const render = new TimedRender();
    render.deploys = () => [automatic];
    assert.equal((await render.watch(push)).kind, "deploy");
    render.service = aService({ repo: "https://github.com/harbor-labs/other" });
    assert.deepEqual(await render.watch(push), { kind: "nothing" });
  });

  it("asks for no deploys where auto-deploy was switched off since", async () => {
    const render = new TimedRender();
    render.service = aService({ autoDeploy: "off" });
    assert.deepEqual(await render.watch(), { kind: "nothing" });
    assert.deepEqual(render.looks, []);
  });

  it("looks again after a failure that passes", async () => {
    const render = new TimedRender();
    render.deploys = now => (now < 8_000 ? failed("unavailable") : [automatic]);
    assert.equal((await render.watch()).kind, "deploy");
  });

  for (const error of [failed("intercepted"), failed("proxySignIn"), failed("forbidden", "unclear")])
    it(`looks again after ${error.kind} that may not be of Render`, async () => {
      const render = new TimedRender();
      render.deploys = now => (now < 8_000 ? error : [automatic]);
      assert.equal((await render.watch()).kind, "deploy");
    });

  it("claims nothing when Render could not be read", async () => {
    const render = new TimedRender();
    render.deploys = () => failed("unreachable");
    const outcome = await render.watch();
    assert.ok(outcome.kind === "nothing" && outcome.error instanceof RenderError);
  });

  it("ends at once when looking again cannot help", async () => {
    const render = new TimedRender();
    render.deploys = () => failed("unauthorized");
    assert.equal((await render.watch()).kind, "nothing");
    assert.deepEqual(render.looks, [2_000]);
  });

  it("ends when it is stopped, and leaves no timer", async () => {
    const render = new TimedRender();
    const end = new AbortController();
    render.deploys = now => {
      if (now > 4_000) end.abort();
      return [];
    };
    await assert.rejects(render.watch(aPush(), end.signal));
    assert.deepEqual(render.looks, [2_000, 5_000]);
    assert.equal(render.clock.sleeping, 0);
  });
});
