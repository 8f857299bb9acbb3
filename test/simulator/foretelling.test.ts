import assert from "node:assert/strict";
import fc from "fast-check";
import { foretell } from "../../src/features/autoDeploy/autoDeployRule.js";
import { findingsOf } from "../../src/features/preflight/findings.js";
import type { Service } from "../../src/render/shapes.js";
import { aService, sha } from "../support/builders.js";
import { theCommit, theFacts } from "../support/preflightFacts.js";
import { without } from "../support/without.js";
import { ManualClock, newService, emptyData, type Quirks, Simulator, type ServiceRecord } from "./simulator";

const repo = "https://github.com/harbor-labs/harbor";
const ownerId = "tea-d0000000000000000001";

/** Of a monorepo: what people have in root directories, build filters and pushes. */
const files = fc.constantFrom(
  "README.md",
  "package.json",
  "docs/guide.md",
  "packages/ui/button.ts",
  "services/api/README.md",
  "services/api/app.js",
  "services/api/src/deep/port.js",
  "services/api-docs/app.js",
  "services/web/app.js",
  ".github/workflows/ci.yml",
);
const globs = fc.constantFrom(
  "**",
  "**/*.md",
  "*.md",
  "docs/**",
  "packages/ui/**",
  "services/api/**",
  "services/api/*",
  "services/*/app.js",
  "services/api",
  "services/api/",
  "./services/web/**",
  "/package.json",
  "services/ap?/**",
  "services/[a-m]*/**",
  "services/**.js",
  "**.md",
  "services/api**",
  "services/[!a]*/**",
);

/** The first one in most cases. */
function often<T>(usual: T, ...others: T[]): fc.Arbitrary<T> {
  return fc.oneof({ weight: 3, arbitrary: fc.constant(usual) }, fc.constantFrom(...others));
}

interface Wish {
  readonly rootDir: string;
  readonly buildFilter: { paths: string[]; ignoredPaths: string[] } | undefined;
  readonly autoDeploy: Exclude<Service["autoDeploy"], "unknown">;
  readonly suspended: boolean;
  readonly branch: string;
}

const wishes: fc.Arbitrary<Wish> = fc.record({
  rootDir: fc.constantFrom("", "services/api", "./services/web", "services/api/", "."),
  buildFilter: fc.option(
    fc.record({
      paths: fc.array(globs, { maxLength: 2 }),
      ignoredPaths: fc.array(globs, { maxLength: 2 }),
    }),
    { nil: undefined },
  ),
  autoDeploy: often<Wish["autoDeploy"]>("commit", "checksPass", "off"),
  suspended: often<boolean>(false, true),
  branch: often("main", "release"),
});

const pushes = fc.record({
  message: often("Tidy up", "Tidy up [skip render]", "[deploy skip]\n\nTidy", "Tidy [SKIP CD]"),
  changed: fc.array(files, { maxLength: 4 }),
  /** Whether this clone can tell what the push changes. */
  isKnown: often<boolean>(true, false),
});

/** Everything of which Render's documentation does not speak. */
const unknowns: fc.Arbitrary<Partial<Quirks>> = fc.record({
  suspendedAutoDeploys: fc.boolean(),
  skipPhraseInAnyCase: fc.boolean(),
  ignoredPathsAlone: fc.constantFrom("withinRootDirectory" as const, "wholeRepository" as const),
  emptyPushDeploys: fc.boolean(),
  widerGlobs: fc.boolean(),
  filteredPushIsEvent: fc.boolean(),
});

function recordOf({ buildFilter, suspended, ...wish }: Wish): ServiceRecord {
  return newService({
    name: "harbor-api",
    ownerId,
    repo,
    ...wish,
    ...(buildFilter && { buildFilter }),
    suspenders: suspended ? ["user"] : [],
  });
}

function serviceOf({ buildFilter, ...wish }: Wish): Service {
  return { ...aService({ repo, ...wish }), ...(buildFilter && { buildFilter }) };
}

const simulator = Simulator.withoutServer({ data: emptyData(), clock: new ManualClock() });

