import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import fc from "fast-check";
import { parseConfig } from "../../../../src/git/remotes/configText.js";

const run = promisify(execFile);

describe("parseConfig", function () {
  // Git is asked again and again.
  this.timeout(20_000);
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "config-"));
  });
  after(() => rm(folder, { recursive: true }));

  /** `name` and value, as `git config --list --null` parts them. */
  const listed = (text: string): string[] =>
    parseConfig(text).map(({ section, subsection, key, value }) => {
      const name = [section, ...(subsection === undefined ? [] : [subsection]), key].join(".");
      return value === undefined ? name : `${name}\n${value}`;
    });

  async function byGit(text: string): Promise<string[] | undefined> {
    const file = join(folder, "config");
    await writeFile(file, text);
    try {
      const { stdout } = await run("git", ["config", "--file", file, "--list", "--null"]);
      return stdout.split("\0").slice(0, -1);
    } catch {
      return undefined;
    }
  }

  for (const [name, text] of [
    ["sections, subsections and keys", '[core]\n\tbare = false\n[remote "Acme/Upstream"]\n\tURL = x\n'],
    ["what stands beside its header", '[url "git@gitlab.com:"] insteadOf = gl:\n'],
    ["comments", '# one\n; two\n[a] # three\nb = c # four\nd = "e # f" ; g\n'],
    ["quotes and escapes", '[a]\nb = " x\\ty\\\\ " z\nc = a\\"b\n'],
    ["a value on several lines", "[a]\nb = one \\\n  two\nc = d\n"],
    ["a key that stands alone", "[a]\nb\nc =\n"],
    ["the older subsections", "[url.Base]\ninsteadOf = x\n"],
    ["a subsection with quotes", '[a "b\\"c\\\\d"]\ne = f\n'],
    ["lines of Windows", '\uFEFF[a]\r\nb = c\r\n[d "e"]\r\nf = "g"\r\n'],
    ["nothing", ""],
    ["no end of the last line", "[a]\nb = c"],
  ] as const)
    it(`reads ${name} as Git does`, async () => {
      assert.deepEqual(listed(text), await byGit(text));
    });

  it("reads whatever Git reads, as Git does", async () => {
    const piece = fc.constantFrom(
      ...'[a]\n|[url "x"]\n|[b.C]|k|=| |"|\\\\|\\"|\\n|#|;|\n|v w|\t|insteadOf = gl:\n|\\\n'.split("|"),
    );
    const text = fc.array(piece, { maxLength: 14 }).map(pieces => `[s]\n${pieces.join("")}`);
    await fc.assert(
      fc.asyncProperty(text, async written => {
        const expected = await byGit(written);
        if (expected) assert.deepEqual(listed(written), expected);
      }),
      { numRuns: 60 },
    );
  });
});
