import assert from "node:assert/strict";
import fc from "fast-check";
import type { Service } from "../../../../src/render/shapes.js";
import type { Listing } from "../../../../src/services/directory.js";
import {
  areSame,
  nodeOf,
  openGroups,
  parentOf,
  servicesBelow,
  serviceTree,
  type TreeNode,
} from "../../../../src/features/servicesView/serviceTree.js";
import {
  aListing,
  anEnvironment,
  anImageService,
  anOwner,
  aProject,
  aService,
} from "../../../support/builders.js";

const none: ReadonlySet<string> = new Set();

/** A tree as indented lines, which a person can check. */
function drawn(nodes: readonly TreeNode[], indent = ""): string[] {
  return nodes.flatMap(node =>
    node.kind === "service"
      ? [`${indent}${node.service.name}`]
      : [`${indent}${node.name}/`, ...drawn(node.children, `${indent}  `)],
  );
}

const named = (name: string, change: Partial<Service> = {}): Service =>
  aService({ id: `srv-${name}`, name, ...change });

describe("serviceTree", () => {
  const account = aListing({
    services: [named("web 10"), named("web 9"), named("api", { environmentId: "evm-1" }), named("Blog")],
  });

  it("of one workspace has no workspace level; groups come first, then names as people sort them", () => {
    assert.deepEqual(drawn(serviceTree(account, "", none)), [
      "Harbor / production/",
      "  api",
      "Blog",
      "web 9",
      "web 10",
    ]);
  });

  it("shows what matches the window before the rest, on every level", () => {
    const more = aListing({
      environments: [anEnvironment(), anEnvironment({ id: "evm-2", name: "staging", isProtected: false })],
      services: [
        ...account.services,
        named("zeta", { environmentId: "evm-2" }),
        named("alpha", { environmentId: "evm-2" }),
      ],
    });
    assert.deepEqual(drawn(serviceTree(more, "", new Set(["srv-zeta", "srv-web 10"]))), [
      "Harbor / staging/",
      "  zeta",
      "  alpha",
      "web 10",
      "Harbor / production/",
      "  api",
      "Blog",
      "web 9",
    ]);
  });

  const several = aListing({
    owners: [anOwner(), anOwner({ id: "tea-2", name: "Ada" }), anOwner({ id: "tea-3", name: "Empty" })],
    services: [...account.services, named("shop", { ownerId: "tea-2" }), named("lost", { ownerId: "tea-9" })],
  });

  it("of several workspaces has one level more, also for empty and unknown ones", () => {
    assert.deepEqual(drawn(serviceTree(several, "", none)), [
      "Ada/",
      "  shop",
      "Empty/",
      "Harbor Labs/",
      "  Harbor / production/",
      "    api",
      "  Blog",
      "  web 9",
      "  web 10",
      "tea-9/",
      "  lost",
    ]);
  });

  for (const [filter, lines] of [
    ["WEB", ["Harbor Labs/", "  web 9", "  web 10"]],
    [" shop ", ["Ada/", "  shop"]],
    ["nowhere", []],
  ] as const)
    it(`filtered by ${JSON.stringify(filter)} leaves out what is empty`, () => {
      assert.deepEqual(drawn(serviceTree(several, filter, none)), lines);
    });

  it("takes a blank filter for none", () => {
    assert.deepEqual(serviceTree(several, "  ", none), serviceTree(several, "", none));
  });

  it("filters by repository and image too", () => {
    const services = [named("a"), anImageService({ id: "srv-b", name: "b" })];
    assert.deepEqual(drawn(serviceTree(aListing({ services }), "github.com", none)), ["a"]);
    assert.deepEqual(drawn(serviceTree(aListing({ services }), "ghcr.io", none)), ["b"]);
  });

  it("names an environment whose project is not known by itself", () => {
    const [node] = serviceTree(
      aListing({ projects: [], services: [named("a", { environmentId: "evm-1" })] }),
      "",
      none,
    );
    assert.deepEqual(node?.kind === "environment" && [node.name, node.isProtected], ["production", true]);
  });

  it("does not call workspaces empty whose services nobody knows", () => {
    const owners = [anOwner(), anOwner({ id: "tea-2", name: "Tidewater" })];
    const rows = (change: Partial<Listing>): string[] =>
      drawn(serviceTree(aListing({ owners, services: [], ...change }), "", none));
    assert.deepEqual(rows({ state: "ready" }), ["Harbor Labs/", "Tidewater/"]);
    assert.deepEqual(rows({ state: "loading" }), []);
    assert.deepEqual(rows({ state: "failed", error: new Error("?") }), []);
    assert.deepEqual(rows({ state: "ready", unread: { services: 3 } }), []);
  });

  it("of nothing is empty", () => {
    assert.deepEqual(serviceTree(aListing({ owners: [], services: [] }), "", none), []);
  });

  it("shows each service exactly once without a filter, and exactly those that hold the text with one", () => {
    const ids = ["tea-1", "tea-2", "tea-3"];
    const environmentIds = ["evm-1", "evm-2", "evm-9"];
    const anyServices = fc.uniqueArray(
      fc.record({
        id: fc.string({ minLength: 1, maxLength: 6 }),
        name: fc.string({ maxLength: 6 }),
        ownerId: fc.constantFrom(...ids),
        environmentId: fc.constantFrom(undefined, ...environmentIds),
      }),
      { selector: ({ id }) => id },
    );
    fc.assert(
      fc.property(
        anyServices,
        fc.subarray(ids),
        fc.subarray(environmentIds),
        fc.string({ maxLength: 2 }),
        (records, ownerIds, known, filter) => {
          const services = records.map(({ environmentId, ...rest }) =>
            aService({ ...rest, ...(environmentId !== undefined && { environmentId }) }),
          );
          const any = aListing({
            owners: ownerIds.map(id => anOwner({ id, name: id })),
            projects: [aProject()],
            environments: known.map(id => anEnvironment({ id, name: id })),
            services,
          });
          const matching = new Set(services.slice(0, 2).map(({ id }) => id));
          const shown = (text: string): string[] =>
            serviceTree(any, text, matching)
              .flatMap(servicesBelow)
              .map(({ id }) => id)
              .sort();
          assert.deepEqual(shown(""), services.map(({ id }) => id).sort());
          const wanted = filter.trim().toLowerCase();
          const holding = services.filter(({ name, repo }) =>
            `${name}\n${repo ?? ""}`.toLowerCase().includes(wanted),
          );
          assert.deepEqual(shown(filter), holding.map(({ id }) => id).sort());
        },
      ),
    );
  });
});

