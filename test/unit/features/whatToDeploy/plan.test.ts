import assert from "node:assert/strict";
import fc from "fast-check";
import { sameImage } from "../../../../src/features/whatToDeploy/imageReference.js";
import {
  canClearCache,
  defaultChoice,
  headChoice,
  planDeploy,
  type DeployChoice,
} from "../../../../src/features/whatToDeploy/plan.js";
import type { GitReading } from "../../../../src/git/repository.js";
import type { Service } from "../../../../src/render/shapes.js";
import { anImageService, aRepository, aService, sha } from "../../../support/builders.js";
import { without } from "../../../support/without.js";

const services = {
  web: aService(),
  staticSite: aService({ type: "static_site" }),
  cron: aService({ id: "crn-1", type: "cron_job" }),
  image: anImageService(),
  imageCron: anImageService({ id: "crn-2", type: "cron_job" }),
  unknown: without(aService({ type: "workflow" }), "repo", "branch"),
} satisfies Record<string, Service>;

const commit: DeployChoice = { kind: "commit", commit: { id: sha } };
const newest: DeployChoice = { kind: "newest" };
const redeploy: DeployChoice = { kind: "redeploy" };
const image: DeployChoice = { kind: "image" };
const otherTag: DeployChoice = { kind: "image", imageUrl: "ghcr.io/harbor-labs/thumbs:1.5" };

describe("planDeploy", () => {
  const bodies: readonly (readonly [string, Service, DeployChoice, boolean, object])[] = [
    ["a commit", services.web, commit, false, { commitId: sha }],
    ["a commit with a clear cache", services.web, commit, true, { commitId: sha, clearCache: "clear" }],
    ["a commit of a static site", services.staticSite, commit, false, { commitId: sha }],
    ["the newest commit", services.web, newest, false, {}],
    ["the newest commit with a clear cache", services.web, newest, true, { clearCache: "clear" }],
    ["the newest commit of a cron job", services.cron, newest, true, { clearCache: "clear" }],
    ["the newest state of an unknown kind", services.unknown, newest, false, {}],
    ["the last build", services.web, redeploy, true, { deployMode: "deploy_only" }],
    ["the last build of a cron job", services.cron, redeploy, false, { deployMode: "deploy_only" }],
    ["the configured image", services.image, image, true, {}],
    ["the newest state of an image service", services.image, newest, true, {}],
    ["another tag", services.image, otherTag, true, { imageUrl: "ghcr.io/harbor-labs/thumbs:1.5" }],
    [
      "another tag of an image under its short name",
      anImageService({ imagePath: "docker.io/library/nginx:latest" }),
      { kind: "image", imageUrl: "nginx:1.27" },
      true,
      { imageUrl: "docker.io/library/nginx:1.27" },
    ],
    [
      "another tag of an image under one of Docker Hub's other names",
      anImageService({ imagePath: "docker.io/ada/web:1" }),
      { kind: "image", imageUrl: "index.docker.io/ada/web:2" },
      true,
      { imageUrl: "docker.io/ada/web:2" },
    ],
    [
      "another tag of a cron job",
      services.imageCron,
      otherTag,
      false,
      { imageUrl: "ghcr.io/harbor-labs/thumbs:1.5" },
    ],
  ];
  for (const [name, service, choice, clearCache, body] of bodies)
    it(`asks for ${name} with ${JSON.stringify(body)}`, () => {
      assert.deepEqual(planDeploy(service, choice, clearCache), { ok: true, body });
    });

  it("sends a SHA as Git writes it", () => {
    const pasted: DeployChoice = { kind: "commit", commit: { id: ` ${sha.toUpperCase()} ` } };
    assert.deepEqual(planDeploy(services.web, pasted, false), { ok: true, body: { commitId: sha } });
  });

  const refusals: readonly (readonly [string, Service, DeployChoice, string])[] = [
    ["a commit of a cron job", services.cron, commit, "cronJobCommit"],
    ["a commit of an image", services.image, commit, "notBuiltFromGit"],
    ["a commit of an image cron job", services.imageCron, commit, "notBuiltFromGit"],
    ["a commit of an unknown kind", services.unknown, commit, "notBuiltFromGit"],
    ["an image of a Git service", services.web, image, "notBuiltFromImage"],
    ["another image", services.image, { kind: "image", imageUrl: "ghcr.io/evil/thumbs:1.4" }, "otherImage"],
    [
      "the image of another host",
      services.image,
      { kind: "image", imageUrl: "harbor-labs/thumbs" },
      "otherImage",
    ],
    ["no image at all", services.image, { kind: "image", imageUrl: "$(zap)" }, "otherImage"],
    ["a short SHA", services.web, { kind: "commit", commit: { id: sha.slice(0, 7) } }, "badCommitId"],
    ["a branch name", services.web, { kind: "commit", commit: { id: "main" } }, "badCommitId"],
  ];
  for (const [name, service, choice, why] of refusals)
    it(`refuses ${name}`, () => {
      assert.deepEqual(planDeploy(service, choice, false), { ok: false, why });
    });

  it("obeys Render's rules for every service and choice", () => {
    const anyService = fc
      .record({
        base: fc.constantFrom(...Object.values(services)),
        type: fc.constantFrom("web_service", "cron_job", "static_site", "background_worker", "new_type"),
      })
      .map(({ base, type }): Service => ({ ...base, type }));
    const anyChoice: fc.Arbitrary<DeployChoice> = fc.oneof(
      fc.constantFrom(newest, redeploy, image, otherTag),
      fc
        .oneof(fc.stringMatching(/^[0-9a-fA-F]{40}$/u), fc.stringMatching(/^[0-9a-f]{1,64}$/u), fc.string())
        .map((id): DeployChoice => ({ kind: "commit", commit: { id } })),
      fc
        .oneof(fc.stringMatching(/^ghcr\.io\/harbor-labs\/thumbs:\w{1,9}$/u), fc.string())
        .map((imageUrl): DeployChoice => ({ kind: "image", imageUrl })),
    );
    fc.assert(
      fc.property(anyService, anyChoice, fc.boolean(), (service, choice, clearCache) => {
        const plan = planDeploy(service, choice, clearCache);
        if (!plan.ok) return;
        const { commitId, imageUrl, clearCache: cache, deployMode, ...rest } = plan.body;
        assert.deepEqual(rest, {});
        if (deployMode !== undefined) assert.deepEqual(plan.body, { deployMode: "deploy_only" });
        if (commitId !== undefined) {
          assert.match(commitId, /^[0-9a-f]{40}$|^[0-9a-f]{64}$/u);
          assert.ok(
            service.type !== "cron_job" && service.imagePath === undefined && service.repo !== undefined,
          );
        }
        if (imageUrl !== undefined) assert.ok(sameImage(imageUrl, service.imagePath ?? ""));
        if (cache !== undefined) assert.ok(clearCache && service.imagePath === undefined);
        assert.ok(Object.values(plan.body).every(value => value !== undefined));
      }),
      { numRuns: 500 },
    );
  });
});

