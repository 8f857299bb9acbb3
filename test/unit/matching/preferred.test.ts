import assert from "node:assert/strict";
import fc from "fast-check";
import type { Service } from "../../../src/render/shapes.js";
import { matchServices, type OpenThings, type ServiceMatch } from "../../../src/matching/match.js";
import { preferredService } from "../../../src/matching/preferred.js";
import { anImageService, aRepository, aService } from "../../support/builders.js";

const part = (name: string, rootDir: string, branch = "main"): Service =>
  aService({ id: `srv-${name}`, name, rootDir, branch });
const api = part("api", "services/api");
const web = part("web", "apps/web");
const apiStaging = part("api-staging", "services/api");
const worker = part("worker", "services/worker", "develop");
const whole = part("whole", "");
const wholeStaging = part("whole-staging", "", "develop");
const image = anImageService({ id: "srv-image", name: "thumbs" });
const root = "file:///home/ada/harbor";
const linkTo = ({ id, name }: Service) => ({ folder: root, service: { id, name } });

interface Case {
  readonly services: readonly Service[];
  readonly branch?: string;
  readonly path?: string;
  readonly linked?: Service;
  readonly last?: Service;
  readonly remote?: string;
}

function matchesOf({ services, branch = "main", path, linked, remote }: Case): ServiceMatch[] {
  const repository = aRepository({ root, branch, ...(remote !== undefined && { remotes: [remote] }) });
  const things: OpenThings = {
    git: { ok: true, repositories: [repository] },
    here: path === undefined ? root : `${root}/${path}`,
    links: linked ? [linkTo(linked)] : [],
    blueprints: [],
  };
  return matchServices(services, things);
}

const inApi = "services/api/main.ts";
const last = "deployed last from this workspace";

describe("preferredService", () => {
  const cases: readonly (readonly [name: string, given: Case, takes: Service, why: readonly string[]])[] = [
    ["the only match", { services: [whole] }, whole, []],
    [
      "the only match by an ssh alias, and says so",
      { services: [whole], remote: "git@github-work:harbor-labs/harbor.git" },
      whole,
      ["likely built from here (ssh alias github-work)", "follows branch main"],
    ],
    [
      "the linked one, even when it is alone",
      { services: [whole], linked: whole },
      whole,
      ["linked to folder harbor", "follows branch main"],
    ],
    [
      "the linked one before the file's owner and before the last",
      { services: [api, web, whole], linked: web, path: inApi, last: api },
      web,
      ["linked to folder harbor", "follows branch main"],
    ],
    [
      "the file's owner",
      { services: [api, web], path: inApi },
      api,
      ["root directory services/api", "follows branch main"],
    ],
    [
      "the file's owner before the last",
      { services: [api, web], path: inApi, last: web },
      api,
      ["root directory services/api", "follows branch main"],
    ],
    [
      "the last of several owners",
      { services: [api, apiStaging, web], path: inApi, last: apiStaging },
      apiStaging,
      [last, "root directory services/api", "follows branch main"],
    ],
    [
      "the last of several where nothing is open",
      { services: [api, web], last: web },
      web,
      [last, "follows branch main"],
    ],
    ["the last where nothing matches, and says so", { services: [], last: image }, image, [last]],
    ["what matches before the last that does not", { services: [api], last: image }, api, []],
    [
      "the one that follows the branch before the last that does not",
      { services: [whole, wholeStaging], last: wholeStaging },
      whole,
      ["follows branch main"],
    ],
    [
      "the one that follows the branch",
      { services: [whole, wholeStaging], branch: "develop" },
      wholeStaging,
      ["follows branch develop"],
    ],
  ];
  for (const [name, given, takes, why] of cases)
    it(`takes ${name}`, () => {
      assert.deepEqual(preferredService(matchesOf(given), given.last), { service: takes, why });
    });

  const asked: readonly (readonly [name: string, given: Case])[] = [
    ["nothing matches and nothing was deployed", { services: [] }],
    ["several match alike", { services: [api, web] }],
    ["several own the open file", { services: [api, apiStaging], path: inApi }],
    [
      "several own the open file, and the last is none of them",
      { services: [api, apiStaging, web], path: inApi, last: web },
    ],
    [
      "the branch points to one and the open file to another",
      { services: [api, worker], branch: "develop", path: inApi },
    ],
  ];
  for (const [name, given] of asked)
    it(`asks where ${name}`, () => {
      assert.equal(preferredService(matchesOf(given), given.last), undefined);
    });

  it("never takes a service whose files the open one is not, where it is another's, unless it is linked", () => {
    const services = fc.subarray([api, apiStaging, web, worker, whole], { minLength: 1 });
    const any = fc.constantFrom("main", "develop", "topic");
    fc.assert(
      fc.property(services, any, fc.constantFrom(undefined, api, web, whole), (some, branch, before) => {
        const matches = matchesOf({ services: some, branch, path: inApi });
        const taken = preferredService(matches, before);
        const owned = matches.some(({ fit }) => fit === "inside");
        if (taken && owned)
          assert.equal(matches.find(({ service }) => service === taken.service)?.fit, "inside");
      }),
    );
  });
});
