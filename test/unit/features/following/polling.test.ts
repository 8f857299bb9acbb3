import assert from "node:assert/strict";
import { DeployLooks, type LooksEnd } from "../../../../src/features/following/polling.js";
import type { Answerer } from "../../../../src/render/http/answer.js";
import { RenderError, type RenderErrorKind } from "../../../../src/render/errors.js";
import { FakeClock } from "../../../support/fakeClock.js";

const minute = 60_000;

function refusal(kind: RenderErrorKind, status: number, answerer: Answerer): RenderError {
  return new RenderError(kind, { method: "GET", path: "/services/srv-1/deploys/dep-1", status, answerer });
}

/** Looks with what comes of each, until it is over; gives how it ended, after how long, and how often it looked. */
async function look(
  answer: (looks: number, now: number) => Error | undefined,
): Promise<{ end: LooksEnd; after: number; looks: number }> {
  const clock = new FakeClock();
  let looks = 0;
  const end = await new DeployLooks({
    clock,
    since: 0,
    signal: new AbortController().signal,
    trouble: () => undefined,
  }).until("now", () => {
    const error = answer(looks++, clock.now());
    return error ? Promise.reject(error) : Promise.resolve(clock.now() > 20 * minute);
  });
  return { end, after: clock.now(), looks };
}

describe("DeployLooks", () => {
  for (const [kind, status] of [
    ["unauthorized", 401],
    ["forbidden", 403],
    ["notFound", 404],
  ] as const) {
    it(`ends at once when Render itself answers with ${status}`, async () => {
      const error = refusal(kind, status, "render");
      assert.deepEqual(await look(() => error), { end: { kind: "error", error }, after: 0, looks: 1 });
    });

    it(`ends when ${status} of whomever has lasted for five minutes, and not before`, async () => {
      const error = refusal(kind, status, "unclear");
      const { end, after } = await look(() => error);
      assert.deepEqual(end, { kind: "error", error });
      assert.ok(after >= 5 * minute && after < 7 * minute, String(after));
    });

    it(`goes on after ${status} of whomever that passes`, async () => {
      const error = refusal(kind, status, "unclear");
      const { end } = await look((_, now) => (now < 4 * minute ? error : undefined));
      assert.deepEqual(end, { kind: "done" });
    });

    it(`counts anew when ${status} of whomever comes and goes`, async () => {
      const error = refusal(kind, status, "unclear");
      const { end } = await look((_, now) => (now % (4 * minute) < 3 * minute ? error : undefined));
      assert.deepEqual(end, { kind: "done" });
    });
  }

  for (const kind of [
    "intercepted",
    "proxySignIn",
    "networkSignIn",
    "gatewayFailed",
    "keyUnreadable",
  ] as const)
    it(`goes on through 20 minutes of ${kind}`, async () => {
      const error = refusal(kind, 403, "between");
      const { end } = await look((_, now) => (now < 20 * minute ? error : undefined));
      assert.deepEqual(end, { kind: "done" });
    });
});