describe("canClearCache", () => {
  for (const [name, service, choice, can] of [
    ["a commit is built", services.web, commit, true],
    ["the newest commit is built", services.cron, newest, true],
    ["the last build is taken", services.web, redeploy, false],
    ["an image is pulled", services.image, newest, false],
    ["another image is pulled", services.image, otherTag, false],
  ] as const)
    it(`is ${can} where ${name}`, () => {
      assert.equal(canClearCache(service, choice), can);
    });
});

describe("defaultChoice", () => {
  const clone = aRepository();
  const git: GitReading = { ok: true, repositories: [clone] };

  it("is HEAD of the clone that is open", () => {
    const chosen = { kind: "commit", commit: clone.head, head: clone };
    assert.deepEqual(defaultChoice(services.web, git), { kind: "chosen", choice: chosen });
  });

  it("asks which repository, where several are clones", () => {
    const repositories = [clone, aRepository({ root: "file:///second" })];
    assert.deepEqual(defaultChoice(services.web, { ok: true, repositories }), {
      kind: "askRepository",
      repositories,
    });
  });

  it("is the newest commit, with the reason, where there is no HEAD", () => {
    assert.deepEqual(defaultChoice(services.web, { ok: false, why: "untrusted" }), {
      kind: "chosen",
      choice: newest,
      noHead: { kind: "none", why: "untrusted" },
    });
  });

  for (const [name, service, choice] of [
    ["image services", services.image, image],
    ["image cron jobs", services.imageCron, image],
    ["cron jobs", services.cron, newest],
    ["unknown kinds", services.unknown, newest],
  ] as const)
    it(`is what Render takes for ${name}, without a reason`, () => {
      assert.deepEqual(defaultChoice(service, git), { kind: "chosen", choice });
    });

  it("can always be sent as it is", () => {
    for (const service of Object.values(services)) {
      const byDefault = defaultChoice(service, git);
      assert.ok(byDefault.kind === "chosen" && planDeploy(service, byDefault.choice, false).ok, service.type);
    }
  });
});

describe("headChoice", () => {
  it("keeps the repository, whose branch is shown", () => {
    const repository = aRepository();
    const head = { id: sha };
    assert.deepEqual(headChoice({ kind: "head", repository, head }), {
      kind: "commit",
      commit: head,
      head: repository,
    });
  });
});
