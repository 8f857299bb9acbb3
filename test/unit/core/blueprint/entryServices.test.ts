import assert from "node:assert/strict";
import { BlueprintFile } from "../../../../src/core/blueprint/blueprintFile.js";
import { servicesOfEntry } from "../../../../src/core/blueprint/entryServices.js";
import type { Service } from "../../../../src/core/render/shapes.js";
import { anImageService, aRepository, aService } from "../../../support/builders.js";

const repository = aRepository();
const entryOf = (fields: string) =>
  new BlueprintFile(`services: [{name: harbor-api, ${fields}}]`).entries[0] ?? assert.fail();
const web = entryOf("type: web, runtime: node");
const image = entryOf("type: web, runtime: image");
const elsewhere = entryOf("type: web, repo: 'https://github.com/harbor-labs/other'");
const cache = entryOf("type: keyvalue");

const api = aService();
const twin = aService({ id: "srv-2", ownerId: "tea-2" });
const other = aService({ id: "srv-3", repo: "https://github.com/harbor-labs/other.git" });
const fromImage = anImageService({ id: "srv-4" });
const services = [
  api,
  twin,
  other,
  fromImage,
  aService({ id: "srv-5", name: "harbor-web" }),
  aService({ id: "srv-6", type: "private_service" }),
  aService({ id: "srv-7", isPreview: true }),
];
const controls = (...of: Service[]) => of.map(({ id, name, type }) => ({ id, name, type }));

describe("servicesOfEntry", () => {
  for (const [name, entry, resources, expected] of [
    ["those of the same name and type built from the same repository", web, [], [api, twin]],
    ["those that a Blueprint of the file controls, and no others", web, controls(twin), [twin]],
    ["one built from elsewhere that a Blueprint controls", web, controls(other), [other]],
    [
      "the others, when what a Blueprint controls is something else",
      web,
      controls(services[4] ?? api),
      [api, twin],
    ],
    ["those built from the repository that the entry names", elsewhere, [], [other]],
    ["those built from an image for an entry with one", image, [], [fromImage]],
    ["none for what is no service of the API", cache, [], []],
  ] as const)
    it(`gives ${name}`, () => {
      assert.deepEqual(servicesOfEntry(entry, services, repository, resources), expected);
    });

  it("outside a repository believes only Blueprints and names", () => {
    assert.deepEqual(servicesOfEntry(web, services, undefined, []), []);
    assert.deepEqual(servicesOfEntry(image, services, undefined, []), [fromImage]);
  });
});
