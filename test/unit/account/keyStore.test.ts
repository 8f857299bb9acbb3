import assert from "node:assert/strict";
import { KeyStore, type SecretPort } from "../../../src/account/keyStore.js";
import { KeyStoreError, RenderError } from "../../../src/render/errors.js";
import { keyProblem, sessionQuestion, signedInText } from "../../../src/account/keyTexts.js";
import { explain } from "../../../src/render/errorTexts.js";
import { SettingError } from "../../../src/render/apiUrl.js";
import { RecordingLog } from "../../support/builders.js";

const key = "rnd_0123456789abcdefghijABCDEFGH";

/** A secret storage that can be told to fail, as one without a keyring, or with a locked one, does. */
class Secrets implements SecretPort {
  readonly kept = new Map<string, string>();
  /** Why it fails; undefined while it does not. */
  fails: string | undefined;

  get(name: string): Promise<string | undefined> {
    return this.#do(() => this.kept.get(name));
  }

  store(name: string, value: string): Promise<void> {
    return this.#do(() => void this.kept.set(name, value));
  }

  delete(name: string): Promise<void> {
    return this.#do(() => void this.kept.delete(name));
  }

  #do<T>(work: () => T): Promise<T> {
    return this.fails === undefined ? Promise.resolve(work()) : Promise.reject(new Error(this.fails));
  }
}

function setUp() {
  const secrets = new Secrets();
  const log = new RecordingLog();
  const place = { origin: "https://api.render.com", changes: 0 };
  const store = new KeyStore({ secrets, origin: () => place.origin, changed: () => place.changes++, log });
  return { secrets, log, place, store };
}

const failed = (action: KeyStoreError["action"]) => (error: unknown) =>
  error instanceof KeyStoreError && error.action === action;

describe("KeyStore", () => {
  it("keeps the key in the secret storage, under the origin of the API", async () => {
    const { store, secrets, place } = setUp();
    assert.equal(await store.state(), "absent");
    await store.store(key);
    assert.deepEqual([...secrets.kept], [["render.apiKey:https://api.render.com", key]]);
    assert.deepEqual([await store.read(), await store.state()], [key, "present"]);
    place.origin = "https://elsewhere.example";
    assert.equal(await store.read(), undefined);
    place.origin = "https://api.render.com";
    await store.remove();
    assert.equal(await store.read(), undefined);
  });

  for (const reason of ["No keyring found", "The keyring is locked", "Access denied"])
    it(`tells a failure from having no key: ${reason}`, async () => {
      const { store, secrets, log } = setUp();
      secrets.fails = reason;
      await assert.rejects(store.read(), failed("read"));
      await assert.rejects(store.store(key), failed("store"));
      await assert.rejects(store.remove(), failed("remove"));
      assert.equal(await store.state(), "unreadable");
      assert.deepEqual(log.lines.length, 1);
      assert.ok(log.lines[0]?.includes(reason));
    });

  it("keeps a key for this session in memory alone, for its origin, until it is removed", async () => {
    const { store, secrets, place } = setUp();
    secrets.fails = "The keyring is locked";
    store.keepForSession(key);
    assert.deepEqual([await store.read(), place.changes, secrets.kept.size], [key, 1, 0]);
    place.origin = "https://elsewhere.example";
    await assert.rejects(store.read(), failed("read"));
    place.origin = "https://api.render.com";
    await assert.rejects(store.remove(), failed("remove"));
    assert.equal(place.changes, 2);
    await assert.rejects(store.read(), failed("read"));
  });

  it("puts a key that is kept in place of one of this session", async () => {
    const { store, secrets } = setUp();
    store.keepForSession("rnd_session");
    await store.store(key);
    assert.equal(await store.read(), key);
    secrets.kept.clear();
    assert.equal(await store.read(), undefined);
  });

  it("passes on why the address of the API cannot be used", async () => {
    const refuse = (): never => {
      throw new SettingError("The setting must be an address.");
    };
    const store = new KeyStore({
      secrets: new Secrets(),
      origin: refuse,
      changed: refuse,
      log: new RecordingLog(),
    });
    for (const work of [
      () => store.read(),
      () => store.store(key),
      () => store.remove(),
      () => store.state(),
    ])
      await assert.rejects(work, SettingError);
  });

  it("knows its names", () => {
    assert.ok(KeyStore.isKeyName("render.apiKey:https://api.render.com"));
    assert.ok(!KeyStore.isKeyName("other"));
  });
});

describe("what a person reads of a secret storage that fails", () => {
  for (const [action, doing, says, ...remedies] of [
    ["read", "load the services", /cannot be read/u, "retry", "setApiKeyForSession", "showOutput"],
    ["store", "keep the API key", /did not take it/u, "retry", "setApiKeyForSession", "showOutput"],
    [
      "remove",
      "remove the API key",
      /may still hold it.*Revoke the key/u,
      "retry",
      "openDashboard",
      "showOutput",
    ],
  ] as const)
    it(`on ${action}: what failed, and what helps`, () => {
      const told = explain(new KeyStoreError(action, "locked"), doing);
      assert.match(told.text, new RegExp(`^Could not ${doing}: VS Code's secret storage`, "u"));
      assert.match(told.text, says);
      assert.match(
        told.text,
        /gnome-keyring or KWallet.*--password-store=basic.*login keychain.*restart VS Code/u,
      );
      assert.deepEqual(told.remedies, remedies);
    });

  it("is told as such by a request too, never as having no key", () => {
    const error = new RenderError("keyUnreadable", { method: "GET", path: "/services" });
    assert.match(explain(error, "deploy lighthouse").text, /secret storage.*cannot be read/u);
    assert.doesNotMatch(explain(error, "deploy lighthouse").text, /no Render API key/u);
  });

  it("says how long a key of this session lasts", () => {
    const ada = { name: "Ada Marsh", email: "ada@harbor.example" };
    assert.match(sessionQuestion.detail, /memory of this window.*closed or reloaded/u);
    assert.equal(signedInText(ada, "storage"), "Signed in to Render as Ada Marsh.");
    assert.match(
      signedInText({ ...ada, name: "" }, "session"),
      /as ada@harbor\.example, in this window and until it is closed or reloaded\.$/u,
    );
  });
});

describe("keyProblem", () => {
  const answer = (status: number, answerer: "render" | "unclear" | "between"): RenderError =>
    new RenderError(answerer === "between" ? "intercepted" : "unauthorized", {
      method: "GET",
      path: "/users",
      status,
      answerer,
    });
  const text = (error: unknown): string => keyProblem(error, explain(error, "check the key").text);

  it("says that Render did not accept the key where Render said so", () => {
    assert.match(text(answer(401, "render")), /^Render did not accept this key\./u);
  });

  for (const [what, error] of [
    ["nobody was asked", new RenderError("unusableKey", { method: "GET", path: "/users" })],
    ["a page came in its place", answer(401, "between")],
    ["it is not clear who refused", answer(401, "unclear")],
    ["Render did not answer", new RenderError("timeout", { method: "GET", path: "/users" })],
    ["the storage failed", new KeyStoreError("read", "locked")],
  ] as const)
    it(`does not say so where ${what}`, () => {
      assert.doesNotMatch(text(error), /Render did not accept/u);
      assert.match(text(error), /^Could not check the key: .* Nothing was kept\.$/u);
    });
});
