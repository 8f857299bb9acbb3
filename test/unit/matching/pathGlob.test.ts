import assert from "node:assert/strict";
import fc from "fast-check";
import picomatch from "picomatch";
import { matchesGlob, mayMatchGlob } from "../../../src/matching/pathGlob.js";

describe("matchesGlob", () => {
  const cases: readonly (readonly [path: string, glob: string, matches: boolean])[] = [
    ["docs/a.txt", "docs/*", true],
    ["docs/deep/a.txt", "docs/*", false],
    ["docs/deep/er/a.txt", "docs/**", true],
    ["docs", "docs/**", true],
    ["README.md", "**/*.md", true],
    ["docs/a1.txt", "docs/a?.txt", true],
    ["docs/a/.txt", "docs/a?.txt", false],
    ["docs/a1.txt", "docs/a[0-9].txt", true],
    ["docs/ab.txt", "docs/a[^0-9].txt", true],
    ["docs/a1.txt", "docs/a[^0-9].txt", false],
    [".github/workflows/ci.yml", ".github/**", true],
    ["docs/.well-known/a.txt", "docs/**", true],
    // As people write the root of the repository.
    ["docs/a.txt", "./docs/**", true],
    ["docs/a.txt", "/docs/**", true],
    // All else means itself.
    ["a.ts", "{a,b}.ts", false],
    ["{a,b}.ts", "{a,b}.ts", true],
    ["b.ts", "!a.ts", false],
    ["!a.ts", "!a.ts", true],
    ["a", "+(a|b)", false],
    ["a", "(a|b)", false],
    ["app/(auth)/page.tsx", "app/(auth)/**", true],
    ["app/auth/page.tsx", "app/(auth)/**", false],
    ["app/(auth)/page.tsx", "app/\\(auth\\)/**", true],
    ["app/[id]/page.tsx", "app/[id]/**", true],
    ["app/i/page.tsx", "app/[id]/**", true],
    ["app/[[...slug]]/page.tsx", "app/[[...slug]]/**", true],
    ["a]", "a[]]", true],
    ["ab", "a[^]]", true],
    ["a/b", "a[^b]b", false],
    ["a[b", "a[b", true],
    ["a*b", "a\\*b", true],
    ["axb", "a\\*b", false],
    ["a/b/c", "**/**/c", true],
    ["a/b/c", "a/**/**", true],
    ["a/b", "**", true],
    ["a/b", "a**b", false],
    ["a", "", false],
    ["a", "./", false],
  ];
  for (const [path, glob, matches] of cases)
    it(`${path} ${matches ? "is" : "is not"} named by ${JSON.stringify(glob)}`, () => {
      assert.equal(matchesGlob(path, glob), matches);
    });

  it("tries no glob that is longer than any a person writes", () => {
    assert.equal(matchesGlob("a".repeat(300), "a".repeat(300)), true);
    assert.equal(matchesGlob("a".repeat(301), "a".repeat(301)), false);
  });

  it("takes stars, folders and literals as others do", () => {
    const options = { windows: false, dot: true, nobrace: true, noextglob: true, nonegate: true };
    const name = fc.constantFrom("a", "b", "ab", "abc", "b.md", "a-b", ".a");
    const part = fc.constantFrom(
      "**",
      "*",
      "a*",
      "*b",
      "*.md",
      "?",
      "a?c",
      "a[b-]*",
      "[^b]*",
      "a",
      "ab",
      ".a",
    );
    fc.assert(
      fc.property(
        fc.array(name, { minLength: 1, maxLength: 4 }),
        // A folder that a star alone stands for is not itself named by what is in it, says picomatch.
        fc.array(part, { minLength: 1, maxLength: 4 }).filter(parts => !parts.join("/").endsWith("*/**")),
        (names, parts) => {
          const [path, glob] = [names.join("/"), parts.join("/")];
          assert.equal(matchesGlob(path, glob), picomatch.isMatch(path, glob, options), `${path} ${glob}`);
        },
      ),
      { numRuns: 3_000 },
    );
  });

  it("never throws, whatever the glob and the path are", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (path, glob) => {
        assert.equal(typeof matchesGlob(path, glob), "boolean");
      }),
    );
  });
});

describe("mayMatchGlob", () => {
  for (const [path, glob, may] of [
    ["services/api/a.ts", "services/api", true],
    ["services/api/a.ts", "services/api/", true],
    ["services/api-docs/a.ts", "services/api", false],
    ["src/a.tsx", "src/*.{ts,tsx}", true],
    ["src/a.ts", "!docs/**", true],
    ["docs/a.ts", "!docs/**", false],
    ["src/a.ts", "a".repeat(301), true],
    ["src/a.ts", "", false],
    ["app/auth/page.tsx", "app/(auth)/**", false],
  ] as const)
    it(`${path} ${may ? "may be" : "is not"} named by ${JSON.stringify(glob.slice(0, 20))}`, () => {
      assert.equal(mayMatchGlob(path, glob), may);
    });

  it("is true wherever the glob surely names the path", () => {
    fc.assert(
      fc.property(fc.constantFrom("a/b.ts", "a/.c/d.md", "e"), fc.string(), (path, glob) => {
        if (matchesGlob(path, glob)) assert.equal(mayMatchGlob(path, glob), true);
      }),
    );
  });
});
