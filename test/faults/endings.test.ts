import assert from "node:assert/strict";
import { causeText } from "../../src/features/deployLog/causeTexts.js";
import { whyFailed } from "../../src/features/deployLog/whyFailed.js";
import { RenderClient } from "../../src/render/client.js";
import { RenderHttp } from "../../src/render/http/http.js";
import { emptyData, newService, noLimits, Simulator } from "../simulator/simulator.js";
import { endings, type Play } from "../support/endings.js";
import { RecordingLog } from "../support/builders.js";
import { FaultyLine } from "./walks/faultyLine.js";
import { VirtualTime } from "./walks/virtualTime.js";

const commitId = "3f1a5c9e7b2d4680a1b2c3d4e5f60718293a4b5c";

describe("why a deploy failed, read of the simulator", () => {
  for (const [plays, text, line] of endings)
    it(`is said of ${plays}`, async () => {
      const { cause } = await failureOf(plays);
      assert.ok(cause, "nothing is said");
      assert.match(causeText(cause), text);
      if (line) assert.match(cause.lines.join("\n"), line);
      assert.ok(cause.lines.length <= 3);
    });
});

/** Deploys, until it has failed, and asks why. */
async function failureOf(plays: Play): ReturnType<typeof whyFailed> {
  const time = new VirtualTime();
  const data = emptyData();
  const service = newService({ name: "lighthouse", ownerId: data.workspaces[0]?.owner.id ?? "" });
  const simulator = Simulator.withoutServer({
    data: { ...data, services: [service] },
    clock: time,
    limits: noLimits,
  });
  const line = new FaultyLine(simulator, time, () => () => undefined);
  const http = new RenderHttp({
    fetch: () => Promise.resolve(line.fetch),
    apiUrl: () => "https://render.example/v1",
    apiKey: () => Promise.resolve(simulator.key),
    clock: time,
    random: () => 0.5,
    log: new RecordingLog(),
    userAgent: "endings",
  });
  const render = new RenderClient(http);
  const { signal } = new AbortController();
  const { id, ownerId } = service.service;
  simulator.nextDeploy(id, { plays });
  const [answer] = await Promise.all([render.triggerDeploy(id, { commitId }, signal), time.pass(1_000)]);
  if (answer.kind !== "created") throw new Error("Nothing runs, and yet it waits.");
  await time.pass(30 * 60_000, () => simulator.deploysOf(id)[0]?.finishedAt !== undefined);
  const [deploy] = await Promise.all([render.getDeploy(id, answer.deploy.id, signal), time.pass(1_000)]);
  assert.match(deploy.status, /_failed$/u);
  const [failure] = await Promise.all([
    whyFailed(render, { id, ownerId }, deploy, http.renderNow ?? time.now(), signal),
    time.pass(10_000),
  ]);
  http.dispose();
  await simulator.close();
  return failure;
}
