import { mkdir, open, readdir, readFile, stat, unlink, utimes } from "node:fs/promises";
import { join } from "node:path";
import type { Clock, Logger } from "../ports.js";
import type { FollowedDeploy } from "./followedDeploy.js";
import type { FollowLedger } from "./following.js";
import { readRecord, writeRecord, type FollowRecord } from "./followRecord.js";

/** How often a window says that it is still there, in milliseconds. */
const heartbeat = 5_000;

/** A window that has not said so for this long is taken for gone, in milliseconds. */
const longestPause = 25_000;

/** A file that cannot be read is removed when it is older than this, in milliseconds: a later version may own it. */
const unreadableFor = 7 * 24 * 60 * 60_000;

export interface FollowFilesParts {
  /** The folder that all windows of a person share. It is made when it is first needed. */
  readonly folder: string;
  /** A name of this window that no other one has. */
  readonly window: string;
  /** The API in use now: scheme, host and port; undefined while its address cannot be used. */
  readonly origin: () => string | undefined;
  /** Whether a person can still see this window: its process may outlive it by hours. Must resolve within seconds. */
  readonly isSeen: () => Promise<boolean>;
  /** Another window follows the deploy now. */
  readonly takenOver: (key: string) => void;
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * Writes down followed deploys, a file each, in a folder that all windows share.
 *
 * Two rules make "told once, by one window" hold without locks. A file names the window that follows it, and its time
 * is renewed while that window is seen; when it is not, another window writes its own name into it. And whoever
 * tells the end removes the file first: the file system lets only one of them succeed.
 */
export class FollowFiles implements FollowLedger {
  readonly #parts: FollowFilesParts;
  readonly #end = new AbortController();
  /** Of what this window follows; the text is what its file holds. */
  readonly #own = new Map<string, { written: string; queue: Promise<void> }>();
  /** What could not be written: there is nothing to remove for it, and no other window knows of it. */
  readonly #failed = new Set<string>();
  /** What this window has settled or lost to another one: it must not be written again. */
  readonly #left = new Set<string>();
  #isBeating = false;

  constructor(parts: FollowFilesParts) {
    this.#parts = parts;
  }

