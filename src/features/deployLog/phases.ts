/** A stretch of a log that one of Render's own lines begins; lines of the document, from 0, both included. */
export interface Phase {
  readonly title: string;
  readonly from: number;
  readonly to: number;
}

/** A platform line with its time before it. */
const platformLine = /^\d\d:\d\d:\d\d {2}(==> .+)$/u;

/** The phases of a shown log: each goes on until the next begins. */
export function phasesOf(text: string): Phase[] {
  const lines = text.split("\n");
  const starts = lines.flatMap((line, index) => {
    const [, title] = platformLine.exec(line) ?? [];
    return title === undefined ? [] : [{ title, from: index }];
  });
  return starts.map(({ title, from }, index) => ({
    title,
    from,
    to: (starts[index + 1]?.from ?? lines.length) - 1,
  }));
}
