/** How long one sample takes at least, in milliseconds: the processor's time is counted in coarse steps. */
const sampleMs = 4;

const samples = 8;

/** How long all samples take at most, in milliseconds, unless one alone takes longer. */
const mostMs = 500;

/**
 * What one run takes, in milliseconds of the processor: the least of several samples, as more is spent on something
 * else, such as compiling. What is too short to be measured is run many times for one sample.
 */
export function leastTime(run: () => unknown): number {
  let [times, took] = [1, timeOf(run, 1)];
  const began = performance.now();
  while (took < sampleMs) {
    times *= took < sampleMs / 8 ? 4 : 2;
    took = timeOf(run, times);
  }
  let least = took;
  for (let sample = 1; sample < samples && performance.now() - began + took < mostMs; sample++)
    least = Math.min(least, timeOf(run, times));
  return least / times;
}

/** The processor's time, in milliseconds: what else runs on the machine does not count. */
function timeOf(run: () => unknown, times: number): number {
  const start = process.cpuUsage();
  for (let time = 0; time < times; time++) run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1_000;
}