/** What a push to `main` does at Render. */
function pushed(
  wish: Wish,
  quirks: Partial<Quirks>,
  push: { readonly message: string; readonly changed: readonly string[] },
): "deploys" | "afterChecks" | "nothing" {
  simulator.reset();
  simulator.setQuirks(quirks);
  const record = recordOf(wish);
  // The branch that is pushed to is that of this one.
  const witness = newService({ name: "witness", ownerId, repo, branch: "main", autoDeploy: "off" });
  simulator.addService(record);
  simulator.addService(witness);
  const { id } = record.service;
  const commit = { id: sha, message: push.message, files: push.changed };
  simulator.push(witness.service.id, commit);
  const count = (): number => simulator.deploysOf(id).length;
  const atOnce = count();
  simulator.passChecks(sha);
  return atOnce > 0 ? "deploys" : count() > 0 ? "afterChecks" : "nothing";
}

describe("what is foretold of a push", () => {
  it("is what the simulator then does, whatever Render does where its documentation says nothing", () => {
    const seen = { deploys: 0, passedOver: 0, unknown: 0 };
    fc.assert(
      fc.property(wishes, unknowns, pushes, (wish, quirks, { message, changed, isKnown }) => {
        const known = isKnown ? [...new Set(changed)] : undefined;
        const foretold = foretell(serviceOf(wish), { branch: "main", message, files: known });
        const done = pushed(wish, quirks, { message, changed });
        seen[foretold.kind] += 1;
        if (foretold.kind === "deploys")
          assert.equal(done, foretold.when === "commit" ? "deploys" : "afterChecks");
        if (foretold.kind === "passedOver") assert.equal(done, "nothing");
      }),
      { numRuns: 3_000 },
    );
    for (const [kind, count] of Object.entries(seen)) assert.ok(count > 100, `${kind}: ${count}`);
  });

  it("is not left open where the files are known and the documentation speaks", () => {
    fc.assert(
      fc.property(wishes, pushes, (wish, { message, changed }) => {
        const service = { ...serviceOf(wish), suspended: false };
        assert.ok(service.buildFilter !== "unknown");
        const { paths = [], ignoredPaths = [] } = service.buildFilter ?? {};
        const isLoose = [...paths, ...ignoredPaths].some(glob => /api\/?$|[^/]\*\*|\*\*[^/]|\[!/u.test(glob));
        const isUndecided = paths.length === 0 && ignoredPaths.length > 0;
        fc.pre(changed.length > 0 && !isLoose && !isUndecided && !message.includes("SKIP CD"));
        assert.notEqual(foretell(service, { branch: "main", message, files: changed }).kind, "unknown");
      }),
    );
  });

  it("is what the question says of Push and Deploy and of auto-deploy", () => {
    fc.assert(
      fc.property(wishes, unknowns, pushes, (wish, quirks, { message, changed, isKnown }) => {
        const commit = {
          ...theCommit(),
          commit: { id: sha, message },
          heldBy: [],
          tipOf: [],
          pushTo: { remote: "origin", branch: "main" },
          ...(isKnown && { pushedPaths: changed }),
        };
        const findings = findingsOf(theFacts({ service: serviceOf(wish), commit }));
        const done = pushed(wish, quirks, { message, changed });
        const notPushed = findings.find(({ kind }) => kind === "notPushed");
        assert.ok(notPushed?.kind === "notPushed");
        if (notPushed.deploysItself === "commit") assert.equal(done, "deploys");
        if (notPushed.deploysItself === "checksPass") assert.equal(done, "afterChecks");
        // What is sent at once would be a second deploy.
        if (notPushed.deploysItself === "no" && !wish.suspended) assert.notEqual(done, "deploys");
        const isIgnored = findings.some(({ kind }) =>
          ["skipPhrase", "outsideRootDirectory", "outsideBuildFilter"].includes(kind),
        );
        if (isIgnored) assert.equal(done, "nothing");
      }),
      { numRuns: 3_000 },
    );
  });

  it("is what the question says of a commit that was just pushed", () => {
    fc.assert(
      fc.property(wishes, unknowns, pushes, (wish, quirks, { message, changed, isKnown }) => {
        const commit = {
          ...theCommit(),
          commit: { id: sha, message },
          pushedAt: 7_199_000,
          ...(isKnown && { pushedPaths: changed }),
        };
        const facts = theFacts({ service: serviceOf(wish), commit });
        const automatic = findingsOf(without(facts, "deploys")).find(({ kind }) => kind === "automatic");
        if (automatic?.kind !== "automatic") return;
        const done = pushed(wish, quirks, { message, changed });
        assert.equal(done, automatic.when === "commit" ? "deploys" : "afterChecks");
      }),
      { numRuns: 2_000 },
    );
  });
});
