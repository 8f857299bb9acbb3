import assert from "node:assert/strict";
import type { LeftOut } from "../../../src/render/client.js";
import type { OddEntry } from "../../../src/render/entries.js";
import { RenderError } from "../../../src/render/errors.js";
import type { Environment, Owner, Project, Service } from "../../../src/render/shapes.js";
import { ServiceDirectory, type Account } from "../../../src/services/directory.js";
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
    { includePreviews }: { includePreviews: boolean },
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
  const seen: Account[] = [];
  const directory: ServiceDirectory = new ServiceDirectory(
    render,
    render,
    () => 5_000,
    () => seen.push(directory.account),
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
    assert.deepEqual(directory.account, { state: "idle", ...nothing });
    assert.deepEqual(render.calls, []);
  });

  it("counts what was left out, and forgets it once it can be read", async () => {
    const { render, directory } = setUp();
    render.odd = {
      services: [{ field: "service.name" }, { field: "service" }],
      owners: [{ field: "owner.id" }],
    };
    await directory.load(true);
    assert.deepEqual(directory.account.unread, { services: 2, owners: 1 });
    await directory.refresh(true);
    assert.deepEqual(directory.account.unread, { services: 2, owners: 1 });
    render.odd = { services: [], owners: [] };
    await directory.refresh(true);
    assert.equal(directory.account.unread, undefined);
  });

  it("tells a key that cannot be read from none", async () => {
    const { render, directory } = setUp();
    const error = new RenderError("keyUnreadable", { method: "GET", path: "/services" });
    render.servicePages = [error];
    await directory.load(true);
    assert.deepEqual([directory.account.state, directory.account.error], ["failed", error]);
  });

  it("loads services with their workspaces, projects and environments", async () => {
    const { render, seen, directory } = setUp();
    render.servicePages = [[one], [two]];
    await directory.load(true);
    assert.deepEqual(directory.account, {
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
    assert.deepEqual(directory.account.services, [renamed, two]);
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
    assert.deepEqual(directory.account.services, [two]);
  });

  for (const part of ["services", "owners"] as const)
    it(`keeps what it had when the ${part} cannot be read, and loads again when asked`, async () => {
      const { render, directory } = setUp();
      await directory.load(false);
      const error = failure("unreachable");
      if (part === "services") render.servicePages = [error];
      else render.ownerPages = [error];
      await directory.reload(false);
      assert.equal(directory.account.state, "failed");
      assert.equal(directory.account.error, error);
      assert.deepEqual(directory.account.services, [aService()]);
      render.servicePages = [[two]];
      render.ownerPages = [[anOwner()]];
      await directory.load(false);
      assert.equal(directory.account.state, "ready");
      assert.ok(!("error" in directory.account));
    });

  it("is signed out when there is no key, and loads once there is one", async () => {
    const { render, directory } = setUp();
    await directory.load(false);
    render.servicePages = [failure("noKey")];
    await directory.reload(false);
    assert.deepEqual(directory.account, { state: "signedOut", ...nothing });
    render.servicePages = [[one]];
    await directory.load(false);
    assert.deepEqual(directory.account.services, [one]);
  });

  it("gives up a load that is under way for a newer one", async () => {
    const { render, directory } = setUp();
    const late = Promise.resolve().then(() => [one]);
    render.servicePages = [late];
    const old = directory.load(false);
    render.servicePages = [[two]];
    await Promise.all([old, directory.reload(true)]);
    assert.equal(directory.account.state, "ready");
    assert.deepEqual(directory.account.services, [two]);
  });

  it("loads anew at once after it was cleared: the load given up is not joined", async () => {
    const { render, directory } = setUp();
    const old = directory.load(false);
    directory.clear("idle");
    assert.deepEqual(directory.account, { state: "idle", ...nothing });
    render.servicePages = [[two]];
    await Promise.all([old, directory.load(false)]);
    assert.equal(directory.account.state, "ready");
    assert.deepEqual(directory.account.services, [two]);
  });

  it("is not brought back by a load that was given up without a key", async () => {
    const { render, directory } = setUp();
    render.servicePages = [failure("noKey")];
    const old = directory.load(false);
    render.servicePages = [[two]];
    await Promise.all([old, directory.reload(false)]);
    assert.equal(directory.account.state, "ready");
  });

  it("puts a newer reading of an environment in its place, and adds one that is new", async () => {
    const { directory } = setUp();
    const environment = anEnvironment({ isProtected: false });
    directory.replaceEnvironment(environment);
    directory.replaceEnvironment({ ...environment, isProtected: true });
    assert.deepEqual(directory.account.environments, [{ ...environment, isProtected: true }]);
  });

  it("puts a newer reading of a service in its place, and leaves unknown ones out", async () => {
    const { render, directory } = setUp();
    render.servicePages = [[one, two]];
    await directory.load(false);
    const suspended = { ...one, suspended: true };
    directory.replace(suspended);
    directory.replace(aService({ id: "srv-9" }));
    assert.deepEqual(directory.account.services, [suspended, two]);
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
      const { state, services, readAt } = directory.account;
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
      assert.deepEqual(directory.account, { state: "signedOut", ...nothing });
    });

    it("changes nothing once it was given up", async () => {
      const { seen, directory } = await loaded();
      const refreshed = directory.refresh(false);
      directory.dispose();
      await refreshed;
      assert.deepEqual(seen, []);
    });
  });
});
