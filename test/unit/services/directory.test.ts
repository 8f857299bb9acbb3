import assert from "node:assert/strict";
import fc from "fast-check";
import type { LeftOut } from "../../../src/render/client.js";
import type { OddEntry } from "../../../src/render/entries.js";
import { RenderError } from "../../../src/render/errors.js";
import type { Environment, Owner, Project, Service } from "../../../src/render/shapes.js";
import { ServiceDirectory, type Listing } from "../../../src/services/directory.js";
import { FakeClock } from "../../support/fakeClock.js";
import { anEnvironment, anOwner, aProject, aService } from "../../support/builders.js";

/** A Render that gives its pages, or throws where a page is an error, or stands still where one is a promise. */
class PagedRender {
  readonly calls: string[] = [];
  servicePages: (Service[] | Error | Promise<Service[]>)[] = [[aService()]];
  ownerPages: (Owner[] | Error)[] = [[anOwner()]];
  projectPages: Project[][] = [[aProject()]];
  environmentPages: Environment[][] = [[anEnvironment()]];
  /** What is left out of the services, and of the workspaces. */
  odd: Record<"services" | "owners", OddEntry[]> = { services: [], owners: [] };

  services(
    { includePreviews }: { includePreviews: boolean; ownerIds?: readonly string[] },
    signal: AbortSignal,
    leftOut?: LeftOut,
  ): AsyncGenerator<Service[]> {
    if (this.odd.services.length > 0) leftOut?.(this.odd.services);
    return this.#pages(`services ${includePreviews}`, this.servicePages, signal);
  }
  owners(signal: AbortSignal, leftOut?: LeftOut): AsyncGenerator<Owner[]> {
    if (this.odd.owners.length > 0) leftOut?.(this.odd.owners);
    return this.#pages("owners", this.ownerPages, signal);
  }
  projects(signal: AbortSignal): AsyncGenerator<Project[]> {
    return this.#pages("projects", this.projectPages, signal);
  }
  environments(ids: readonly string[], signal: AbortSignal): AsyncGenerator<Environment[]> {
    return this.#pages(`environments ${ids.join()}`, this.environmentPages, signal);
  }
  getService(): Promise<Service> {
    return Promise.reject(new Error("the directory reads lists only"));
  }

  async *#pages<T>(
    call: string,
    pages: readonly (T[] | Error | Promise<T[]>)[],
    signal: AbortSignal,
  ): AsyncGenerator<T[]> {
    this.calls.push(call);
    for (const page of pages) {
      const items = await page;
      if (signal.aborted) throw new RenderError("aborted", { method: "GET", path: "/services" });
      if (items instanceof Error) throw items;
      yield items;
    }
  }
}

function setUp() {
  const render = new PagedRender();
  const seen: Listing[] = [];
  const directory: ServiceDirectory = new ServiceDirectory(
    render,
    render,
    new FakeClock({ now: 5_000 }),
    () => seen.push(directory.listing),
  );
  return { render, seen, directory };
}

const failure = (kind: "unreachable" | "noKey"): RenderError =>
  new RenderError(kind, { method: "GET", path: "/services" });
const one = aService({ id: "srv-1" });
const two = aService({ id: "srv-2" });
const nothing = { owners: [], services: [], projects: [], environments: [] };

