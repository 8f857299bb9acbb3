import assert from "node:assert/strict";
import { parseApiUrl, renderApiUrl } from "../../../src/render/apiUrl.js";

describe("parseApiUrl", () => {
  for (const [setting, url, origin] of [
    ["", renderApiUrl, "https://api.render.com"],
    ["  ", renderApiUrl, "https://api.render.com"],
    [renderApiUrl, renderApiUrl, "https://api.render.com"],
    [" https://api.render.com/v1/// ", renderApiUrl, "https://api.render.com"],
    ["https://proxy.example:8443", "https://proxy.example:8443", "https://proxy.example:8443"],
    ["HTTPS://API.Render.com:443/v1", renderApiUrl, "https://api.render.com"],
    ["http://localhost:3000/v1", "http://localhost:3000/v1", "http://localhost:3000"],
    ["http://127.0.0.1:3000", "http://127.0.0.1:3000", "http://127.0.0.1:3000"],
    ["http://127.8.9.10", "http://127.8.9.10", "http://127.8.9.10"],
    ["http://[::1]:3000/v1", "http://[::1]:3000/v1", "http://[::1]:3000"],
    ["https://localhost", "https://localhost", "https://localhost"],
  ] as const)
    it(`takes ${JSON.stringify(setting)} as ${url}`, () => {
      assert.deepEqual(parseApiUrl(setting), { ok: true, url, origin });
    });

  for (const [setting, reason] of [
    ["api.render.com/v1", /not an address/u],
    ["https://", /not an address/u],
    ["http://api.render.com/v1", /must begin with https/u],
    ["http://localhost.example.com", /must begin with https/u],
    ["http://127.0.0.1.example.com", /must begin with https/u],
    ["http://127.example.com", /must begin with https/u],
    ["http://10.0.0.1", /must begin with https/u],
    ["http://0.0.0.0", /must begin with https/u],
    ["http://[::2]", /must begin with https/u],
    ["file:///etc/passwd", /must begin with https/u],
    ["ftp://localhost", /must begin with https/u],
    ["javascript:alert(1)", /must begin with https/u],
    ["http://localhost@evil.example", /must begin with https/u],
    ["https://ada@api.render.com/v1", /plain address/u],
    ["https://:secret@api.render.com/v1", /plain address/u],
    ["https://api.render.com/v1?x=1", /plain address/u],
    ["https://api.render.com/v1?", /plain address/u],
    ["https://api.render.com/v1#x", /plain address/u],
    ["https://api.render.com/v1#", /plain address/u],
  ] as const)
    it(`refuses ${setting}`, () => {
      const parsed = parseApiUrl(setting);
      assert.ok(!parsed.ok);
      assert.match(parsed.text, reason);
      assert.match(parsed.text, /^The setting render\.apiUrl .*\.$/u);
      assert.ok(!parsed.text.includes("secret"), "what was typed may be a secret");
    });
});
