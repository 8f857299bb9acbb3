import assert from "node:assert/strict";
import { SettingError } from "../../../../src/render/apiUrl.js";
import { RenderError, type RenderErrorKind } from "../../../../src/render/errors.js";
import type { Listing } from "../../../../src/services/directory.js";
import {
  loadFailure,
  servicesState,
  textAboveRows,
  type LoadFailure,
  type ServicesState,
} from "../../../../src/features/servicesView/servicesState.js";
import { aService } from "../../../support/builders.js";

const nothing = { owners: [], services: [], projects: [], environments: [] };

describe("servicesState", () => {
  const states: readonly (readonly [
    Listing["state"],
    Listing["services"],
    hasRows: boolean,
    ServicesState,
  ])[] = [
    ["signedOut", [], false, "signedOut"],
    ["idle", [], false, "loading"],
    ["loading", [], false, "loading"],
    ["loading", [aService()], true, "ready"],
    ["ready", [aService()], true, "ready"],
    ["ready", [aService()], false, "noMatch"],
    ["ready", [], false, "empty"],
    ["failed", [], false, "failed"],
    ["failed", [aService()], true, "ready"],
  ];
  for (const [state, services, hasRows, shown] of states)
    it(`is ${shown} for ${services.length} services, ${state}, ${hasRows ? "with" : "without"} rows`, () => {
      assert.equal(servicesState({ ...nothing, state, services }, hasRows), shown);
    });
});

describe("services that could not be read", () => {
  const hidden: Listing = { ...nothing, state: "ready", unread: { services: 2 } };

  it("are no empty account where there is no other", () => {
    assert.equal(servicesState(hidden, false), "failed");
    assert.equal(loadFailure(hidden), "other");
  });

  it("are said above the rows, with all else that could not", () => {
    const account: Listing = { ...hidden, services: [aService()] };
    assert.equal(servicesState(account, true), "ready");
    assert.equal(textAboveRows(account, ""), "2 services could not be read: see the output.");
    assert.equal(
      textAboveRows({ ...account, unread: { services: 1, owners: 1, environments: 3 } }, "api"),
      "1 service, 1 workspace, 3 environments could not be read: see the output. Filtered by “api”",
    );
  });
});

describe("textAboveRows", () => {
  const ready: Listing = { ...nothing, state: "ready", services: [aService()] };

  it("says what the rows are filtered by, on one line", () => {
    assert.equal(textAboveRows(ready, "harbor\napi"), "Filtered by “harbor api”");
    assert.equal(textAboveRows(ready, ""), "");
  });

  it("says that the rows are of before where the last load failed", () => {
    const failed: Listing = { ...ready, state: "failed", error: new Error("?") };
    assert.match(textAboveRows(failed, "harbor"), /Shown is what was known before\.$/u);
  });

  it("leaves the word to the welcome texts where there are no rows", () => {
    assert.equal(textAboveRows({ ...nothing, state: "failed", error: new Error("?") }, "harbor"), "");
  });
});

describe("loadFailure", () => {
  const kinds: readonly (readonly [RenderErrorKind, LoadFailure])[] = [
    ["unauthorized", "apiKey"],
    ["rateLimited", "rateLimit"],
    ["dns", "network"],
    ["timeout", "network"],
    ["unavailable", "network"],
    ["gatewayFailed", "network"],
    ["intercepted", "between"],
    ["proxySignIn", "between"],
    ["networkSignIn", "between"],
    ["redirected", "between"],
    ["keyUnreadable", "keyring"],
    ["unusableKey", "refused"],
    ["forbidden", "other"],
    ["badRequest", "other"],
  ];
  for (const [kind, failure] of kinds)
    it(`of ${kind} is ${failure}`, () => {
      const error = new RenderError(kind, { method: "GET", path: "/services" });
      assert.equal(loadFailure({ state: "failed", error, ...nothing }), failure);
    });

  it("tells what nobody knows to be of Render from its own", () => {
    const of = (kind: RenderErrorKind): LoadFailure => {
      const error = new RenderError(kind, { method: "GET", path: "/", answerer: "unclear" });
      return loadFailure({ state: "failed", error, ...nothing });
    };
    assert.deepEqual([of("unauthorized"), of("rateLimited")], ["refused", "between"]);
  });

  it("tells a setting that cannot be used from all else", () => {
    const error = new SettingError("It must be an https address.");
    assert.equal(loadFailure({ state: "failed", error, ...nothing }), "setting");
    assert.equal(loadFailure({ state: "failed", error: new Error("?"), ...nothing }), "other");
  });

  it("is none where the last load did not fail", () => {
    assert.equal(loadFailure({ state: "loading", ...nothing }), "none");
  });
});