describe("ServiceDirectory", () => {
  it("asks for nothing by itself", () => {
    const { render, directory } = setUp();
    assert.deepEqual(directory.listing, { state: "idle", ...nothing });
    assert.deepEqual(render.calls, []);
  });

  it("counts what was left out, and forgets it once it can be read", async () => {
    const { render, directory } = setUp();
    render.odd = {
      services: [{ field: "service.name" }, { field: "service" }],
      owners: [{ field: "owner.id" }],
    };
    await directory.load(true);
    assert.deepEqual(directory.listing.unread, { services: 2, owners: 1 });
    await directory.refresh(true);
    assert.deepEqual(directory.listing.unread, { services: 2, owners: 1 });
    render.odd = { services: [], owners: [] };
    await directory.refresh(true);
    assert.equal(directory.listing.unread, undefined);
  });

  it("tells a key that cannot be read from none", async () => {
    const { render, directory } = setUp();
    const error = new RenderError("keyUnreadable", { method: "GET", path: "/services" });
    render.servicePages = [error];
    await directory.load(true);
    assert.deepEqual([directory.listing.state, directory.listing.error], ["failed", error]);
  });

  it("loads services with their workspaces, projects and environments", async () => {
    const { render, seen, directory } = setUp();
    render.servicePages = [[one], [two]];
    await directory.load(true);
    assert.deepEqual(directory.listing, {
      state: "ready",
      owners: [anOwner()],
      services: [one, two],
      projects: [aProject()],
      environments: [anEnvironment()],
      readAt: 5_000,
    });
    assert.deepEqual([...render.calls].sort(), ["environments prj-1", "owners", "projects", "services true"]);
    assert.equal(seen[0]?.state, "loading");
    assert.ok(
      seen.some(({ services }) => services.length === 1),
      "the first page is shown before the second",
    );
  });

  it("loads once: a second call joins the first, and one after it does nothing", async () => {
    const { render, directory } = setUp();
    await Promise.all([directory.load(false), directory.load(false)]);
    await directory.load(false);
    assert.equal(render.calls.filter(call => call === "services false").length, 1);
  });

  it("shows a service once, although two pages brought it, as the later one has it", async () => {
    const { render, directory } = setUp();
    const renamed = { ...one, name: "renamed" };
    render.servicePages = [[one, two], [renamed]];
    await directory.load(false);
    assert.deepEqual(directory.listing.services, [renamed, two]);
  });

  it("does not empty the view while it loads anew", async () => {
    const { render, seen, directory } = setUp();
    render.servicePages = [[one, two]];
    await directory.load(false);
    seen.length = 0;
    render.servicePages = [[two], [one]];
    await directory.reload(false);
    assert.ok(seen.every(({ services }) => services.length === 2));
    render.servicePages = [[two]];
    await directory.reload(false);
    assert.deepEqual(directory.listing.services, [two]);
  });

  for (const part of ["services", "owners"] as const)
    it(`keeps what it had when the ${part} cannot be read, and loads again when asked`, async () => {
      const { render, directory } = setUp();
      await directory.load(false);
      const error = failure("unreachable");
      if (part === "services") render.servicePages = [error];
      else render.ownerPages = [error];
      await directory.reload(false);
      assert.equal(directory.listing.state, "failed");
      assert.equal(directory.listing.error, error);
      assert.deepEqual(directory.listing.services, [aService()]);
      render.servicePages = [[two]];
      render.ownerPages = [[anOwner()]];
      await directory.load(false);
      assert.equal(directory.listing.state, "ready");
      assert.ok(!("error" in directory.listing));
    });

  it("is signed out when there is no key, and loads once there is one", async () => {
    const { render, directory } = setUp();
    await directory.load(false);
    render.servicePages = [failure("noKey")];
    await directory.reload(false);
    assert.deepEqual(directory.listing, { state: "signedOut", ...nothing });
    render.servicePages = [[one]];
    await directory.load(false);
    assert.deepEqual(directory.listing.services, [one]);
  });

  it("gives up a load that is under way for a newer one", async () => {
    const { render, directory } = setUp();
    const late = Promise.resolve().then(() => [one]);
    render.servicePages = [late];
    const old = directory.load(false);
    render.servicePages = [[two]];
    await Promise.all([old, directory.reload(true)]);
    assert.equal(directory.listing.state, "ready");
    assert.deepEqual(directory.listing.services, [two]);
  });

  it("loads anew at once after it was cleared: the load given up is not joined", async () => {
    const { render, directory } = setUp();
    const old = directory.load(false);
    directory.clear("idle");
    assert.deepEqual(directory.listing, { state: "idle", ...nothing });
    render.servicePages = [[two]];
    await Promise.all([old, directory.load(false)]);
    assert.equal(directory.listing.state, "ready");
    assert.deepEqual(directory.listing.services, [two]);
  });

  it("is not brought back by a load that was given up without a key", async () => {
    const { render, directory } = setUp();
    render.servicePages = [failure("noKey")];
    const old = directory.load(false);
    render.servicePages = [[two]];
    await Promise.all([old, directory.reload(false)]);
    assert.equal(directory.listing.state, "ready");
  });

  it("puts a newer reading of an environment in its place, and adds one that is new", async () => {
    const { directory } = setUp();
    const environment = anEnvironment({ isProtected: false });
    directory.replaceEnvironment(environment);
    directory.replaceEnvironment({ ...environment, isProtected: true });
    assert.deepEqual(directory.listing.environments, [{ ...environment, isProtected: true }]);
  });

  it("puts a newer reading of a service in its place, and leaves unknown ones out", async () => {
    const { render, directory } = setUp();
    render.servicePages = [[one, two]];
    await directory.load(false);
    const suspended = { ...one, suspended: true };
    directory.replace(suspended);
    directory.replace(aService({ id: "srv-9" }));
    assert.deepEqual(directory.listing.services, [suspended, two]);
  });

  it("tells nothing more once disposed", async () => {
    const { seen, directory } = setUp();
    const loading = directory.load(false);
    directory.dispose();
    const told = seen.length;
    await loading;
    assert.equal(seen.length, told);
    directory.dispose();
  });

  describe("in the background", () => {
    async function loaded() {
      const parts = setUp();
      parts.render.servicePages = [[one]];
      await parts.directory.load(false);
      parts.seen.length = 0;
      return parts;
    }

    it("shows what is new only once all of it is here", async () => {
      const { render, seen, directory } = await loaded();
      render.servicePages = [[one], [two]];
      await directory.refresh(false);
      assert.deepEqual(
        seen.map(({ state, services }) => [state, services.length]),
        [["ready", 2]],
      );
    });

    it("keeps what was known, and since when, when it fails", async () => {
      const { render, directory } = await loaded();
      render.servicePages = [failure("unreachable")];
      await directory.refresh(false);
      const { state, services, readAt } = directory.listing;
      assert.deepEqual([state, services, readAt], ["failed", [one], 5_000]);
    });

    it("joins a load that is under way", async () => {
      const { render, directory } = setUp();
      await Promise.all([directory.load(false), directory.refresh(false)]);
      assert.equal(render.calls.filter(call => call === "services false").length, 1);
    });

    it("signs out where there is no key any more", async () => {
      const { render, directory } = await loaded();
      render.servicePages = [failure("noKey")];
      await directory.refresh(false);
      assert.deepEqual(directory.listing, { state: "signedOut", ...nothing });
    });

    it("changes nothing once it was given up", async () => {
      const { seen, directory } = await loaded();
      const refreshed = directory.refresh(false);
      directory.dispose();
      await refreshed;
      assert.deepEqual(seen, []);
    });
  });

  describe("of a large account", () => {
    const owners = ["tea-1", "tea-2", "tea-3"].map(id => anOwner({ id, name: id }));

    it("keeps the object of what did not change, and the list where nothing did", async () => {
      const { render, directory } = setUp();
      render.servicePages = [[one, two]];
      await directory.load(false);
      const { services } = directory.listing;
      render.servicePages = [[structuredClone(one)], [structuredClone(two)]];
      await directory.refresh(false);
      assert.equal(directory.listing.services, services);
      render.servicePages = [[structuredClone(one), { ...two, branch: "next" }]];
      await directory.reload(false);
      assert.equal(directory.listing.services[0], one);
      assert.equal(directory.listing.services[1]?.branch, "next");
    });

    it("is not told of a newer reading that says the same", async () => {
      const { seen, directory } = setUp();
      await directory.load(false);
      seen.length = 0;
      directory.replace(structuredClone(aService()));
      assert.deepEqual(seen, []);
    });

    it("shows the first page at once and then tells ever more rarely", async () => {
      const { render, seen, directory } = setUp();
      const pages = Array.from({ length: 100 }, (_, page) =>
        Array.from({ length: 100 }, (__, i) => aService({ id: `srv-${page}-${i}` })),
      );
      render.servicePages = pages;
      await directory.load(false);
      const told = seen.map(({ services }) => services.length);
      assert.equal(
        told.find(count => count > 0),
        100,
      );
      assert.equal(told.at(-1), 10_000);
      assert.ok(told.length < 10, told.join());
    });

    it("is the same however the services come in pages, and whichever workspace answers first", async () => {
      const anyServices = fc.uniqueArray(
        fc.record({ id: fc.integer({ min: 0, max: 50 }), owner: fc.constantFrom(...owners) }),
        { selector: ({ id }) => id, maxLength: 40 },
      );
      await fc.assert(
        fc.asyncProperty(
          anyServices,
          fc.integer({ min: 1, max: 9 }),
          fc.array(fc.nat(3), { maxLength: 12 }),
          async (records, size, turns) => {
            const services = records.map(({ id, owner }) => aService({ id: `srv-${id}`, ownerId: owner.id }));
            const expected = owners.flatMap(({ id }) => services.filter(({ ownerId }) => ownerId === id));
            const { render, directory } = setUp();
            render.ownerPages = [owners];
            const among = new AmongOwners(services, size, turns);
            render.services = among.services.bind(among);
            await directory.load(false);
            assert.equal(directory.listing.state, "ready");
            assert.deepEqual(directory.listing.services, expected);
          },
        ),
        { numRuns: 300 },
      );
    });

    const many = Array.from({ length: 12 }, (_, i) =>
      aService({ id: `srv-${i}`, ownerId: owners[i % 3]?.id ?? "" }),
    );

    it("asks for the workspaces side by side once one list has gone on for two pages", async () => {
      const { render, directory } = setUp();
      render.ownerPages = [owners];
      const among = new AmongOwners(many, 2, []);
      render.services = among.services.bind(among);
      await directory.load(false);
      assert.deepEqual(among.asked, [undefined, ["tea-1"], ["tea-2"], ["tea-3"]]);
      assert.equal(among.mostAtOnce, 3);
    });

    it("asks for all in one list where a service is of a workspace that is not listed", async () => {
      const { render, directory } = setUp();
      render.ownerPages = [owners.slice(0, 2)];
      const among = new AmongOwners(many, 3, []);
      render.services = among.services.bind(among);
      await directory.load(false);
      assert.deepEqual(among.asked, [undefined]);
      assert.equal(directory.listing.services.length, many.length);
    });

    it("asks for at most four lists at once, however many workspaces there are", async () => {
      const { render, directory } = setUp();
      const more = Array.from({ length: 9 }, (_, i) => anOwner({ id: `tea-${i}` }));
      render.ownerPages = [more];
      const services = more.map(({ id }) => aService({ id: `srv-of-${id}`, ownerId: id }));
      const among = new AmongOwners(services, 2, []);
      render.services = among.services.bind(among);
      await directory.load(false);
      assert.equal(among.asked.length, 5);
      assert.equal(among.mostAtOnce, 4);
      assert.deepEqual(directory.listing.services, services);
    });

    it("keeps the others, and what was known of it, where one workspace fails", async () => {
      const { render, directory } = setUp();
      render.ownerPages = [owners];
      const among = new AmongOwners(many, 2, []);
      render.services = among.services.bind(among);
      await directory.load(false);
      const error = failure("unreachable");
      among.failing = { ownerId: "tea-2", error };
      const renamed = many.map(service => ({ ...service, name: "renamed" }));
      among.all = renamed;
      await directory.reload(false);
      const { state, error: told, services, readAt } = directory.listing;
      assert.deepEqual([state, told, readAt], ["failed", error, 5_000]);
      assert.equal(services.length, many.length);
      const names = (id: string): string[] => [
        ...new Set(services.filter(({ ownerId }) => ownerId === id).map(({ name }) => name)),
      ];
      assert.deepEqual([names("tea-1"), names("tea-3")], [["renamed"], ["renamed"]]);
      assert.ok(names("tea-2").includes("harbor-api"));
    });
  });
});

/** Gives the services of the workspaces asked for, in pages of a size; each list waits so many turns before a page. */
class AmongOwners {
  readonly asked: (readonly string[] | undefined)[] = [];
  mostAtOnce = 0;
  failing: { readonly ownerId: string; readonly error: Error } | undefined;
  #atOnce = 0;

  constructor(
    public all: readonly Service[],
    readonly size: number,
    readonly turns: readonly number[],
  ) {}

  async *services({ ownerIds }: { ownerIds?: readonly string[] }): AsyncGenerator<Service[]> {
    this.asked.push(ownerIds);
    const list = this.all.filter(({ ownerId }) => ownerIds?.includes(ownerId) ?? true);
    this.mostAtOnce = Math.max(this.mostAtOnce, ++this.#atOnce);
    try {
      for (let from = 0; from < list.length; from += this.size) {
        const turns = this.turns[(from + this.asked.length) % this.turns.length] ?? 0;
        for (let turn = 0; turn <= turns; turn++) await Promise.resolve();
        if (this.failing && ownerIds?.includes(this.failing.ownerId)) throw this.failing.error;
        yield list.slice(from, from + this.size);
      }
    } finally {
      this.#atOnce -= 1;
    }
  }
}
