import fc from "fast-check";
import type { PreflightFacts } from "../../src/features/preflight/facts.js";
import type { CommitFacts } from "../../src/git/commitFacts.js";
import { mostCounted, type Relation } from "../../src/git/relation.js";
import type { Deploy } from "../../src/render/shapes.js";
import { aDeploy, aFollowedDeploy, aRepository, aService, sha } from "./builders.js";

/** What is live: the commit before `sha`, since 2 h before `theFacts` were read. */
export const live: Deploy = aDeploy({
  id: "dep-0",
  status: "live",
  commit: { id: "b2c3d4e".padEnd(40, "0"), message: "Before" },
  createdAt: 0,
  finishedAt: 0,
});

/** HEAD on the service's branch, pushed, clean, and one commit ahead of what is live. */
export function theCommit(change: Partial<CommitFacts> = {}): CommitFacts {
  return {
    commit: { id: sha, message: "Cache port lookups" },
    isHead: true,
    branch: "main",
    upstream: { name: "origin/main", behind: 0 },
    changes: { changed: 0, untracked: 0 },
    heldBy: ["main"],
    tipOf: ["main"],
    relation: { kind: "ahead", by: 1 },
    ...change,
  };
}

/** Facts of which nothing is to be said; name what matters to the test. */
export function theFacts(change: Partial<PreflightFacts> = {}): PreflightFacts {
  const commit = change.commit?.commit ?? theCommit().commit;
  return {
    service: aService(),
    protection: "open",
    choice: { kind: "commit", commit, head: aRepository() },
    commit: theCommit(),
    deploys: [live],
    now: 7_200_000,
    ...change,
  };
}

const count = fc.integer({ min: 0, max: mostCounted });
const relation: fc.Arbitrary<Relation> = fc.oneof(
  fc.record({ kind: fc.constant("same" as const) }),
  fc.record({ kind: fc.constantFrom("ahead" as const, "behind" as const), by: count }),
  fc.record({ kind: fc.constant("diverged" as const), ahead: count, behind: count }),
  fc.record({
    kind: fc.constant("unknown" as const),
    why: fc.constantFrom("notHere" as const, "noCommonHistory" as const, "unreadable" as const),
  }),
);

const branch = fc.constantFrom("main", "fog");
const pushTo = fc.record({ remote: fc.constant("origin"), branch });

/** A record with any of the optional parts left out. */
function partly<T extends object>(parts: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<Partial<T>> {
  return fc.record(parts, { requiredKeys: [] }) as fc.Arbitrary<Partial<T>>;
}

const commit: fc.Arbitrary<CommitFacts> = fc
  .tuple(
    fc.boolean(),
    fc.constantFrom("Cache port lookups", "Tidy [skip render]"),
    partly({
      branch,
      linkedTo: fc.constantFrom("git@github.com:harbor-labs/quay.git", ""),
      upstream: fc.record({ name: fc.constant("origin/main"), behind: count }),
      changes: fc.record({ changed: count, untracked: count }),
      heldBy: fc.array(branch),
      pushTo,
      pushedAt: fc.integer({ min: 0, max: 10_000_000 }),
      relation,
      changedPaths: fc.array(fc.constantFrom("api/a.ts", "docs/a.md")),
    }),
  )
  .map(([isHead, message, rest]) => ({ commit: { id: sha, message }, isHead, ...rest }));

const deploy: fc.Arbitrary<Deploy> = fc
  .record({
    status: fc.constantFrom(
      "queued",
      "build_in_progress",
      "live",
      "deactivated",
      "build_failed",
      "brand_new",
    ),
    trigger: fc.constantFrom("api", "new_commit", "manual", "brand_new"),
    id: fc.constantFrom(sha, "e".repeat(40)),
    number: fc.nat(),
  })
  .map(({ status, trigger, id, number }) =>
    aDeploy({ id: `dep-${number}`, status, trigger, commit: { id } }),
  );

/** Any facts at all. */
export const someFacts: fc.Arbitrary<PreflightFacts> = fc
  .tuple(
    fc.record({
      suspended: fc.boolean(),
      suspenders: fc.array(fc.constantFrom("user", "billing")),
      autoDeploy: fc.constantFrom("off" as const, "commit" as const, "checksPass" as const),
      buildFilter: fc.record({
        paths: fc.array(fc.constant("api/**")),
        ignoredPaths: fc.constant<string[]>([]),
      }),
    }),
    fc.constantFrom("protected" as const, "open" as const, "unknown" as const),
    partly({
      environment: fc.constant("Harbor / production"),
      noHead: fc.constant({ text: "No folder is open here.", remedies: ["openFolder" as const] }),
      commit,
      deploys: fc.array(deploy, { maxLength: 4 }),
      followed: fc.constant(aFollowedDeploy()),
    }),
  )
  .map(([service, protection, rest]) => theFacts({ service: aService(service), protection, ...rest }));
