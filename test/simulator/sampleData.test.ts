import assert from "node:assert/strict";
import { sampleData, sampleRepository } from "./simulator";

const now = Date.UTC(2026, 5, 12, 8);

describe("simulator: sample data", () => {
  const data = sampleData(now);
  const services = data.services.map(({ service }) => service);

  it("has all that a newcomer may meet", () => {
    assert.deepEqual(
      new Set(services.map(({ type }) => type)),
      new Set(["web_service", "private_service", "background_worker", "cron_job", "static_site"]),
    );
    assert.equal(data.workspaces.length, 3);
    const sizes = data.workspaces.map(
      ({ owner }) => services.filter(({ ownerId }) => ownerId === owner.id).length,
    );
    assert.ok(Math.max(...sizes) > 25, `the largest workspace has ${Math.max(...sizes)} services`);
    assert.deepEqual(new Set(services.flatMap(({ suspenders }) => suspenders)), new Set(["user", "billing"]));
    assert.deepEqual(
      new Set(services.map(service => service.autoDeployTrigger)),
      new Set(["commit", "checksPass", "off"]),
    );
    assert.equal(services.filter(({ serviceDetails }) => serviceDetails.parentServer).length, 2);
    assert.ok(services.filter(({ environmentId }) => environmentId === undefined).length > 5);
    for (const { repo, imagePath, id } of services)
      assert.equal([repo, imagePath].filter(Boolean).length, 1, id);
    assert.equal(new Set(services.map(({ id }) => id)).size, services.length);
  });

  it("has a past for every service that is possible", () => {
    const statuses = new Set<string>();
    for (const { service, deploys } of data.services) {
      assert.ok(deploys.filter(({ status }) => status === "live").length <= 1, service.name);
      for (const [index, deploy] of deploys.entries()) {
        statuses.add(deploy.status);
        assert.equal(deploy.first, index === deploys.length - 1);
        assert.ok(deploy.finishedAt !== undefined && deploy.finishedAt < now);
        const older = deploys[index + 1];
        assert.ok(older === undefined || (older.finishedAt ?? 0) < deploy.createdAt, service.name);
        assert.ok(deploy.updatedAt >= deploy.finishedAt && deploy.finishedAt >= deploy.createdAt);
        assert.ok(deploy.status !== "deactivated" || deploy.updatedAt > deploy.finishedAt, service.name);
      }
    }
    const expected = [
      "build_failed",
      "canceled",
      "deactivated",
      "live",
      "pre_deploy_failed",
      "update_failed",
    ];
    assert.deepEqual([...statuses].sort(), expected);
    assert.ok(data.services.some(({ deploys }) => deploys.some(({ trigger }) => trigger === "rollback")));
  });

  it("describes the sample repository", () => {
    const { remote, branch, serviceIds, liveCommit, newestCommit, lighthouse } = sampleRepository;
    const matching = services.filter(each => each.repo === remote && each.branch === branch);
    assert.deepEqual(matching.map(({ id }) => id).sort(), [...serviceIds].sort());
    const live = (id: string | undefined): string | undefined =>
      data.services.find(({ service }) => service.id === id)?.deploys.find(({ status }) => status === "live")
        ?.commit?.id;
    assert.equal(live(serviceIds[0]), liveCommit.id);
    assert.equal(data.branches[`${remote}#${branch}`]?.id, newestCommit.id);
    const single = services.filter(({ repo }) => repo === lighthouse.remote);
    assert.deepEqual(
      single.map(({ id, environmentId }) => [id, environmentId]),
      [[lighthouse.serviceId, undefined]],
    );
    assert.equal(live(lighthouse.serviceId), lighthouse.liveCommit.id);
  });

  it("takes real commits in place of invented ones", () => {
    const commit = { id: "a".repeat(40), message: "Real", createdAt: "2026-06-12T07:00:00Z" };
    const real = sampleData(now, { [sampleRepository.remote]: [commit] });
    assert.deepEqual(real.branches[`${sampleRepository.remote}#main`], commit);
  });
});
