import { writeFileSync } from "node:fs";
import Mocha from "mocha";
import { onScreen, type FailedTest } from "../vscode/testCounts.js";

/** mocha's usual output, and what it counted, with what failed, as JSON in the file that `RENDER_TEST_RESULTS` names. */
export default class ResultsReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options?: Mocha.MochaOptions) {
    super(runner, options);
    const file = process.env["RENDER_TEST_RESULTS"];
    if (file === undefined) return;
    const failed: { readonly test: Mocha.Runnable; readonly why: string }[] = [];
    runner.on("fail", (test, error: Error) => {
      failed.push({ test, why: error.stack ?? String(error) });
    });
    runner.once("end", () => {
      const what: FailedTest[] = failed.map(({ test, why }) => ({
        title: test.fullTitle(),
        why,
        windows: onScreen.get(test) ?? [],
      }));
      writeFileSync(file, JSON.stringify({ ...this.stats, failed: what }));
    });
  }
}
