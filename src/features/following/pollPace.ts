const second = 1000;

/** The longest wait between two looks at a deploy while looking fails. */
const longestRetry = 60 * second;

/**
 * How long to wait before the next look at a deploy, in milliseconds: short while a person is likely to be watching,
 * longer the longer it takes.
 *
 * @param elapsed since the deploy was asked for, in milliseconds
 * @param failures how many looks in a row have failed
 */
export function pollPace(elapsed: number, failures: number): number {
  if (failures > 0) return Math.min(longestRetry, 5 * second * 2 ** (failures - 1));
  if (elapsed < 60 * second) return 2 * second;
  if (elapsed < 600 * second) return 4 * second;
  return 10 * second;
}
