import assert from "node:assert/strict";
import { logName, logText } from "../../../../src/features/deployLog/logTexts.js";
import { phasesOf } from "../../../../src/features/deployLog/phases.js";
import { logOf, readLog } from "../../../../src/features/deployLog/readLog.js";
import type { LogEntry } from "../../../../src/render/logShapes.js";
import { aDeploy } from "../../../support/builders.js";

const page = "https://dashboard.render.com/web/srv-1/deploys/dep-1";
const line = (time: string, text: string) => ({ timestamp: `2026-06-12T${time}Z`, text });

describe("the log of a deploy as a document", () => {
  const deploy = aDeploy({ status: "build_failed", finishedAt: 9_000 });
  const lines = [
    line("08:04:02.5", "==> Cloning from https://github.com/harbor-labs/tides"),
    line("08:04:03", "==> Running build command 'npm ci'..."),
    line("08:04:04.123456789", "added 412 packages in 9s"),
    line("08:04:05", ""),
    line("08:04:05", "==> Build failed 😞"),
  ];
  const text = logText("harbor-api", deploy, page, { lines, isCut: false });

  it("says what it is of, and has each line with its time", () => {
    assert.deepEqual(text.split("\n"), [
      "harbor-api · 7c1f0e9 Cache port lookups · Build failed",
      page,
      "",
      "08:04:02  ==> Cloning from https://github.com/harbor-labs/tides",
      "08:04:03  ==> Running build command 'npm ci'...",
      "08:04:04  added 412 packages in 9s",
      "08:04:05",
      "08:04:05  ==> Build failed 😞",
    ]);
  });

  it("has a phase from each of Render's own lines to the next", () => {
    assert.deepEqual(
      phasesOf(text).map(({ from, to }) => [from, to]),
      [
        [3, 3],
        [4, 6],
        [7, 7],
      ],
    );
  });

  it("says that there is more, and why there is nothing", () => {
    assert.match(
      logText("a", deploy, page, { lines, isCut: true }),
      /^The newest 5 lines; the Dashboard has/mu,
    );
    assert.match(logText("a", deploy, page, { lines: [], isCut: false }), /older than the plan/u);
    assert.match(logText("a", aDeploy(), page, { lines: [], isCut: false }), /Nothing was written yet/u);
  });

  it("is named by service and commit, whatever they are called", () => {
    assert.equal(logName("harbor-api", deploy), "harbor-api 7c1f0e9.log");
    assert.equal(logName("a/b?c#d", aDeploy({})), "a-b-c-d 7c1f0e9.log");
  });
});

describe("reading the log of a deploy", () => {
  const service = { id: "srv-1", ownerId: "tea-1" };

  it("is by the time from its making to shortly after its end, or to now", () => {
    assert.deepEqual(logOf(service, aDeploy({ finishedAt: 9_000 }), 99_000), {
      ownerId: "tea-1",
      serviceId: "srv-1",
      from: 1_000,
      until: 14_000,
    });
    assert.equal(logOf(service, aDeploy(), 99_000).until, 99_000);
  });

  it("ends after so many pages, and says that there are more lines", async () => {
    const entries = ["c", "b", "a"].map((id, index): LogEntry => {
      return { id, message: id, timestamp: `2026-06-12T08:00:0${9 - index}Z` };
    });
    const render = {
      async *logs() {
        for (const entry of entries) yield Promise.resolve([entry]);
      },
    };
    const of = logOf(service, aDeploy(), 99_000);
    const read = async (most: number) => {
      const { lines, isCut } = await readLog(render, of, most, new AbortController().signal);
      return [lines.map(({ text }) => text).join(""), isCut];
    };
    assert.deepEqual(await read(2), ["bc", true]);
    assert.deepEqual(await read(3), ["abc", false]);
  });
});
