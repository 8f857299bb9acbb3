import assert from "node:assert/strict";
import fc from "fast-check";
import type { GitReading } from "../../../../src/core/git/repository.js";
import { matchingServices } from "../../../../src/core/services/match.js";
import { anImageService, aRepository, aService } from "../../../support/builders.js";

const api = aService({ id: "srv-api", branch: "main" });
const staging = aService({ id: "srv-staging", branch: "staging" });
const docs = aService({ id: "srv-docs", repo: "https://github.com/harbor-labs/docs" });
const image = anImageService({ id: "srv-image" });
const all = [staging, docs, image, api];
const git = (...repositories: ReturnType<typeof aRepository>[]): GitReading => ({ ok: true, repositories });

describe("matchingServices", () => {
  for (const [name, reading, ids] of [
    ["none without Git", { ok: false, why: "noFolder" }, []],
    ["none of another repository", git(aRepository({ remotes: ["git@github.com:a/b.git"] })), []],
    ["those on the checked-out branch first", git(aRepository()), ["srv-api", "srv-staging"]],
    ["in their order on another branch", git(aRepository({ branch: "topic" })), ["srv-staging", "srv-api"]],
    [
      "of every open repository",
      git(
        aRepository({ branch: "staging" }),
        aRepository({ root: "file:///docs", remotes: ["git@github.com:harbor-labs/docs"], branch: "next" }),
      ),
      ["srv-staging", "srv-docs", "srv-api"],
    ],
    [
      "on the branch of any clone",
      git(aRepository({ branch: "staging" }), aRepository({ root: "file:///worktree" })),
      ["srv-staging", "srv-api"],
    ],
  ] as const)
    it(`gives ${name}`, () => {
      assert.deepEqual(
        matchingServices(all, reading).map(({ id }) => id),
        ids,
      );
    });

  it("gives some of the services, each once, and none without a repository", () => {
    fc.assert(
      fc.property(fc.subarray(all), fc.constantFrom("main", "staging", "topic"), (services, branch) => {
        const matching = matchingServices(services, git(aRepository({ branch })));
        assert.equal(new Set(matching).size, matching.length);
        assert.ok(matching.every(service => services.includes(service) && service.repo !== undefined));
      }),
    );
  });
});
