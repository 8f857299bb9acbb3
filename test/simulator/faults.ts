import type { LogLine } from "./wire";

/**
 * One way to misbehave. Those marked "acts" do what was asked before they spoil the answer; the others answer in
 * the server's place, as a proxy or a broken line would.
 */
export type Fault =
  /** A header of `null` is taken away. With `acts` it acts first, as when a gateway loses the answer. */
  | {
      kind: "status";
      status: number;
      body?: unknown;
      headers?: Record<string, string | null>;
      acts?: boolean;
    }
  /** Waits, then goes on as usual. */
  | { kind: "delay"; ms: number }
  /** Closes the connection; nothing was done. */
  | { kind: "cutBefore" }
  /** Acts, then closes the connection without an answer. */
  | { kind: "cutAfter" }
  /** Acts, then closes the connection in the middle of the answer's body. */
  | { kind: "cutInBody" }
  /** 200 with a web page, as a hotel's network sends it. */
  | { kind: "html" }
  /** Acts; the answer is cut-off JSON. */
  | { kind: "badJson" }
  /** Acts; the answer is JSON of another shape. */
  | { kind: "wrongShape" }
  /** Acts; the answer has no body. */
  | { kind: "emptyBody" }
  /** Acts; the answer is JSON of so many bytes. */
  | { kind: "huge"; bytes: number }
  /** Acts, never answers. */
  | { kind: "hang" }
  /** Acts; the answer's body comes in eight pieces with `chunkMs` milliseconds before each. */
  | { kind: "slowBody"; chunkMs: number }
  /** 307 to another place. */
  | { kind: "redirect"; location: string };

/** Which calls a fault meets. */
export interface FaultRule {
  method?: string;
  /** Compared with the path below `/v1`, without its query. */
  path?: RegExp;
  /** How many calls it meets before it is used up; the default is 1. */
  times?: number;
  with: Fault;
}

export interface FaultHandle {
  /** Takes the rule back. */
  clear(): void;
  /** How many calls met the fault so far. */
  readonly hits: number;
}

interface Rule extends FaultRule {
  left: number;
  hits: number;
}

/** The rules in force, oldest first. A call meets at most one of them. */
export class Faults {
  #rules: Rule[] = [];

  add(rule: FaultRule): FaultHandle {
    const kept: Rule = { ...rule, left: rule.times ?? 1, hits: 0 };
    this.#rules.push(kept);
    return {
      clear: () => {
        this.#rules = this.#rules.filter(other => other !== kept);
      },
      get hits() {
        return kept.hits;
      },
    };
  }

  clear(): void {
    this.#rules = [];
  }

  /** The fault this call meets, if any; it counts as met. */
  take(method: string, path: string): Fault | undefined {
    const rule = this.#rules.find(
      each =>
        each.left > 0 &&
        (each.method ?? method) === method &&
        (each.path === undefined || each.path.test(path)),
    );
    if (rule === undefined) return undefined;
    rule.left--;
    rule.hits++;
    if (rule.left <= 0) this.#rules = this.#rules.filter(other => other !== rule);
    return rule.with;
  }
}

/** One way in which a log socket that was opened misbehaves. Several can hold at once. */
export type SocketFault =
  /** The connection is cut so long after it was opened, without a close frame: the client sees 1006. */
  | { kind: "cut"; afterMs: number }
  /** Closed with this code so long after it was opened, for example 1012 for a restart; 1006 cuts it. */
  | { kind: "close"; code: number; afterMs: number }
  /** Pings are not answered. */
  | { kind: "noPong" }
  /** Lines are held back for so long and then sent latest first. */
  | { kind: "outOfOrder"; windowMs: number }
  /** Each line comes so many times, one after the other. */
  | { kind: "repeated"; times: number }
  /** So many lines come at once when it is opened. */
  | { kind: "burst"; lines: number }
  /** The first line is cut-off JSON. */
  | { kind: "badJson" }
  /** Every line lacks these fields: Render's own client takes such lines. */
  | { kind: "missingFields"; fields: readonly (keyof LogLine)[] };

interface SocketRule {
  fault: SocketFault;
  left: number;
  hits: number;
}

/** The rules for log sockets in force. */
export class SocketFaults {
  readonly #rules = new Set<SocketRule>();

  /** @param times how many sockets it meets before it is used up */
  add(fault: SocketFault, times: number): FaultHandle {
    const kept: SocketRule = { fault, left: times, hits: 0 };
    this.#rules.add(kept);
    return {
      clear: () => {
        this.#rules.delete(kept);
      },
      get hits() {
        return kept.hits;
      },
    };
  }

  clear(): void {
    this.#rules.clear();
  }

  /** All faults that a socket meets which is being opened; they count as met. */
  take(): SocketFault[] {
    const met = [...this.#rules].filter(({ left }) => left > 0);
    for (const rule of met) {
      rule.left--;
      rule.hits++;
    }
    return met.map(({ fault }) => fault);
  }
}
