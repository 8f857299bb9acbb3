/** What loading a large account takes, next to reading its pages alone. */
import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";

/** One load, times in milliseconds. */
export interface Loading {
  readonly services: number;
  readonly took: number;
  /** The processor's time, until the last row was made. */
  readonly cpu: number;
  /** The longest time without a turn of the event loop. */
  readonly block: number;
  /** From a changed filter to the rows that are left. */
  readonly filter: number;
  /** How often the account changed. */
  readonly changes: number;
  /** How many pages of services were asked for when the first rows were there. */
  readonly pagesToFirstRows: number;
}

export type Result = Loading & { readonly pages: number; readonly bytes: number };

/** What the best of several rounds took: whatever else a machine does only adds to it. */
export interface AccountFigures {
  readonly services: number;
  readonly took: number;
  /** The same pages read by a bare client, one after the other, in milliseconds. */
  readonly pages: number;
  readonly cpu: number;
  readonly block: number;
  readonly filter: number;
  readonly bytesEach: number;
  readonly changes: number;
  readonly pagesToFirstRows: number;
}

export interface AccountWish {
  readonly services: number;
  readonly workspaces: number;
  /** What each page of services takes besides, in milliseconds. */
  readonly delay: number;
  readonly rounds: number;
}

export async function loadLargeAccount(wish: AccountWish): Promise<AccountFigures> {
  const { services, workspaces, delay, rounds } = wish;
  const simulator = start("manyServices", [services, workspaces, delay], []);
  try {
    const { url, key } = await answer<{ readonly url: string; readonly key: string }>(simulator);
    const results = await answer<Result[]>(start("loadAccount", [url, key, rounds], ["--expose-gc"]));
    const least = (figure: (result: Result) => number): number => Math.min(...results.map(figure));
    return {
      services,
      took: least(({ took }) => took),
      pages: least(({ pages }) => pages),
      cpu: least(({ cpu }) => cpu),
      block: least(({ block }) => block),
      filter: least(({ filter }) => filter),
      bytesEach: least(result => result.bytes / result.services),
      changes: Math.max(...results.map(({ changes }) => changes)),
      pagesToFirstRows: Math.max(...results.map(({ pagesToFirstRows }) => pagesToFirstRows)),
    };
  } finally {
    simulator.disconnect();
  }
}

function start(
  script: string,
  args: readonly (string | number)[],
  execArgv: readonly string[],
): ChildProcess {
  return fork(resolve(`out/test/bench/${script}.js`), args.map(String), { execArgv: [...execArgv] });
}

async function answer<T>(child: ChildProcess): Promise<T> {
  const [told] = (await Promise.race([
    once(child, "message"),
    once(child, "exit").then(([code]) => {
      throw new Error(`It ended with ${String(code)} before it told anything.`);
    }),
  ])) as [T];
  return told;
}
