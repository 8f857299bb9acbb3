import assert from "node:assert/strict";
import { BlueprintFile } from "../../../src/blueprints/blueprintFile.js";
import { entryServices } from "../../../src/blueprints/entryServices.js";
import type { Service } from "../../../src/render/shapes.js";
import { anImageService, aRepository, aService } from "../../support/builders.js";

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

describe("entryServices", () => {
  for (const [name, entry, resources, expected] of [
    ["those of the same name and type built from the same repository", web, [], [api, twin]],
    ["those that a Blueprint of the file controls, and no others", web, controls(twin), [twin]],
    ["one built from elsewhere that a Blueprint controls", web, controls(other), [other]],
    [
      "the others, when what a Blueprint controls is of another type",
      web,
      controls(services[5] ?? api),
      [api, twin],
    ],
    ["those built from the repository that the entry names", elsewhere, [], [other]],
    ["those built from an image for an entry with one", image, [], [fromImage]],
    ["none for what is no service of the API", cache, [], []],
  ] as const)
    it(`gives ${name}`, () => {
      assert.deepEqual(entryServices([entry], services, repository, [resources]).get(entry), expected);
    });

  it("outside a repository believes only Blueprints and names", () => {
    assert.deepEqual(entryServices([web], services, undefined, []).get(web), []);
    assert.deepEqual(entryServices([image], services, undefined, []).get(image), [fromImage]);
  });

  describe("finds by the Blueprint, whatever a service is called,", () => {
    const { entries } = new BlueprintFile(`
services:
  - {type: web, name: harbor-api, runtime: node, rootDir: services/api}
  - {type: web, name: harbor-docs, runtime: static, rootDir: ./docs/}
  - {type: web, name: harbor, runtime: node}
  - {type: worker, name: harbor-mail, runtime: image, image: {url: ghcr.io/harbor-labs/mail}}
`);
    const made = (names: readonly string[], change: Partial<Service> = {}): Service[] =>
      [
        { type: "web_service", rootDir: "services/api" },
        { type: "static_site", rootDir: "docs" },
        { type: "web_service", rootDir: "" },
        { type: "background_worker" },
      ].map((fields, index) => {
        const own = { ...fields, id: `srv-${names[index] ?? ""}`, name: names[index] ?? "", ...change };
        return index === 3 ? anImageService(own) : aService(own);
      });
    const originals = made(["harbor-api", "harbor-docs", "harbor", "harbor-mail"]);
    const copies = made(["harbor-api-k3xp", "harbor-docs-9lm2", "harbor-q0zz", "harbor-mail-abcd"]);
    const found = (all: readonly Service[], ...blueprints: (readonly Service[])[]) => {
      const map = entryServices(
        entries,
        all,
        repository,
        blueprints.map(each => controls(...each)),
      );
      return entries.map(entry => (map.get(entry) ?? []).map(({ name }) => name).join(" and "));
    };

    it("a copy, whose names have a suffix", () => {
      assert.deepEqual(
        found([...originals, ...copies], copies),
        copies.map(({ name }) => name),
      );
    });

    it("an original and its copy, both", () => {
      assert.deepEqual(
        found([...copies, ...originals], originals, copies),
        originals.map(({ name }, index) => `${name} and ${copies[index]?.name ?? ""}`),
      );
    });

    it("a service that has another name by now, by its slug", () => {
      const renamed = originals.map(service => ({
        ...service,
        name: `new ${service.name}`,
        slug: service.name,
      }));
      assert.deepEqual(
        found(renamed, renamed),
        renamed.map(({ name }) => name),
      );
    });

    it("a renamed service of a copy, whose slug has the suffix", () => {
      const renamed = copies.map(service => ({
        ...service,
        name: `new ${service.name}`,
        slug: service.name,
      }));
      assert.deepEqual(
        found(renamed, renamed),
        renamed.map(({ name }) => name),
      );
    });

    it("a service with nothing of the name left, as the only one of its kind and folder", () => {
      const renamed = originals.map((service, index) => ({
        ...service,
        name: `n${index}`,
        slug: `s${index}`,
      }));
      assert.deepEqual(found(renamed, renamed), ["n0", "n1", "n2", "n3"]);
    });

    it("none where two could be meant", () => {
      const [first = api] = originals;
      const two = ["one", "two"].map(name => ({ ...first, id: name, name, slug: name }));
      assert.deepEqual(found(two, two), ["", "", "", ""]);
    });

    it("never the service of another entry, though a part of its name looks like a suffix", () => {
      assert.deepEqual(found(originals.slice(0, 2), originals.slice(0, 2)), [
        "harbor-api",
        "harbor-docs",
        "",
        "",
      ]);
    });

    it("none that is built from another folder or branch, for the suffix alone", () => {
      const astray = copies.map(service => ({ ...service, rootDir: "elsewhere" }));
      assert.deepEqual(found(astray, astray), ["", "", "", "harbor-mail-abcd"]);
    });

    it("none of the previews", () => {
      const previews = copies.map(service => ({ ...service, isPreview: true }));
      assert.deepEqual(found(previews, previews), ["", "", "", ""]);
    });
  });
});
