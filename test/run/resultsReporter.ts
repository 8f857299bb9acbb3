import { writeFileSync } from "node:fs";
import Mocha from "mocha";

/** mocha's usual output, and what it counted as JSON in the file that `RENDER_TEST_RESULTS` names. */
export default class ResultsReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options?: Mocha.MochaOptions) {
    super(runner, options);
    const file = process.env["RENDER_TEST_RESULTS"];
    if (file === undefined) return;
    runner.once("end", () => {
      writeFileSync(file, JSON.stringify(this.stats));
    });
  }
}
