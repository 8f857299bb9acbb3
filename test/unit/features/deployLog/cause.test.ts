import assert from "node:assert/strict";
import { causeOf } from "../../../../src/features/deployLog/cause.js";
import { causeText } from "../../../../src/features/deployLog/causeTexts.js";
import type { Failure, ServiceEvent } from "../../../../src/render/eventShapes.js";
import { aDeploy } from "../../../support/builders.js";

describe("the cause of a failed deploy", () => {
  const deploy = aDeploy({ status: "update_failed" });
  const ended = (failure: Failure): ServiceEvent => ({
    id: "evt-1",
    type: "deploy_ended",
    deployId: deploy.id,
    failure,
  });
  const lines = (...texts: string[]) => texts.map(text => ({ text, timestamp: "2026-06-12T08:06:10Z" }));
  const said = (events: readonly ServiceEvent[], log = lines()): string => {
    const cause = causeOf(deploy, events, log);
    return cause ? causeText(cause) : "";
  };

  for (const [failure, text] of [
    [
      { memoryLimit: "512Mi" },
      "It ran out of memory (limit 512Mi). Let it use less, or choose a larger instance type.",
    ],
    [{ memoryLimit: "" }, "It ran out of memory. Let it use less, or choose a larger instance type."],
    [{ nonZeroExit: 134, evicted: false }, "The command ended with exit code 134."],
    [
      { timedOutSeconds: 900, timedOutReason: "no open ports" },
      "Render gave up on it after 15 min: no open ports.",
    ],
    [{ unhealthy: "HTTP 503" }, "The health check did not pass: HTTP 503."],
    [{ evicted: true }, "Render took it off its machine before it was up. Deploy again."],
    [
      { earlyExit: true },
      "The program ended by itself, without an error, although a service has to go on running.",
    ],
  ] as const)
    it(`is told by Render: ${Object.keys(failure).join(", ")} ${JSON.stringify(failure)}`, () => {
      assert.equal(said([ended(failure)]), text);
    });

  it("is the build's where that failed", () => {
    const events: ServiceEvent[] = [
      { id: "evt-3", type: "deploy_ended", deployId: deploy.id, buildId: "bld-1" },
      { id: "evt-2", type: "build_ended", buildId: "bld-2", failure: { nonZeroExit: 9 } },
      { id: "evt-1", type: "build_ended", buildId: "bld-1", failure: { nonZeroExit: 2 } },
    ];
    assert.equal(said(events), "The command ended with exit code 2.");
  });

  it("is no other deploy's", () => {
    assert.equal(
      said([{ id: "evt-1", type: "deploy_ended", deployId: "dep-other", failure: { nonZeroExit: 1 } }]),
      "",
    );
  });

  it("is an image that could not be pulled", () => {
    const image = { id: "evt-2", type: "image_pull_failed", at: 2_000, imageUrl: "docker.io/harbor/tides:9" };
    assert.equal(
      said([image, ended({ evicted: false })]),
      "The image docker.io/harbor/tides:9 could not be pulled. Check its name, its tag and the registry credential.",
    );
  });

  it("is no image, branch or budget of the deploy before", () => {
    for (const type of ["image_pull_failed", "branch_deleted", "pipeline_minutes_exhausted"])
      assert.equal(
        said([{ id: "evt-2", type, at: 999 }, ended({ nonZeroExit: 1 })]),
        "The command ended with exit code 1.",
      );
  });

  it("is what the program printed, where Render tells only the exit code", () => {
    assert.equal(
      said(
        [ended({ nonZeroExit: 127 })],
        lines("bash: line 1: gunicorn: command not found", "==> Exited with status 127"),
      ),
      "Likely cause: the command gunicorn was not found. Add it to the dependencies, or correct the command of the service.",
    );
  });

  it("is both, where Render gave up and the program printed why", () => {
    assert.equal(
      said([ended({ timedOutSeconds: 900 })], lines("Error: connect ECONNREFUSED 127.0.0.1:5432")),
      "Render gave up on it after 15 min. Likely cause: the database could not be reached (127.0.0.1:5432). Check the address in the environment, and that the database accepts this service.",
    );
  });

  it("is told as unknown by the last line where nothing is known of it", () => {
    assert.equal(
      said([], lines("the tide is out", "==> Exited with status 1")),
      "The last line of its log: the tide is out",
    );
  });

  it("is nothing that the version wrote which was live before", () => {
    const at = "2026-06-12T08:06:10Z";
    const log = [
      { text: "Error: connect ECONNREFUSED 10.0.0.9:6379", timestamp: at, instance: "srv-1-old" },
      { text: "==> Deploying...", timestamp: at },
      { text: "Error: connect ECONNREFUSED 10.0.0.9:6379", timestamp: at, instance: "srv-1-old" },
      { text: "Error: Environment variable TIDES is required", timestamp: at, instance: "srv-1-new" },
      { text: "==> Exited with status 1", timestamp: at },
    ];
    assert.match(said([], log), /^Likely cause: the environment variable TIDES is not set\./u);
    assert.match(said([], log.slice(1)), /^Likely cause: the database could not be reached/u);
  });

  it("is nothing where there is nothing", () => {
    assert.equal(causeOf(deploy, [], []), undefined);
  });
});
