import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SharedLedger } from "../../../../../src/features/following/ledger/sharedLedger.js";
import { NoteFolder } from "../../../../../src/features/following/ledger/noteFolder.js";
import type { FollowedDeploy } from "../../../../../src/features/following/followedDeploy.js";
import { aDeploy, aFollowedDeploy, anOrder, aService, RecordingLog } from "../../../../support/builders.js";
import { FakeClock } from "../../../../support/fakeClock.js";

const api = "https://api.render.example";
const minute = 60_000;

describe("SharedLedger", () => {
  let folder: string;
  let clock: FakeClock;
  let open: Window[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "follow-"));
    clock = new FakeClock({ now: Date.UTC(2026, 5, 12, 8), flowBelowMs: 0 });
    open = [];
  });
  afterEach(async () => {
    for (const { ledger } of open) await ledger.release();
    assert.equal(clock.sleeping, 0);
    await rm(folder, { recursive: true, force: true });
  });

  /** A window of the same person. */
  class Window {
    readonly log = new RecordingLog();
    readonly lost: string[] = [];
    isSeen = true;
    origin: string | undefined = api;
    readonly ledger: SharedLedger;

    constructor(name: string, in_ = folder) {
      this.ledger = new SharedLedger({
        notes: new NoteFolder(in_),
        window: name,
        origin: () => this.origin,
        isSeen: () => Promise.resolve(this.isSeen),
        clock,
        log: this.log,
      });
      this.ledger.whenTakenOver(key => this.lost.push(key));
      open.push(this);
    }
  }

  const { id, name, type, dashboardUrl = "" } = aService();
  const order = anOrder({ service: { id, name, type, dashboardUrl } });
  const following = (change: Partial<FollowedDeploy> = {}): FollowedDeploy =>
    aFollowedDeploy({ order, ...change });

  /** Lets time pass in steps that are short enough for every heartbeat, with the disk's answers in between. */
  async function pass(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += 5_000) {
      await clock.advance(5_000);
      await readdir(folder);
      await new Promise(resolve => setTimeout(resolve, 5));
    }
  }

  it("is told once: the first who settles takes it, whoever wrote it", async () => {
    const one = new Window("one");
    await one.ledger.keep(following());
    const two = new Window("two");
    const settled = await Promise.all([
      one.ledger.settle("deploy-1"),
      two.ledger.settle("deploy-1"),
      one.ledger.settle("deploy-1"),
    ]);
    assert.equal(settled.filter(Boolean).length, 1);
    assert.deepEqual(await readdir(folder), []);
  });

  it("leaves alone what a window follows that is there", async () => {
    const one = new Window("one");
    await one.ledger.keep(following());
    const two = new Window("two");
    await pass(10 * minute);
    assert.deepEqual(await two.ledger.claim(), []);
    assert.equal(await two.ledger.othersFollow(), true);
    assert.equal(await one.ledger.othersFollow(), false);
  });

  it("gives what a closed window followed to the next one, as it was last known", async () => {
    const one = new Window("one");
    await one.ledger.keep(following());
    const last = following({
      cancelAsked: true,
      stage: { kind: "following", deploy: aDeploy({ updatedAt: 7 }) },
    });
    await one.ledger.keep(last);
    await one.ledger.release();
    const two = new Window("two");
    assert.deepEqual(await two.ledger.claim(), [last]);
    assert.deepEqual(await two.ledger.claim(), []);
    assert.equal(await two.ledger.settle("deploy-1"), true);
  });

  it("gives what a window followed that died without a word after it has been silent for a while", async () => {
    const one = new Window("one");
    await one.ledger.keep(following());
    // As a process that was killed: it says nothing more and releases nothing.
    one.isSeen = false;
    const two = new Window("two");
    assert.deepEqual(await two.ledger.claim(), []);
    await pass(minute);
    assert.deepEqual(await two.ledger.claim(), [following()]);
  });

  it("tells a window that comes back after all that another one has taken over, and writes nothing of it any more", async () => {
    const one = new Window("one");
    await one.ledger.keep(following());
    one.isSeen = false;
    await pass(minute);
    const two = new Window("two");
    await two.ledger.claim();
    one.isSeen = true;
    await pass(15_000);
    assert.deepEqual(one.lost, ["deploy-1"]);
    assert.equal(await two.ledger.settle("deploy-1"), true);
    await one.ledger.keep(following({ cancelAsked: true }));
    assert.deepEqual(await readdir(folder), []);
  });

  it("lets a window that nobody sees neither tell nor take up anything", async () => {
    const one = new Window("one");
    await one.ledger.keep(following());
    one.isSeen = false;
    assert.equal(await one.ledger.settle("deploy-1"), false);
    await pass(minute);
    const two = new Window("two");
    two.isSeen = false;
    assert.deepEqual(await two.ledger.claim(), []);
    two.isSeen = true;
    assert.deepEqual(await two.ledger.claim(), [following()]);
  });

  it("takes up again what it was not seen to tell", async () => {
    const one = new Window("one");
    await one.ledger.keep(following());
    one.isSeen = false;
    await one.ledger.settle("deploy-1");
    one.isSeen = true;
    assert.deepEqual(await one.ledger.claim(), [following()]);
  });

  it("keeps to the API in use", async () => {
    const one = new Window("one");
    await one.ledger.keep(following());
    await one.ledger.release();
    const two = new Window("two");
    two.origin = "http://127.0.0.1:4610";
    assert.deepEqual(await two.ledger.claim(), []);
    assert.equal(await two.ledger.othersFollow(), false);
    two.origin = undefined;
    assert.deepEqual(await two.ledger.claim(), []);
    two.origin = api;
    assert.equal((await two.ledger.claim()).length, 1);
  });

  it("tells a deploy all the same where the address of the API cannot be used, and so nothing was written", async () => {
    const one = new Window("one");
    one.origin = undefined;
    await one.ledger.keep(following());
    assert.deepEqual(await readdir(folder), []);
    assert.equal(await one.ledger.settle("deploy-1"), true);
  });

  it("gives several in the order in which they were asked for", async () => {
    const one = new Window("one");
    for (const [key, askedAt] of [
      ["b", 30_000],
      ["a", 20_000],
      ["c", 40_000],
    ] as const)
      await one.ledger.keep(following({ key, askedAt }));
    await one.ledger.release();
    const claimed = await new Window("two").ledger.claim();
    assert.deepEqual(
      claimed.map(({ key }) => key),
      ["a", "b", "c"],
    );
  });

  it("is not confused by files of others; one that nobody can read is removed after a week", async () => {
    await writeFile(join(folder, "half.json"), '{"version":1,"own');
    await writeFile(join(folder, "later.json"), '{"version":2}');
    await writeFile(join(folder, "notes.txt"), "hello");
    const now = clock.now() / 1000;
    const day = 24 * 3600;
    await utimes(join(folder, "half.json"), now - 6 * day, now - 6 * day);
    await utimes(join(folder, "later.json"), now - 8 * day, now - 8 * day);
    assert.deepEqual(await new Window("one").ledger.claim(), []);
    assert.deepEqual((await readdir(folder)).sort(), ["half.json", "notes.txt"]);
  });

  it("keeps a deploy that cannot be written down to itself, says so, and tells it all the same", async () => {
    const file = join(folder, "in the way");
    await writeFile(file, "");
    const one = new Window("one", file);
    await one.ledger.keep(following());
    assert.match(one.log.lines.join("\n"), /^warn: A followed deploy could not be written down/u);
    assert.equal(await one.ledger.settle("deploy-1"), true);
    assert.deepEqual(await one.ledger.claim(), []);
  });

  it("makes names of files of any key, in its folder", async () => {
    const one = new Window("one");
    await one.ledger.keep(following({ key: "../../etc/passwd" }));
    assert.deepEqual(await readdir(folder), ["..%2F..%2Fetc%2Fpasswd.json"]);
    assert.equal(await one.ledger.settle("../../etc/passwd"), true);
  });

  it("writes what a deploy is and nothing of the last look's trouble", async () => {
    const one = new Window("one");
    await one.ledger.keep(following({ trouble: new Error("offline") }));
    const text = await readFile(join(folder, "deploy-1.json"), "utf8");
    assert.ok(text.includes("dep-1"));
    assert.ok(!text.includes("offline"));
  });

  it("settles one deploy once among many windows that race for it", async () => {
    for (let round = 0; round < 20; round += 1) {
      const key = `deploy-${round}`;
      const one = new Window(`one ${round}`);
      await one.ledger.keep(following({ key }));
      await one.ledger.release();
      const windows = Array.from({ length: 5 }, (_, index) => new Window(`${round}.${index}`));
      const claims = await Promise.all(windows.map(({ ledger }) => ledger.claim()));
      assert.ok(claims.some(claimed => claimed.some(({ key: found }) => found === key)));
      const told = await Promise.all(windows.map(({ ledger }) => ledger.settle(key)));
      assert.equal(told.filter(Boolean).length, 1);
    }
  });
});
