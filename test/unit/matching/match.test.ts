import assert from "node:assert/strict";
import fc from "fast-check";
import { BlueprintFile } from "../../../src/blueprints/blueprintFile.js";
import type { RepositorySnapshot } from "../../../src/git/repository.js";
import type { Service } from "../../../src/render/shapes.js";
import { areEqual, explainMatch, matchServices, type OpenThings } from "../../../src/matching/match.js";
import { anImageService, aRepository, aService } from "../../support/builders.js";

const part = (name: string, rootDir: string, change: Partial<Service> = {}): Service =>
  aService({ id: `srv-${name}`, name, rootDir, ...change });
const api = part("api", "services/api");
const web = part("web", "apps/web", {
  buildFilter: { paths: ["apps/web/**", "packages/**"], ignoredPaths: ["**/*.md"] },
});
const staging = part("api-staging", "services/api", { branch: "develop" });
const docs = part("docs", "", { repo: "https://github.com/harbor-labs/docs" });
const image = anImageService({ id: "srv-image", name: "thumbs" });
const all = [docs, web, image, staging, api];

const root = "file:///home/ada/harbor";
const harbor = aRepository({ root });
const aliased = aRepository({
  root: "file:///home/ada/alias",
  remotes: ["git@github-work:harbor-labs/harbor.git"],
});
const docsClone = aRepository({
  root: `${root}/vendor/docs`,
  name: "docs",
  remotes: ["git@github.com:harbor-labs/docs.git"],
  branch: "next",
});

function open(repositories: readonly RepositorySnapshot[], change: Partial<OpenThings> = {}): OpenThings {
  return { git: { ok: true, repositories }, here: undefined, links: [], blueprints: [], ...change };
}

function shown(services: readonly Service[], things: OpenThings): Record<string, readonly string[]> {
  return Object.fromEntries(
    matchServices(services, things).map(match => [match.service.name, explainMatch(match)]),
  );
}

/** The names in order with the reasons: object keys keep their order, so that is compared too. */
function assertShown(
  actual: Record<string, readonly string[]>,
  expected: Record<string, readonly string[]>,
): void {
  assert.deepEqual(Object.entries(actual), Object.entries(expected));
}

const linkTo = (folder: string, { id, name }: Service) => ({ folder, service: { id, name } });