const twoWorkspaces = serviceTree(
  aListing({
    owners: [anOwner(), anOwner({ id: "tea-2", name: "Ada" })],
    services: [named("api", { environmentId: "evm-1" }), named("shop", { ownerId: "tea-2" })],
  }),
  "",
  none,
);

describe("openGroups", () => {
  const open = (...ids: string[]): string[] => openGroups(twoWorkspaces, new Set(ids));

  it("are those with what matches this window, on all levels", () => {
    assert.deepEqual(open("srv-api"), ["tea-1", "evm-1"]);
    assert.deepEqual(open("srv-shop"), ["tea-2"]);
    assert.deepEqual(open("srv-api", "srv-shop"), ["tea-2", "tea-1", "evm-1"]);
    assert.deepEqual(open("srv-other"), []);
  });

  it("are the first workspace where nothing matches, and never an environment", () => {
    assert.deepEqual(open(), ["tea-2"]);
    const oneWorkspace = serviceTree(
      aListing({ services: [named("api", { environmentId: "evm-1" })] }),
      "",
      none,
    );
    assert.deepEqual(openGroups(oneWorkspace, none), []);
    assert.deepEqual(openGroups([], none), []);
  });
});

describe("areSame", () => {
  const account = aListing({
    owners: [anOwner(), anOwner({ id: "tea-2", name: "Ada" })],
    services: [named("api", { environmentId: "evm-1" }), named("web"), named("shop", { ownerId: "tea-2" })],
  });
  const tree = (change: Partial<Listing>, filter = "", ...matching: string[]): TreeNode[] =>
    serviceTree({ ...account, ...change }, filter, new Set(matching));

  it("holds for trees of the same readings of services", () => {
    assert.equal(areSame(tree({}), tree({ services: [...account.services], state: "loading" })), true);
    assert.equal(areSame([], []), true);
  });

  it("does not hold where rows, their order or what groups show differs", () => {
    const others = [
      tree({ services: account.services.map(service => ({ ...service })) }),
      tree({ services: account.services.slice(1) }),
      tree({ owners: [anOwner({ name: "Harbor" }), anOwner({ id: "tea-2", name: "Ada" })] }),
      tree({ environments: [] }),
      tree({ environments: [anEnvironment({ isProtected: false })] }),
      tree({}, "web"),
      tree({}, "", "srv-web"),
    ];
    for (const other of others) assert.equal(areSame(tree({}), other), false);
  });
});

describe("nodeOf", () => {
  it("finds a node on every level", () => {
    const ids = ["tea-1", "evm-1", "srv-api", "srv-shop"];
    assert.deepEqual(
      ids.map(id => nodeOf(id, twoWorkspaces)?.id),
      ids,
    );
    assert.equal(nodeOf("srv-other", twoWorkspaces), undefined);
  });
});

describe("parentOf", () => {
  it("is what directly holds a node, on every level", () => {
    const parent = (id: string): string | undefined => parentOf(id, twoWorkspaces)?.id;
    assert.deepEqual(["srv-api", "evm-1", "srv-shop", "tea-1", "srv-other"].map(parent), [
      "evm-1",
      "tea-1",
      "tea-2",
      undefined,
      undefined,
    ]);
  });
});
