/** The one table that everything measured ends in. */

export interface Row {
  readonly name: string;
  /** What was measured, with its unit. */
  readonly figure: string;
  /** What it stands beside, measured in the same run: `2.3 ms (copying 2,000 services)`. */
  readonly baseline?: string;
  /** The figure in times of the baseline. */
  readonly ratio?: number;
  /** What it is held to; a figure without a goal is only told. */
  readonly goal?: string;
  /** Whether the goal is met; nothing can be missed without one. */
  readonly isMet?: boolean;
}

/** What a row is about; each is a file of its own. */
export interface Section {
  readonly title: string;
  readonly rows: readonly Row[];
}

/** As Markdown, for a person and for the README. */
export function tableText(sections: readonly Section[]): string {
  const cells = sections.flatMap(({ title, rows }) => [
    [`**${title}**`, "", "", "", "", ""],
    ...rows.map(({ name, figure, baseline = "", ratio, goal = "", isMet = true }) => [
      name,
      figure,
      baseline,
      ratio === undefined ? "" : ratio.toFixed(2),
      goal,
      goal === "" ? "" : isMet ? "met" : "**MISSED**",
    ]),
  ]);
  const table = [["What", "Figure", "Baseline of the same run", "Ratio", "Goal", ""], ...cells];
  const widths = [0, 1, 2, 3, 4, 5].map(column =>
    Math.max(3, ...table.map(row => (row[column] ?? "").length)),
  );
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  const [head = [], ...body] = table;
  return [line(head), line(widths.map(width => "-".repeat(width))), ...body.map(line)].join("\n");
}

/** The rows whose goal is missed. */
export function missedOf(sections: readonly Section[]): Row[] {
  return sections.flatMap(({ rows }) => rows).filter(({ isMet }) => isMet === false);
}

/** A time in milliseconds as it is read best. */
export function msText(ms: number): string {
  return `${ms < 10 ? ms.toFixed(2) : ms < 100 ? ms.toFixed(1) : thousands(ms)} ms`;
}

/** `24,310` */
export function thousands(count: number): string {
  return Math.round(count).toLocaleString("en-US");
}

export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new Error("Nothing was measured.");
  return middle;
}
