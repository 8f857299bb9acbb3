import assert from "node:assert/strict";
import { kindOfStatus, RenderError } from "../../../src/render/errors.js";

describe("RenderError", () => {
  it("tells what is known and nothing else", () => {
    const error = new RenderError("notFound", { method: "GET", path: "/services/srv-1" });
    assert.equal(error.message, "GET /services/srv-1: notFound");
    assert.equal(error.maybeReceived, false);
    assert.ok(!("cause" in error));
    assert.ok(error instanceof Error);
  });

  it("puts every detail into its message", () => {
    const error = new RenderError("badShape", {
      method: "GET",
      path: "/users",
      status: 200,
      field: "user.name",
      requestId: "r-1",
      serverMessage: "odd",
      cause: new Error("deep"),
    });
    assert.equal(error.message, "GET /users: badShape (status 200, field user.name, request r-1, odd, deep)");
  });
});

describe("kindOfStatus", () => {
  for (const [status, kind] of [
    [200, "unexpectedStatus"],
    [300, "redirected"],
    [399, "redirected"],
    [400, "badRequest"],
    [407, "proxySignIn"],
    [408, "timeout"],
    [425, "unavailable"],
    [499, "badRequest"],
    [503, "unavailable"],
    [511, "networkSignIn"],
    [521, "unavailable"],
    [599, "unavailable"],
  ] as const)
    it(`calls ${status} ${kind}`, () => {
      assert.equal(kindOfStatus(status), kind);
    });
});
