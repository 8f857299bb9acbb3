import assert from "node:assert/strict";
import fc from "fast-check";
import { DeployLooks } from "../../../../src/features/following/polling.js";
import { FakeClock } from "../../../support/fakeClock.js";

const second = 1_000;

/** Looks, with a log that tells when to; gives when was looked. */
function looking() {
  const clock = new FakeClock({ flowBelowMs: 0 });
  const end = new AbortController();
  const looked: number[] = [];
  const looks = new DeployLooks({ clock, since: 0, signal: end.signal, trouble: () => undefined });
  looks.setHinted(true);
  const over = looks.until("soon", () => {
    looked.push(clock.now());
    return Promise.resolve(false);
  });
  const leave = async (): Promise<void> => {
    end.abort();
    await over;
    assert.equal(clock.sleeping, 0);
  };
  return { clock, looks, looked, leave };
}

describe("DeployLooks, when the log tells when to look", () => {
  it("looks every 5 s besides", async () => {
    const { clock, looked, leave } = looking();
    await clock.advance(60 * second);
    assert.deepEqual(
      looked,
      Array.from({ length: 12 }, (_, i) => (i + 1) * 5 * second),
    );
    await leave();
  });

  it("looks at once when the log has told something, and twice after, as Render may say so later", async () => {
    const { clock, looks, looked, leave } = looking();
    await clock.advance(3 * second);
    looks.hint();
    await clock.advance(4 * second);
    assert.deepEqual(looked, [3_000, 3_700, 5_000]);
    await leave();
  });

  it("looks no further once what was told has been seen", async () => {
    const { clock, looks, looked, leave } = looking();
    await clock.advance(3 * second);
    looks.hint();
    await clock.advance(100);
    looks.hasChanged();
    await clock.advance(4 * second);
    assert.deepEqual(looked, [3_000]);
    await leave();
  });

  it("looks as often as without a log when that has gone", async () => {
    const { clock, looks, looked, leave } = looking();
    await clock.advance(4 * second);
    looks.setHinted(false);
    await clock.advance(4 * second);
    assert.deepEqual(looked, [4_000, 6_000, 8_000]);
    await leave();
  });

  it("never looks more than 20 times in any minute, whatever the log tells", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 5_000 }), { maxLength: 100 }), async waits => {
        const { clock, looks, looked, leave } = looking();
        for (const wait of waits) {
          looks.hint();
          await clock.advance(wait);
        }
        await clock.advance(60 * second);
        for (const [i, from] of looked.entries()) {
          const within = looked.slice(i).filter(at => at < from + 60 * second);
          assert.ok(within.length <= 20, `${within.length} from ${from} on`);
        }
        assert.ok(looked.length > 0);
        await leave();
      }),
      { numRuns: 100 },
    );
  });

  it("is not held up by a clock that was set back", async () => {
    const { clock, looks, looked, leave } = looking();
    for (let i = 0; i < 12; i++) {
      looks.hint();
      await clock.advance(3 * second);
    }
    const before = looked.length;
    clock.setBack(3_600 * second);
    await clock.advance(60 * second);
    assert.ok(looked.length > before, "nothing was looked at");
    await leave();
  });
});
