/** What a mocha run ended with. `pending` are tests that were skipped. */
export interface TestCounts {
  readonly tests: number;
  readonly passes: number;
  readonly failures: number;
  readonly pending: number;
}

/** A test, or a hook, that failed. */
export interface FailedTest {
  readonly title: string;
  /** The error with its stack. */
  readonly why: string;
  /** The text that each window of VS Code showed. */
  readonly windows: readonly string[];
}

/** What each window showed when a test had failed, by the test. */
export const onScreen = new WeakMap<object, readonly string[]>();

/** Checks what another process sent or wrote. */
export function isTestCounts(value: unknown): value is TestCounts {
  const numbers: (keyof TestCounts)[] = ["tests", "passes", "failures", "pending"];
  return (
    typeof value === "object" &&
    value !== null &&
    numbers.every(name => name in value && typeof (value as Record<string, unknown>)[name] === "number")
  );
}