  keep(followed: FollowedDeploy): Promise<void> {
    const { origin, window } = this.#parts;
    const known = this.#own.get(followed.key);
    const at = known ? readRecord(known.written)?.origin : origin();
    if (at === undefined || this.#left.has(followed.key)) return Promise.resolve();
    const text = writeRecord({ origin: at, owner: window, followed });
    if (known?.written === text) return known.queue;
    const queue = (known?.queue ?? Promise.resolve()).then(() => this.#put(followed.key, text, !known));
    this.#own.set(followed.key, { written: text, queue });
    void this.#beat();
    return queue;
  }

  async settle(key: string): Promise<boolean> {
    const own = this.#own.get(key);
    this.#left.add(key);
    await own?.queue;
    this.#own.delete(key);
    if (!(await this.#parts.isSeen())) return false;
    try {
      await unlink(this.#file(key));
      return true;
    } catch (error) {
      if (codeOf(error) === "ENOENT") return this.#failed.delete(key);
      // Rather told twice than never.
      this.#parts.log.warn(`The note of a followed deploy could not be removed: ${messageOf(error)}`);
      return true;
    }
  }

  /** Takes up what was written down for the API in use and is followed by no window that is seen. Never rejects. */
  async claim(): Promise<FollowedDeploy[]> {
    const { origin, window } = this.#parts;
    const claimed: FollowedDeploy[] = [];
    for (const { key, record, isFresh } of await this.#all()) {
      const isFree = record.owner === "" || record.owner === window || !isFresh;
      if (!isFree || this.#own.has(key) || record.origin !== origin() || this.#end.signal.aborted) continue;
      if (!(await this.#parts.isSeen())) return claimed;
      const text = writeRecord({ ...record, owner: window });
      if (!(await this.#overwrite(key, text))) continue;
      this.#own.set(key, { written: text, queue: Promise.resolve() });
      this.#left.delete(key);
      claimed.push(record.followed);
    }
    void this.#beat();
    return claimed.sort((a, b) => a.askedAt - b.askedAt);
  }

  /** Whether there is something that other windows follow, and that may have to be taken up when they are gone. */
  async othersFollow(): Promise<boolean> {
    return (await this.#all()).some(
      ({ key, record }) => !this.#own.has(key) && record.origin === this.#parts.origin(),
    );
  }

  /** The window closes: what it follows is free for others at once. Never rejects. */
  async release(): Promise<void> {
    this.#end.abort();
    const own = [...this.#own];
    this.#own.clear();
    await Promise.all(
      own.map(async ([key, { written, queue }]) => {
        await queue;
        const record = readRecord(written);
        if (record && (await this.#isOurs(key)))
          await this.#overwrite(key, writeRecord({ ...record, owner: "" }));
      }),
    );
  }

  async #put(key: string, text: string, isNew: boolean): Promise<void> {
    try {
      if (isNew) await this.#create(key, text);
      else if (await this.#isOurs(key)) await this.#overwrite(key, text);
      else this.#lost(key);
    } catch (error) {
      this.#failed.add(key);
      this.#parts.log.warn(
        `A followed deploy could not be written down, and would be forgotten with this window: ${messageOf(error)}`,
      );
    }
  }

  async #create(key: string, text: string): Promise<void> {
    await mkdir(this.#parts.folder, { recursive: true });
    const file = await open(this.#file(key), "wx");
    await file.writeFile(text).finally(() => file.close());
    await this.#touch(key);
  }

  /** In place, as a file that was removed meanwhile must stay removed. False when it was. */
  async #overwrite(key: string, text: string): Promise<boolean> {
    try {
      const file = await open(this.#file(key), "r+");
      try {
        const bytes = Buffer.from(text);
        await file.write(bytes, 0, bytes.length, 0);
        await file.truncate(bytes.length);
        await this.#touch(key);
      } finally {
        await file.close();
      }
      return true;
    } catch (error) {
      if (codeOf(error) !== "ENOENT")
        this.#parts.log.warn(`The note of a followed deploy could not be written: ${messageOf(error)}`);
      return false;
    }
  }

  async #touch(key: string): Promise<void> {
    const seconds = this.#parts.clock.now() / 1000;
    await utimes(this.#file(key), seconds, seconds);
  }

  async #isOurs(key: string): Promise<boolean> {
    if (this.#failed.has(key)) return true;
    const record = await this.#read(key);
    return record?.owner === this.#parts.window;
  }

  #lost(key: string): void {
    this.#left.add(key);
    if (this.#own.delete(key)) this.#parts.takenOver(key);
  }

  async #read(key: string): Promise<FollowRecord | undefined> {
    return readRecord(await readFile(this.#file(key), "utf8").catch(() => ""));
  }

  async #all(): Promise<{ key: string; record: FollowRecord; isFresh: boolean }[]> {
    const names = await readdir(this.#parts.folder).catch(() => []);
    const keys = names.filter(name => name.endsWith(".json")).map(name => name.slice(0, -".json".length));
    const found = await Promise.all(
      keys.map(async key => {
        const [record, age] = await Promise.all([this.#read(key), this.#age(key)]);
        if (!record && age > unreadableFor) await unlink(this.#file(key)).catch(() => undefined);
        return record ? [{ key, record, isFresh: age < longestPause }] : [];
      }),
    );
    return found.flat();
  }

  /** How long ago the file's window was last seen, in milliseconds; 0 when there is no file any more. */
  async #age(key: string): Promise<number> {
    const { clock } = this.#parts;
    return stat(this.#file(key)).then(
      ({ mtimeMs }) => clock.now() - mtimeMs,
      () => 0,
    );
  }

  /** Says at each heartbeat that this window is there, and notices what was taken over, while it follows anything. */
  async #beat(): Promise<void> {
    if (this.#isBeating) return;
    this.#isBeating = true;
    const { clock, isSeen } = this.#parts;
    while (this.#own.size > 0 && !this.#end.signal.aborted) {
      try {
        await clock.sleep(heartbeat, this.#end.signal);
      } catch {
        break;
      }
      if (!(await isSeen())) continue;
      for (const key of [...this.#own.keys()]) {
        await this.#own.get(key)?.queue;
        if (!this.#own.has(key) || this.#failed.has(key)) continue;
        if (await this.#isOurs(key)) await this.#touch(key).catch(() => undefined);
        else this.#lost(key);
      }
    }
    this.#isBeating = false;
  }

  #file(key: string): string {
    return join(this.#parts.folder, `${encodeURIComponent(key)}.json`);
  }
}

function codeOf(error: unknown): string {
  const code: unknown = error instanceof Error ? Reflect.get(error, "code") : undefined;
  return typeof code === "string" ? code : "";
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
