import assert from "node:assert/strict";
import { figures } from "../faults/figures.js";
import { seed } from "../faults/seed.js";

let stopWatching = (): void => undefined;

/** For mocha's `--require`: prints the seed at the beginning and the figures of test/faults at the end. */
export const mochaHooks = {
  beforeAll(): void {
    console.log(`\n  seed ${seed} (another one: npm run test:faults -- --seed NUMBER)\n`);
    stopWatching = figures.watchUnhandled(process);
  },
  afterAll(): void {
    stopWatching();
    console.log(`\n${figures.table(seed)}`);
    assert.deepEqual(figures.wrong, []);
  },
};
