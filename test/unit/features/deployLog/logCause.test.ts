import assert from "node:assert/strict";
import { causeText } from "../../../../src/features/deployLog/causeTexts.js";
import { logCause } from "../../../../src/features/deployLog/logCause.js";
import { assertPlain, hostileTexts } from "../../../support/hostileText.js";

/** What programs print, and the sentence that a person reads of it. */
const samples: readonly [name: string, printed: readonly string[], sentence: string][] = [
  [
    "a script that package.json lacks (npm)",
    [
      "==> Running build command 'npm run build'...",
      'npm error Missing script: "build"',
      "==> Build failed 😞",
    ],
    'Likely cause: package.json has no script "build". Add it, or correct the command or the root directory of the service.',
  ],
  [
    "the same (Yarn)",
    ["yarn run v1.22.22", 'error Command "bundle" not found.'],
    'Likely cause: package.json has no script "bundle". Add it, or correct the command or the root directory of the service.',
  ],
  [
    "a lock file that does not match (pnpm)",
    [
      ' ERR_PNPM_OUTDATED_LOCKFILE  Cannot install with "frozen-lockfile" because pnpm-lock.yaml is not up to date',
    ],
    "Likely cause: the lock file is missing or does not match package.json. Install here once, and commit the lock file.",
  ],
  [
    "the first error, and not what follows from it",
    ["npm error code ERESOLVE", "npm error ERESOLVE could not resolve", "sh: 1: prisma: not found"],
    "Likely cause: npm could not resolve the versions that the packages ask of each other. Bring them in line here first, and commit the lock file.",
  ],
  [
    "a module of Python",
    [
      "==> Running 'gunicorn app:app'",
      "==> No open ports detected, continuing to scan...",
      "Traceback (most recent call last):",
      '  File "/opt/render/project/src/app.py", line 3, in <module>',
      "ModuleNotFoundError: No module named 'flask_cors'",
      "==> Exited with status 1",
    ],
    'Likely cause: "flask_cors" was not found. Check that it is named among the dependencies, spelt with the same letter case, and committed.',
  ],
  [
    "a module that Python took out",
    ["ModuleNotFoundError: No module named 'imghdr'"],
    "Likely cause: the version of the language does not fit (imghdr). Pin the version that you use here.",
  ],
  [
    "an error of TypeScript",
    ["src/berths.ts(42,7): error TS2322: Type 'string' is not assignable to type 'number'."],
    "Likely cause: Type 'string' is not assignable to type 'number'. Correct the type error.",
  ],
  [
    "a variable that is not set",
    ["Error: Environment variable SESSION_SECRET is required"],
    "Likely cause: the environment variable SESSION_SECRET is not set. Set it for the service and deploy again.",
  ],
  [
    "memory that Node had too little of",
    [
      "<--- Last few GCs --->",
      "FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory",
    ],
    "Likely cause: it ran out of memory. Let it use less, or choose a larger instance type.",
  ],
  [
    "a submodule, although Git speaks of a user name first",
    [
      "fatal: could not read Username for 'https://github.com': terminal prompts disabled",
      "fatal: clone of 'https://github.com/harbor-labs/charts' into submodule path '/opt/render/project/src/charts' failed",
    ],
    "Likely cause: Render could not clone the submodule https://github.com/harbor-labs/charts. Grant the Render app access to it at your Git provider.",
  ],
  [
    "a port that was never opened, where nothing else failed",
    ["==> Running './start.sh'", "==> No open ports detected, continuing to scan..."],
    "Likely cause: no port was opened. Listen on 0.0.0.0 at the port that PORT names.",
  ],
  [
    "an error of the program's own",
    ["harborlib.errors.TideError: no tide table for berth 7", "==> Exited with status 1"],
    "Likely cause: harborlib.errors.TideError: no tide table for berth 7.",
  ],
];

describe("the cause that a log shows", () => {
  for (const [name, printed, sentence] of samples)
    it(`is ${name}`, () => {
      const shown = logCause(printed);
      assert.ok(shown);
      assert.equal(causeText({ shown, lines: shown.lines }), sentence);
    });

  it("is none where nothing failed", () => {
    const lines = [
      "==> Running build command 'npm ci'...",
      "added 412 packages in 9s",
      "==> Build successful 🎉",
    ];
    assert.equal(logCause(lines), undefined);
  });

  it("is none of what a command is called", () => {
    assert.equal(logCause(["==> Running 'node ModuleNotFoundError: No module named 'x''"]), undefined);
  });

  it("comes with what is indented below its line", () => {
    const lines = ["TypeError: tide is not a function", "    at berths.js:3:5", "    at main.js:1:1", "bye"];
    assert.deepEqual(logCause(lines)?.lines, [
      "TypeError: tide is not a function",
      "at berths.js:3:5",
      "at main.js:1:1",
    ]);
  });

  it("is a sentence that can be shown, whatever is printed", () => {
    for (const about of hostileTexts) {
      const shown = logCause([
        `Error: Cannot find module '${about.replaceAll(/[\r\n']/gu, " ").slice(0, 300)}'`,
      ]);
      assert.ok(shown);
      assertPlain(causeText({ shown, lines: shown.lines }), 400);
    }
  });
});