describe("matchServices", () => {
  it("gives none without Git, or of another repository", () => {
    assert.deepEqual(matchServices(all, { ...open([]), git: { ok: false, why: "untrusted" } }), []);
    assert.deepEqual(matchServices(all, open([aRepository({ remotes: ["git@github.com:a/b.git"] })])), []);
  });

  it("puts those that follow the checked-out branch first, and says so", () => {
    assertShown(shown(all, open([harbor])), {
      web: ["follows branch main"],
      api: ["follows branch main"],
      "api-staging": ["built from harbor"],
    });
    assertShown(shown(all, open([{ ...harbor, branch: "develop" }])), {
      "api-staging": ["follows branch develop"],
      web: ["built from harbor"],
      api: ["built from harbor"],
    });
  });

  it("tells them apart by the root directory of the open file", () => {
    assertShown(shown(all, open([harbor], { here: `${root}/services/api/src/main.ts` })), {
      api: ["root directory services/api", "follows branch main"],
      web: ["follows branch main", "the open file is not one of its files"],
      "api-staging": ["root directory services/api"],
    });
  });

  it("knows packages that the build filter names, and files that it leaves out", () => {
    assertShown(shown([api, web], open([harbor], { here: `${root}/packages/log/index.ts` })), {
      web: ["build filter packages/**", "follows branch main"],
      api: ["follows branch main", "the open file is not one of its files"],
    });
    assertShown(shown([web], open([harbor], { here: `${root}/apps/web/README.md` })), {
      web: ["follows branch main", "its build filter leaves the open file out"],
    });
    const site = part("site", "", { buildFilter: { paths: ["site/**"], ignoredPaths: [] }, branch: "other" });
    assertShown(shown([site], open([harbor], { here: `${root}/site/index.html` })), {
      site: ["build filter site/**"],
    });
  });

  it("puts the deeper root directory first", () => {
    const outer = part("outer", "services");
    assert.deepEqual(
      matchServices([outer, api], open([harbor], { here: `${root}/services/api/a.ts` })).map(
        ({ service }) => service.name,
      ),
      ["api", "outer"],
    );
  });

  it("takes the opened folder for the path where no file is open", () => {
    const [first] = matchServices(all, open([harbor], { here: `${root}/services/api` }));
    assert.equal(first?.service, api);
    assert.equal(first.fit, "inside");
  });

  it("puts the innermost repository that holds the open file first, whichever comes first in the window", () => {
    for (const repositories of [
      [harbor, docsClone],
      [docsClone, harbor],
    ]) {
      const inDocs = open(repositories, { here: `${docsClone.root}/index.md` });
      assert.deepEqual(shown([api, docs], inDocs), {
        docs: ["built from docs"],
        api: ["follows branch main", "built from harbor"],
      });
      assert.equal(matchServices([api, docs], inDocs)[0]?.service, docs);
      const inHarbor = open(repositories, { here: `${root}/services/api/a.ts` });
      assert.equal(matchServices([docs, api], inHarbor)[0]?.service, api);
    }
  });

  it("takes the word of Git for the active repository where the paths do not tell", () => {
    const things = open([harbor, { ...docsClone, active: true }], { here: "file:///link/to/docs/index.md" });
    assert.equal(matchServices([api, docs], things)[0]?.service, docs);
  });

  it("explains an ssh alias, and never puts it above a sure clone", () => {
    assertShown(shown([api], open([aliased])), {
      api: ["likely built from here (ssh alias github-work)", "follows branch main"],
    });
    const both = open([aliased, docsClone], { here: `${aliased.root}/services/api/a.ts` });
    const [first, second] = matchServices([api, docs], both);
    assert.equal(first?.service, docs);
    assert.equal(second?.service, api);
    assert.equal(first.isSure, true);
    assert.equal(second.isSure, false);
    assert.equal(matchServices([api], open([aliased, harbor]))[0]?.repository, harbor);
  });

  it("puts a link first, the innermost folder's, and explains links of other folders", () => {
    const links = [linkTo(root, web), linkTo(`${root}/services/api`, staging)];
    const inApi = open([harbor], { here: `${root}/services/api/a.ts`, links });
    assertShown(shown(all, inApi), {
      "api-staging": ["linked to folder api", "root directory services/api"],
      api: ["root directory services/api", "follows branch main"],
      web: ["linked to folder harbor", "follows branch main", "the open file is not one of its files"],
    });
    assert.deepEqual(
      matchServices(all, inApi).map(({ isLinkedHere }) => isLinkedHere),
      [true, false, false],
    );
  });

  it("takes the clone that a link says to be one for sure, whatever its remotes are called", () => {
    const renamed = aRepository({ remotes: ["git@github.com:harbor-labs/quay.git"] });
    const links = [linkTo(`${root}/services/api`, api)];
    const [match, ...others] = matchServices([api, web], open([renamed], { links }));
    assert.deepEqual(others, []);
    assert.deepEqual([match?.service, match?.isSure, match?.repository?.isLinked], [api, true, true]);
    assertShown(shown([api], open([renamed], { links, here: `${root}/services/api/a.ts` })), {
      api: ["linked to folder api", "root directory services/api", "follows branch main"],
    });
    const byAlias = matchServices([api, staging], open([aliased], { links: [linkTo(aliased.root, api)] }));
    assert.deepEqual(
      byAlias.map(({ isSure }) => isSure),
      [true, false],
    );
  });

  it("shows what is linked even where it is not built from what is open, or Git is not read", () => {
    const links = [linkTo("file:///elsewhere", image)];
    const things = { ...open([], { links }), git: { ok: false, why: "untrusted" } as const };
    assertShown(shown(all, things), { thumbs: ["linked to folder elsewhere"] });
    const [match] = matchServices(all, { ...things, here: "file:///elsewhere/a.ts" });
    assert.equal(match?.isLinkedHere && match.isSure, true);
    assert.equal(matchServices(all, open([harbor], { links })).at(-1)?.service, image);
  });

  it("knows what render.yaml names and what a Blueprint made", () => {
    const { entries } = new BlueprintFile(`services:
      - { name: thumbs, type: web, runtime: image }
      - { name: docs, type: web, runtime: node }
      - { name: api, type: web, runtime: node }
      - { name: web, type: worker, runtime: node }`);
    const blueprints = [{ root, entries, serviceIds: ["srv-web"] }];
    assertShown(shown([image, docs, api, web], open([harbor], { blueprints })), {
      api: ["follows branch main", "named in render.yaml"],
      web: ["follows branch main", "made by the Blueprint of this repository"],
      thumbs: ["named in render.yaml"],
    });
    assertShown(shown([web], open([harbor], { blueprints: [{ root, entries, serviceIds: [] }] })), {
      web: ["follows branch main"],
    });
    const elsewhere = [{ root: "file:///other", entries, serviceIds: ["srv-docs"] }];
    assertShown(shown([image, docs], open([harbor], { blueprints: elsewhere })), {});
    const resource = [{ root, entries: [], serviceIds: ["srv-docs"] }];
    assertShown(shown([docs], open([harbor], { blueprints: resource })), {
      docs: ["made by the Blueprint of this repository"],
    });
  });

  it("gives each service at most once, each with a reason, in an order that does not depend on the input's but for equals", () => {
    const repositories = fc.subarray([harbor, aliased, docsClone]);
    const here = fc.constantFrom(undefined, root, `${root}/services/api/a.ts`, `${docsClone.root}/b.md`);
    const links = fc.subarray([linkTo(root, web), linkTo(`${root}/services`, image)]);
    fc.assert(
      fc.property(repositories, here, links, fc.shuffledSubarray(all), (opened, at, linked, services) => {
        const things = open(opened, { here: at, links: linked });
        const matches = matchServices(services, things);
        assert.equal(new Set(matches.map(({ service }) => service)).size, matches.length);
        assert.ok(matches.every(({ service, reasons }) => services.includes(service) && reasons.length > 0));
        for (const [index, match] of matches.entries()) {
          const next = matches[index + 1];
          if (!next || areEqual(match, next)) continue;
          assert.equal(matchServices([next.service, match.service], things)[0]?.service, match.service);
        }
        const linkedHere = matches.findLastIndex(({ isLinkedHere }) => isLinkedHere);
        assert.ok(matches.slice(0, linkedHere + 1).every(({ isLinkedHere }) => isLinkedHere));
        const unsure = matches.findIndex(({ isSure }) => !isSure);
        if (unsure >= 0)
          assert.ok(
            matches.slice(unsure).every(({ isSure, repository }) => !isSure || repository === undefined),
          );
      }),
    );
  });
});
