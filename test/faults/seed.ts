/** The seed of everything random in test/faults: fixed, unless `RENDER_TEST_SEED` (set by `--seed`) says another. */
export const seed = readSeed(process.env["RENDER_TEST_SEED"]);

/** @throws Error unless the text is a whole number from 0 to 2^31 - 1; without a text, the fixed seed */
export function readSeed(text: string | undefined): number {
  if (text === undefined || text === "") return 20260612;
  const number = Number(text);
  if (!/^\d+$/.test(text) || number >= 2 ** 31)
    throw new Error(`The seed ${text} is not a whole number from 0 to ${2 ** 31 - 1}`);
  return number;
}
