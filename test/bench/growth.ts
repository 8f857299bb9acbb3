/** How the time to read what others wrote grows with its size. */
import { leastTime } from "./leastTime.js";
import { readings, type Reading } from "./readings.js";
import { msText, type Section } from "./table.js";

/** With what power of its size the time may grow. */
export const steepest = 1.1;

/** How often a growth is measured that looks too steep: memory and other work bend a line, but never thrice alike. */
const tries = 3;

/** What takes longer for one size, in milliseconds, is so steep that larger sizes need not be waited for. */
const longestWait = 250;

interface Growth {
  readonly power: number;
  /** Of the sizes that were measured, in milliseconds. */
  readonly times: readonly number[];
}

export function growth(): Section {
  const rows = readings.map(reading => {
    const { power, times } = growthOf(reading);
    const [first = NaN] = times;
    const longest = times.at(-1) ?? NaN;
    return {
      name: reading.name,
      figure: `size to the power of ${power.toFixed(2)}`,
      baseline: `${msText(first)}, and ${msText(longest)} for ${2 ** (times.length - 1)} times as much`,
      ratio: longest / first,
      goal: `≤ power ${steepest}`,
      isMet: power <= steepest,
    };
  });
  return { title: "Reading what others wrote", rows };
}

function growthOf(reading: Reading): Growth {
  const growths: Growth[] = [];
  while (growths.length < tries && growths.every(({ power }) => power > steepest)) {
    const measured = growthOnce(reading);
    growths.push(measured);
    // So steep is no matter of memory or other work.
    if (measured.power > 1.5 && (measured.times.at(-1) ?? 0) > longestWait) break;
  }
  return growths.reduce((one, other) => (other.power < one.power ? other : one));
}

/** Over four sizes, each twice the one before; fewer where it takes too long, but no fewer than two. */
function growthOnce({ name, size, of }: Reading): Growth {
  const times: number[] = [];
  for (const larger of [1, 2, 4, 8]) {
    if (times.length >= 2 && (times.at(-1) ?? 0) > longestWait) break;
    times.push(leastTime(of(size * larger)));
  }
  const power = slopeOf(times.map(time => Math.log2(time)));
  if (!Number.isFinite(power))
    throw new Error(`The growth of "${name}" cannot be told from ${times.join(", ")}.`);
  return { power, times };
}

/** Of the straight line that fits points best which lie one apart. */
function slopeOf(points: readonly number[]): number {
  const middle = (points.length - 1) / 2;
  const sum = (of: (point: number, offset: number) => number): number =>
    points.reduce((all, point, index) => all + of(point, index - middle), 0);
  return sum((point, offset) => point * offset) / sum((_, offset) => offset ** 2);
}
