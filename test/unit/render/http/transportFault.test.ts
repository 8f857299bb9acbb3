import assert from "node:assert/strict";
import { plain, readTransportFault, withoutSecrets } from "../../../../src/render/http/transportFault.js";
import type { RenderErrorKind } from "../../../../src/render/errors.js";

describe("readTransportFault", () => {
  const cases: [object, RenderErrorKind, boolean][] = [
    [{ code: "ENOTFOUND", erroredSysCall: "getaddrinfo" }, "dns", false],
    [{ code: "EAI_AGAIN" }, "dns", false],
    [{ code: "ECONNREFUSED", erroredSysCall: "connect" }, "unreachable", false],
    [{ code: "ECONNREFUSED" }, "unreachable", false],
    [{ code: "EHOSTUNREACH", erroredSysCall: "connect" }, "unreachable", false],
    [{ code: "ENETUNREACH", syscall: "connect" }, "unreachable", false],
    [{ code: "ENETUNREACH" }, "unreachable", false],
    [{ code: "EHOSTUNREACH", erroredSysCall: "read" }, "unreachable", true],
    [{ code: "ECONNRESET", erroredSysCall: "read" }, "unreachable", true],
    [{ code: "ECONNRESET" }, "unreachable", true],
    [{ code: "EPIPE", erroredSysCall: "write" }, "unreachable", true],
    [{ code: "ETIMEDOUT", erroredSysCall: "connect" }, "timeout", false],
    [{ code: "ETIMEDOUT", erroredSysCall: "read" }, "timeout", true],
    [{ code: "CERT_HAS_EXPIRED" }, "tls", false],
    [{ code: "DEPTH_ZERO_SELF_SIGNED_CERT" }, "tls", false],
    [{ code: "SELF_SIGNED_CERT_IN_CHAIN" }, "tls", false],
    [{ code: "UNABLE_TO_VERIFY_LEAF_SIGNATURE" }, "tls", false],
    [{ code: "ERR_TLS_CERT_ALTNAME_INVALID" }, "tls", false],
    [{ code: "ERR_SSL_WRONG_VERSION_NUMBER" }, "tls", false],
    [{ code: "HOSTNAME_MISMATCH" }, "tls", false],
    [{ code: "EPROTO", erroredSysCall: "write" }, "tls", false],
    [{ code: "ERR_STREAM_PREMATURE_CLOSE" }, "cutOff", true],
    [{ code: "HPE_INVALID_CONSTANT" }, "cutOff", true],
    [{ code: "EPROTOTYPE" }, "unreachable", true],
    [{ code: 5 }, "unreachable", true],
    [new TypeError("x is not a function"), "unreachable", true],
  ];
  for (const [error, kind, maybeReceived] of cases)
    it(`takes ${error instanceof Error ? String(error) : JSON.stringify(error)} for ${kind}`, () => {
      assert.deepEqual(readTransportFault(error), { kind, maybeReceived });
    });
  for (const nothing of [undefined, null, "ENOTFOUND"])
    it(`takes ${String(nothing)} for unreachable`, () => {
      assert.deepEqual(readTransportFault(nothing), { kind: "unreachable", maybeReceived: true });
    });
});

describe("withoutSecrets", () => {
  it("keeps name, message and code", () => {
    const copy = withoutSecrets(
      Object.assign(new RangeError("far rnd_1 off"), { code: "E1", key: "rnd_1" }),
      "rnd_1",
    );
    const kept = Object.getOwnPropertyNames(copy).filter(name => name !== "stack");
    assert.deepEqual(kept.sort(), ["code", "message", "name"]);
    assert.deepEqual(
      [copy.name, copy.message, Reflect.get(copy, "code")],
      ["RangeError", "far [key] off", "E1"],
    );
  });
  it("keeps the message whole when there is no key", () => {
    assert.equal(withoutSecrets("text", "").message, "text");
    assert.equal(withoutSecrets(undefined, "rnd_1").message, "undefined");
  });
});

describe("plain", () => {
  it("makes one bounded line without the key, and hides the key before it cuts", () => {
    assert.equal(plain("a\u0000\u001b\u202e\n\tb rnd_1", "rnd_1", 100), "a b [key]");
    assert.equal(plain("12345 rnd_123456", "rnd_123456", 8), "12345 […");
  });
});
