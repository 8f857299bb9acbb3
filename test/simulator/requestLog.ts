import type { Fault } from "./faults";

/** One call the simulator received. The key that came with it is not kept. */
export interface RecordedRequest {
  method: string;
  /** Below `/v1`, without the query. */
  path: string;
  query: URLSearchParams;
  /** The JSON that was sent; the text when it was no JSON; undefined without a body. */
  body: unknown;
  /** What was answered, even if a fault kept it from the caller; 0 when nothing was answered or done. */
  status: number;
  /** Milliseconds since the Unix epoch. */
  at: number;
  /** Whether the right key came with it. */
  authorized: boolean;
  /** Whether it was taken up at all, and not answered in the server's place by a fault. */
  taken: boolean;
  /** The fault it met. */
  fault?: Fault["kind"];
}

const most = 10_000;

/** The calls received, oldest first; after ten thousand the oldest are forgotten. */
export class RequestLog {
  readonly entries: RecordedRequest[] = [];

  add(entry: RecordedRequest): void {
    if (this.entries.length >= most) this.entries.splice(0, most / 10);
    this.entries.push(entry);
  }

  clear(): void {
    this.entries.length = 0;
  }
}
