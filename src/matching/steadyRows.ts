/** How long an answer may take from the list a person sees to here, in milliseconds. */
const longestWay = 1_000;

/**
 * The rows of a picker that is filled while it is open.
 *
 * VS Code tells which row was accepted by its place in the list (extension host protocol, `$onDidChangeSelection`). An
 * answer that was on its way while the rows changed would so name another row than the one the person saw.
 */
export class SteadyRows<T> {
  #earlier: { readonly rows: readonly T[]; readonly until: number }[] = [];
  #rows: readonly T[] = [];

  /** @param now milliseconds since the epoch */
  replace(rows: readonly T[], now: number): void {
    this.#forget(now);
    this.#earlier.push({ rows: this.#rows, until: now + longestWay });
    this.#rows = rows;
  }

  /** The row in this place if it stood there in every list that the person may have answered; undefined otherwise. */
  at(index: number, now: number): T | undefined {
    this.#forget(now);
    const row = this.#rows[index];
    return this.#earlier.every(({ rows }) => rows[index] === undefined || rows[index] === row)
      ? row
      : undefined;
  }

  #forget(now: number): void {
    this.#earlier = this.#earlier.filter(({ until }) => until > now);
  }
}
