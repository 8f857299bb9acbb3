import assert from "node:assert/strict";
import { readPastedKey } from "../../../src/account/pastedKey.js";

const key = "rnd_0123456789abcdefghijABCDEFGH";

describe("readPastedKey", () => {
  const wrapped = [
    key,
    `  ${key}\r\n`,
    `"${key}"`,
    `'${key}'`,
    `\`${key}\``,
    `“${key}”`,
    `‘${key}’`,
    `«${key}»`,
    `„${key}“`,
    `Bearer ${key}`,
    `bearer\u00a0${key}`,
    `Authorization: Bearer ${key}`,
    `"Authorization: Bearer ${key}"`,
    `'authorization:bearer ${key}',`,
    `RENDER_API_KEY=${key}`,
    `RENDER_API_KEY = "${key}"`,
    `export RENDER_API_KEY='${key}';`,
    `set RENDER_API_KEY=${key}`,
    `$env:RENDER_API_KEY = "${key}"`,
    `RENDER_API_KEY: ${key}`,
    `"RENDER_API_KEY": "${key}",`,
    `${key},`,
    `${key};`,
    `\ufeff${key}`,
    `\u200b${key}\u200b`,
    `${key.slice(0, 9)}\u200b${key.slice(9)}`,
    `${key.slice(0, 9)}\u00ad\u2060${key.slice(9)}`,
    `${key.slice(0, 9)}\u00a0${key.slice(9)}`,
    `\u202f${key}\u3000`,
    `{"RENDER_API_KEY":"${key}"}`,
    `- RENDER_API_KEY=${key}`,
    `ENV RENDER_API_KEY=${key}`,
    `RENDER_API_KEY=${key} # production`,
    `RENDER_API_KEY=${key}\nOTHER=1`,
    `api_key=${key}`,
    `(${key})`,
    `${key}.`,
    `curl -H "Authorization: Bearer ${key}"`,
    `${key.slice(0, 12)}\n${key.slice(12)}`,
    `${key.slice(0, 12)}\r\n${key.slice(12)}\n`,
  ];
  for (const pasted of wrapped)
    it(`finds the key in ${JSON.stringify(pasted)}`, () => {
      assert.deepEqual(readPastedKey(pasted), { ok: true, key });
    });

  it("takes what has no usual form for a key, as only Render can tell", () => {
    for (const other of ["abc", "RND-1", "0123", "rnd_a-b.c+d/e="])
      assert.deepEqual(readPastedKey(other), { ok: true, key: other });
  });

  const none: readonly [pasted: string, says: RegExp][] = [
    ["", /^Paste the API key first/u],
    [" \u200b\n", /^Paste the API key first/u],
    ['""', /^Paste the API key first/u],
    ["Bearer ", /^Paste the API key first/u],
    ["RENDER_API_KEY=", /^Paste the API key first/u],
    ["rnd_••••••••", /^This is a key with a part of it hidden/u],
    ["rnd_****wxyz", /^This is a key with a part of it hidden/u],
    ["rnd_…", /^This is a key with a part of it hidden/u],
    ["rnd_abc...xyz", /^This is a key with a part of it hidden/u],
    [
      "https://api.render.com/deploy/srv-d1k8q2v6n9fs73b4m5t0?key=s3cr3t",
      /^This is the address of a deploy hook/u,
    ],
    [
      "https://api.render.com/deploy/crn-d1k8q2v6n9fs73b4m5t0?key=s3cr3t",
      /^This is the address of a deploy hook/u,
    ],
    ["https://dashboard.render.com/u/settings?add-api-key", /^This is an address/u],
    ["ada@harbor.example", /^This is an email address/u],
    ["srv-d1k8q2v6n9fs73b4m5t0", /^This is the id of something at Render/u],
    ["crn-d1k8q2v6n9fs73b4m5t0", /^This is the id of something at Render/u],
    ["tea-cq0f3t9l5s7s73e2h1ng", /^This is the id of something at Render/u],
    ["my render key", /^An API key has no blanks in it/u],
    [`${key}\n${key}`, /^These are several keys\./u],
    [`${key},${key}`, /^These are several keys\./u],
    ["$RENDER_API_KEY", /^This is the name of a variable, not the key in it\./u],
    ["{{RENDER_API_KEY}}", /^This is the name of a variable, not the key in it\./u],
    ["ghp_0123456789abcdefghij", /^This is a key of another service\./u],
    ["rnd_schlüssel", /^No API key has the character “ü” in it/u],
    ["ключ", /^No API key has the character “к” in it/u],
    ["rnd_🔑", /^No API key has the character “🔑” in it/u],
  ];
  for (const [pasted, says] of none)
    it(`names what ${JSON.stringify(pasted)} is, and what to do`, () => {
      const read = readPastedKey(pasted);
      assert.ok(!read.ok);
      assert.match(read.text, says);
      if (!says.source.includes("Paste"))
        assert.match(read.text, /(?:[Cc]reate|Copy) .*Nothing was sent\.$/u);
    });
});
