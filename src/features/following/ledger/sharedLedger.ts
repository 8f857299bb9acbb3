import { noteFailedLine } from "./ledgerTexts.js";
import type { Clock, Logger } from "../../../ports.js";
import type { FollowedDeploy } from "../followedDeploy.js";
import type { FollowLedger } from "../followingParts.js";
import { readRecord, writeRecord, type FollowRecord } from "./followRecord.js";
import type { Notes } from "./noteFolder.js";

/** How often a window says that it is still there, in milliseconds. */
const heartbeat = 5_000;

/** A window that has not said so for this long is taken for gone, in milliseconds. */
const longestPause = 25_000;

/** A note that cannot be read is removed when it is older than this, in milliseconds: a later version may own it. */
const unreadableFor = 7 * 24 * 60 * 60_000;

export interface SharedLedgerParts {
  readonly notes: Notes;
  /** A name of this window that no other one has. */
  readonly window: string;
  /** The API in use now: scheme, host and port; undefined while its address cannot be used. */
  readonly origin: () => string | undefined;
  /** Whether a person can still see this window: its process may outlive it by hours. Must resolve within seconds. */
  readonly isSeen: () => Promise<boolean>;
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * Writes down followed deploys, a note each, where all windows of a person see them.
 *
 * Two rules make "told once, by one window" hold without locks. A note names the window that follows the deploy and is
 * touched while that window is seen; when it is not, another window writes its own name into it. And whoever tells the
 * end removes the note first, which only one of them can.
 */
export class SharedLedger implements FollowLedger {
  readonly #parts: SharedLedgerParts;
  readonly #end = new AbortController();
  /** Of what this window follows: what its note says, and the writing that is under way. */
  readonly #own = new Map<string, { written: string; queue: Promise<void> }>();
  /** What could not be written: there is nothing to remove for it, and no other window knows of it. */
  readonly #unwritten = new Set<string>();
  /** What this window has settled or lost to another one: it must not be written again. */
  readonly #left = new Set<string>();
  #isBeating = false;
  #takenOver: (key: string) => void = () => undefined;

  constructor(parts: SharedLedgerParts) {
    this.#parts = parts;
  }

  /** Who is told, from now on, that another window follows a deploy. */
  whenTakenOver(takenOver: (key: string) => void): void {
    this.#takenOver = takenOver;
  }

  keep(followed: FollowedDeploy): Promise<void> {
    const { key } = followed;
    const known = this.#own.get(key);
    const origin = known ? readRecord(known.written)?.origin : this.#parts.origin();
    if (this.#left.has(key) || this.#end.signal.aborted) return Promise.resolve();
    if (origin === undefined) {
      this.#unwritten.add(key);
      return Promise.resolve();
    }
    const text = writeRecord({ origin, owner: this.#parts.window, followed });
    if (known?.written === text) return known.queue;
    const queue = (known?.queue ?? Promise.resolve()).then(() => this.#put(key, text, !known));
    this.#own.set(key, { written: text, queue });
    void this.#beat();
    return queue;
  }

  async settle(key: string): Promise<boolean> {
    this.#left.add(key);
    await this.#own.get(key)?.queue;
    this.#own.delete(key);
    if (this.#unwritten.delete(key)) return true;
    if (!(await this.#parts.isSeen())) return false;
    try {
      return await this.#parts.notes.remove(key);
    } catch (error) {
      // Rather told twice than never.
      this.#parts.log.warn(noteFailedLine("remove", error));
      return true;
    }
  }

  /** Takes up what was written down for the API in use and is followed by no window that is seen. Never rejects. */
  async claim(): Promise<FollowedDeploy[]> {
    const { origin, window, isSeen } = this.#parts;
    const claimed: FollowedDeploy[] = [];
    for (const { key, record, isFresh } of await this.#all()) {
      const isFree = record.owner === "" || record.owner === window || !isFresh;
      if (!isFree || this.#own.has(key) || record.origin !== origin() || !(await isSeen())) continue;
      const text = writeRecord({ ...record, owner: window });
      if (this.#end.signal.aborted || !(await this.#replace(key, text))) continue;
      this.#own.set(key, { written: text, queue: Promise.resolve() });
      this.#left.delete(key);
      claimed.push(record.followed);
    }
    void this.#beat();
    return claimed.sort((a, b) => a.askedAt - b.askedAt);
  }

  /** What all windows follow of the API in use. Never rejects. */
  async written(): Promise<FollowedDeploy[]> {
    const origin = this.#parts.origin();
    return (await this.#all()).flatMap(({ record }) => (record.origin === origin ? record.followed : []));
  }

  /** Whether there is something that this window does not follow, and that may have to be taken up. Never rejects. */
  async othersFollow(): Promise<boolean> {
    const origin = this.#parts.origin();
    return (await this.#all()).some(({ key, record }) => !this.#own.has(key) && record.origin === origin);
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
          await this.#replace(key, writeRecord({ ...record, owner: "" }));
      }),
    );
  }

  async #put(key: string, text: string, isNew: boolean): Promise<void> {
    if (!isNew) {
      if (this.#unwritten.has(key)) return;
      if (await this.#isOurs(key)) await this.#replace(key, text);
      else this.#lost(key);
      return;
    }
    try {
      await this.#parts.notes.create(key, text, this.#parts.clock.now());
    } catch (error) {
      this.#unwritten.add(key);
      this.#parts.log.warn(noteFailedLine("create", error));
    }
  }

  async #replace(key: string, text: string): Promise<boolean> {
    try {
      return await this.#parts.notes.replace(key, text, this.#parts.clock.now());
    } catch (error) {
      this.#parts.log.warn(noteFailedLine("replace", error));
      return false;
    }
  }

  async #isOurs(key: string): Promise<boolean> {
    const note = await this.#parts.notes.read(key);
    return note !== undefined && readRecord(note.text)?.owner === this.#parts.window;
  }

  #lost(key: string): void {
    this.#left.add(key);
    if (this.#own.delete(key)) this.#takenOver(key);
  }

  async #all(): Promise<{ key: string; record: FollowRecord; isFresh: boolean }[]> {
    const { notes, clock } = this.#parts;
    const found = [];
    for (const key of await notes.names()) {
      const note = await notes.read(key);
      if (!note) continue;
      const record = readRecord(note.text);
      const age = clock.now() - note.touchedAt;
      if (record) found.push({ key, record, isFresh: age < longestPause });
      else if (age > unreadableFor) await notes.remove(key).catch(() => false);
    }
    return found;
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
      if (await isSeen()) for (const key of [...this.#own.keys()]) await this.#renew(key);
    }
    this.#isBeating = false;
  }

  async #renew(key: string): Promise<void> {
    await this.#own.get(key)?.queue;
    if (!this.#own.has(key) || this.#unwritten.has(key)) return;
    if (await this.#isOurs(key)) {
      await this.#parts.notes.touch(key, this.#parts.clock.now()).catch(() => undefined);
      return;
    }
    // Settled in this very moment, it is gone because it is over.
    if (!this.#left.has(key)) this.#lost(key);
  }
}
