import assert from "node:assert/strict";
import { UnderWay } from "../../src/underWay.js";

describe("UnderWay", () => {
  it("joins what is under way with the same name, and begins anew when that is over", async () => {
    const underWay = new UnderWay<number>();
    let begun = 0;
    const ends: (() => void)[] = [];
    const work = (): Promise<number> => {
      const number = ++begun;
      return new Promise(resolve => {
        ends.push(() => {
          resolve(number);
        });
      });
    };
    const first = [underWay.join("a", work), underWay.join("a", work)];
    const other = underWay.join("b", work);
    assert.equal(underWay.of("a"), first[0]);
    for (const end of ends) end();
    assert.deepEqual(await Promise.all([...first, other]), [1, 1, 2]);
    assert.equal(underWay.of("a"), undefined);
    const again = underWay.join("a", work);
    ends.at(-1)?.();
    assert.equal(await again, 3);
  });

  it("begins anew after a failure, which all who joined are told", async () => {
    const underWay = new UnderWay();
    const fail = (): Promise<void> => Promise.reject(new Error("no"));
    const both = await Promise.allSettled([underWay.join("a", fail), underWay.join("a", fail)]);
    assert.deepEqual(
      both.map(({ status }) => status),
      ["rejected", "rejected"],
    );
    assert.equal(underWay.of("a"), undefined);
  });

  it("lets what is forgotten go on, without ending what began after it", async () => {
    const underWay = new UnderWay();
    let end = (): void => undefined;
    const old = underWay.join("a", () => new Promise(resolve => (end = resolve)));
    underWay.forget();
    const anew = underWay.join("a", () => new Promise(() => undefined));
    end();
    await old;
    assert.equal(underWay.of("a"), anew);
  });
});
