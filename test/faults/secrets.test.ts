import assert from "node:assert/strict";
import { RenderError } from "../../src/render/errors.js";
import { leaksIn } from "./secrets.js";

const key = "rnd_SampleKeyOfTheSimulator00001";

describe("the search for leaked keys", () => {
  const hidden = Object.defineProperty(new Error("x"), "request", { value: { key }, enumerable: false });
  const cause = new Error("outer", { cause: new Error("inner", { cause: new Error(`sent ${key}`) }) });
  const cyclic: Record<string, unknown> = { key };
  cyclic["self"] = cyclic;
  const leaks: Record<string, unknown> = {
    "a log line": `GET /users -> 200, ${key}`,
    "a message": new Error(`with ${key}`),
    "a cause of a cause": cause,
    "a hidden field": hidden,
    "a getter": {
      get authorization() {
        return key;
      },
    },
    "a map": new Map([["Authorization", new Set([key])]]),
    "a cyclic object": cyclic,
    "toJSON only": Object.defineProperty({}, "toJSON", { value: () => ({ key }) }),
    "an address": `https://render.invalid/?key=${encodeURIComponent(key)}`,
    base64: `Basic ${Buffer.from(key).toString("base64")}`,
    "base64 of the header": Buffer.from(`Bearer ${key}`).toString("base64"),
    "the header with another key": { headers: { Authorization: "Bearer something" } },
    "what the server said": new RenderError("badRequest", {
      method: "GET",
      path: "/users",
      serverMessage: `no such key ${key}`,
    }),
  };
  for (const [name, output] of Object.entries(leaks))
    it(`finds the key in ${name}`, () => {
      const found = leaksIn({ fine: "nothing here", [name]: output }, key);
      assert.deepEqual(found, [`${name} holds the key or the Authorization header`]);
    });

  it("finds nothing where nothing is", () => {
    const error = new RenderError("unauthorized", { method: "GET", path: "/users", status: 401 });
    const outputs = {
      error,
      text: "Set API Key: rnd_…",
      nothing: undefined,
      list: [1, null, "bearer of news"],
    };
    assert.deepEqual(leaksIn(outputs, key), []);
  });
});
