import assert from "node:assert/strict";
import fc from "fast-check";
import { linksIn } from "../../../../src/features/deployLog/logLinks.js";

describe("the places that a line of a log names", () => {
  for (const [text, ...expected] of [
    ["src/berths/assign.ts:88:17 - error TS2345: Argument of type", "src/berths/assign.ts 88 17"],
    ["08:00:01  src/tides/table.ts(12,24): error TS2307: Cannot find module", "src/tides/table.ts 12 24"],
    [
      '  File "/opt/render/project/src/harbor/app.py", line 7, in <module>',
      "/opt/render/project/src/harbor/app.py 7",
    ],
    ["./main.go:31:2: undefined: berth", "./main.go 31 2"],
    [
      "    at load (/opt/render/project/src/dist/server.js:14:9)",
      "/opt/render/project/src/dist/server.js 14 9",
    ],
    ["    at file:///app/server.mjs:3:1", "file:///app/server.mjs 3 1"],
    ["src/app/[slug]/page.tsx:5:10", "src/app/[slug]/page.tsx 5 10"],
    ["a.ts:1 and b.ts:2:3", "a.ts 1", "b.ts 2 3"],
    ["listening on http://0.0.0.0:10000"],
    ["see https://render.com/docs/deploys.html:3 for more"],
    ["12:30:05 started version 1.2.3:4"],
    ["==> Your service is live 🎉"],
    [""],
  ] as readonly (readonly [string, ...string[]])[])
    it(JSON.stringify(text), () => {
      const found = linksIn(text).map(({ path, line, column }) =>
        [path, line, column].filter(part => part !== undefined).join(" "),
      );
      assert.deepEqual(found, expected);
      for (const { from, to, path } of linksIn(text)) assert.ok(text.slice(from, to).includes(path));
    });

  it("are found in whatever is printed, without failing, in the part that is read", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 1_000, unit: "binary" }), text => {
        for (const { from, to } of linksIn(text)) assert.ok(from >= 0 && to <= text.length && from < to);
      }),
    );
  });
});
