import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import * as vscode from "vscode";
import { writeRecord } from "../../src/features/following/ledger/followRecord.js";
import type { FollowedDeploy } from "../../src/features/following/followedDeploy.js";
import { ownContext } from "./ownContext.js";

const times = 50;

/** The editor around us has timers and sockets that come and go. What we leave behind would be there fifty times. */
const editorsOwn = 15;

interface Entry {
  activate(context: unknown): void;
  deactivate(): Promise<void>;
}

/** What a process holds open: timers, sockets and files by kind, and listeners on itself. */
interface Held {
  readonly resources: Readonly<Record<string, number>>;
  readonly listeners: number;
  readonly commands: number;
}

describe("starting and ending", () => {
  const extension = vscode.extensions.getExtension("render-deploy.render-deploy");
  const key = process.env["RENDER_TEST_KEY"] ?? "";
  const origin = new URL(process.env["RENDER_TEST_SIMULATOR"] ?? "http://127.0.0.1").origin;
  let entry: Entry;
  let storage: string;
  /** What was handed to each start. It holds on to all that the start made, and all that it made to it. */
  const started: WeakRef<object>[] = [];

  before(async () => {
    assert.ok(extension);
    assert.equal(extension.isActive, false);
    entry = (await import(pathToFileURL(join(extension.extensionPath, "dist/extension.js")).href)) as Entry;
    storage = await mkdtemp(join(tmpdir(), "render-lifecycle-"));
  });
  after(() => rm(storage, { recursive: true, force: true }));

  it(`${times} times, with requests and a followed deploy under way, leaves nothing behind`, async function () {
    this.timeout(180_000);
    // What is loaded and opened once stays: it is no leak.
    for (let warmUp = 0; warmUp < 5; warmUp += 1) await once();
    const before = await held();
    const heapBefore = heapUsed();
    for (let time = 0; time < times; time += 1) await once();
    heapUsed();
    const after = await held();
    for (const [kind, count] of Object.entries(after.resources)) {
      const more = count - (before.resources[kind] ?? 0);
      assert.ok(more < editorsOwn, `${more} more of ${kind}: ${JSON.stringify([before, after])}`);
    }
    assert.deepEqual([after.listeners, after.commands], [before.listeners, before.commands]);
    // The editor keeps a little for each output channel that was ever made; all of ours must be free to go.
    const kept = started.filter(context => context.deref() !== undefined).length;
    assert.ok(kept <= 2, `${kept} of ${started.length} starts are still in memory`);
    const grown = heapUsed() - heapBefore;
    assert.ok(grown < times * 150_000, `${grown} bytes more after ${times} times`);
  });

  /** Starts it as a window does in which services are shown and a deploy is followed, and ends it in the middle. */
  async function once(): Promise<void> {
    assert.ok(extension);
    await mkdir(join(storage, "followed"), { recursive: true });
    const record = writeRecord({ origin, owner: "", followed: followed() });
    await writeFile(join(storage, "followed/one.json"), record);
    const context = ownContext(extension, vscode.Uri.file(storage), { [`render.apiKey:${origin}`]: key });
    entry.activate(context);
    void vscode.commands.executeCommand("render.refreshServices");
    await sleep(150);
    await entry.deactivate();
    for (const subscription of context.subscriptions.reverse()) subscription.dispose();
    started.push(new WeakRef(context));
  }

  /** A deploy of the sample service that will never be found, so that it is looked for again and again. */
  function followed(): FollowedDeploy {
    return {
      key: "one",
      order: {
        service: {
          id: process.env["RENDER_TEST_SERVICE"] ?? "",
          name: "lighthouse",
          type: "web_service",
          dashboardUrl: "https://dashboard.render.com/web/srv-1",
        },
        place: { workspace: "Harbor Labs", isProtected: false },
        body: {},
        what: "the newest commit of main",
        askedBy: "a test",
      },
      askedAt: Date.now(),
      stage: { kind: "queued" },
      sent: { baseline: { ids: [], newest: Date.now() + 3_600_000 } },
      steps: [],
      answerLost: false,
      cancelAsked: false,
    };
  }
});

/** What is held once everything that was closing has closed. */
async function held(): Promise<Held> {
  let last = "";
  for (let look = 0; look < 50; look += 1) {
    await sleep(200);
    const now = JSON.stringify(await heldNow());
    if (now === last) break;
    last = now;
  }
  return heldNow();
}

async function heldNow(): Promise<Held> {
  const resources: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) resources[kind] = (resources[kind] ?? 0) + 1;
  const own = (await vscode.commands.getCommands(true)).filter(command => command.startsWith("render."));
  const listeners = process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0);
  return { resources, listeners, commands: own.length };
}

/** Bytes that are really in use. */
function heapUsed(): number {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
  return process.memoryUsage().heapUsed;
}
