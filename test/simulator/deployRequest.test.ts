import assert from "node:assert/strict";
import type { Quirks } from "./simulator";
import { type Bench, withSimulator } from "./withSimulator";

const full = "7c1f0e94ab52d3386c0fe1b9a5d2478e6f13ca90";
const wishes: Record<string, Parameters<Bench["add"]>[0]> = {
  git: {},
  image: { image: "ghcr.io/harbor-labs/thumbs:1.4" },
  nginx: { image: "nginx" },
  cron: { type: "cron_job" },
  static: { type: "static_site" },
  suspended: { suspenders: ["user"] },
};

const rows: [of: keyof typeof wishes, body: unknown, status: number, quirks?: Partial<Quirks>][] = [
  ["git", {}, 201],
  ["git", undefined, 400],
  ["git", undefined, 201, { missingBody: "accept" }],
  ["git", "not json", 400],
  ["git", [], 400],
  ["git", { clearCache: "clear" }, 201],
  ["git", { clearCache: true }, 400],
  ["git", { clearCache: "yes" }, 400],
  ["git", { commitId: full }, 201],
  ["git", { commitId: full }, 404, { unknownCommit: 404 }],
  ["git", { commitId: full.slice(0, 7) }, 400],
  ["git", { commitId: "main" }, 400],
  ["git", { imageUrl: "nginx" }, 400],
  ["git", { imageUrl: "nginx" }, 201, { imageUrlOnGit: "ignore" }],
  ["git", { deployMode: "build_and_deploy" }, 201],
  ["git", { deployMode: "build_and_deploy", commitId: full }, 400],
  ["git", { deployMode: "build_and_deploy", commitId: full }, 201, { deployModeExclusive: "deployOnly" }],
  ["git", { deployMode: "deploy_only", commitId: full }, 400, { deployModeExclusive: "deployOnly" }],
  ["git", { deployMode: "deploy_only" }, 400],
  ["git", { deployMode: "deploy_only" }, 409, { deployOnlyWithoutBuild: 409 }],
  ["git", { deployMode: "deploy_only" }, 201, { deployOnlyWithoutBuild: "accept" }],
  ["git", { deployMode: "fast" }, 400],
  ["git", { artifactId: "art-1" }, 400],
  ["git", { buildId: "bld-1" }, 400],
  ["image", { imageUrl: "ghcr.io/harbor-labs/thumbs:1.5" }, 201],
  ["image", { imageUrl: `ghcr.io/harbor-labs/thumbs@sha256:${"0".repeat(64)}` }, 201],
  ["image", { imageUrl: "ghcr.io/harbor-labs/other:1.4" }, 400],
  ["image", { imageUrl: "docker.io/harbor-labs/thumbs:1.4" }, 400],
  ["image", { imageUrl: "GHCR.io/harbor-labs/thumbs:1.5" }, 400],
  ["image", { imageUrl: "a b" }, 400],
  ["nginx", { imageUrl: "nginx:1.27" }, 201],
  ["nginx", { imageUrl: "docker.io/library/nginx:1.27" }, 201],
  ["nginx", { imageUrl: "index.docker.io/library/nginx:1.27" }, 400],
  ["nginx", { imageUrl: "registry-1.docker.io/library/nginx:1.27" }, 400],
  ["image", { commitId: full }, 400],
  ["image", { commitId: full }, 201, { pinnedCommitOnImage: "ignore" }],
  ["cron", {}, 201],
  ["cron", { commitId: full }, 400],
  ["static", { commitId: full }, 201],
  ["suspended", {}, 409],
  ["suspended", {}, 201, { suspendedDeploy: "accept" }],
];

describe("simulator: the body of a deploy trigger", () => {
  for (const [of, body, status, quirks] of rows) {
    const name = `${of} ${typeof body === "string" ? body : JSON.stringify(body)} ${JSON.stringify(quirks ?? {})}`;
    it(`${name} is answered with ${status}`, async () => {
      await withSimulator({ quirks: quirks ?? {} }, async ({ add, call, simulator }) => {
        const { id } = add(wishes[of]).service;
        assert.equal((await call("POST", `/services/${id}/deploys`, body)).status, status);
        assert.equal(simulator.deploysOf(id).length, status === 201 ? 1 : 0);
        assert.equal(simulator.posts().length, status === 201 ? 1 : 0);
      });
    });
  }

  it("finds a known commit by a short id when asked to", async () => {
    await withSimulator({ quirks: { acceptsShortSha: true } }, async ({ add, call, simulator }) => {
      const { id } = add().service;
      simulator.knowCommit({ id: full, message: "Cache port lookups" });
      const { json } = await call("POST", `/services/${id}/deploys`, { commitId: "7c1f0e9" });
      assert.equal((json as { commit: { message: string } }).commit.message, "Cache port lookups");
      assert.equal((await call("POST", `/services/${id}/deploys`, { commitId: "0000000" })).status, 400);
    });
  });

  it("deploys the last good build again without building", async () => {
    await withSimulator({}, async ({ add, call, clock, simulator, statuses }) => {
      const { id } = add().service;
      await call("POST", `/services/${id}/deploys`, { commitId: full });
      clock.advance(60_000);
      simulator.push(id, { id: "f".repeat(40), message: "Newer" });
      clock.advance(1_000);
      simulator.setOverlap("override");
      const { json } = await call("POST", `/services/${id}/deploys`, { deployMode: "deploy_only" });
      assert.equal((json as { commit: { id: string } }).commit.id, full);
      assert.deepEqual(await statuses(id), ["update_in_progress", "canceled", "live"]);
    });
  });

  it("changes, suspends and resumes a service", async () => {
    await withSimulator({}, async ({ add, call, statuses }) => {
      const { id } = add().service;
      const patch = async (body: object): Promise<unknown[]> => {
        const { status, json } = await call("PATCH", `/services/${id}`, body);
        const { autoDeploy, autoDeployTrigger } = json as Record<string, unknown>;
        return [status, autoDeploy, autoDeployTrigger];
      };
      assert.deepEqual(await patch({ autoDeploy: "no" }), [200, "no", "off"]);
      assert.deepEqual(await patch({ autoDeployTrigger: "checksPass" }), [200, "yes", "checksPass"]);
      assert.deepEqual(await patch({ autoDeploy: "yes", autoDeployTrigger: "off" }), [200, "no", "off"]);
      assert.equal((await call("PATCH", `/services/${id}`, { autoDeploy: false })).status, 400);
      assert.equal((await call("PATCH", `/services/${id}`, { branch: "develop" })).status, 200);
      assert.deepEqual((await call("POST", `/services/${id}/suspend`)).status, 202);
      const suspended = (await call("GET", `/services/${id}`)).json as Record<string, unknown>;
      assert.deepEqual([suspended["suspended"], suspended["suspenders"]], ["suspended", ["user"]]);
      assert.equal(suspended["branch"], "develop");
      assert.equal((await call("POST", `/services/${id}/resume`)).status, 202);
      assert.deepEqual(await statuses(id), ["update_in_progress"]);
    });
  });
});
