import assert from "node:assert/strict";
import fc from "fast-check";
import { markOf, sortedFiles, type FileMark } from "../../../../src/features/shipPreview/shipPreview.js";

describe("markOf", () => {
  const rows: [path: string, mark: FileMark | undefined][] = [
    ["package-lock.json", "lockFile"],
    ["apps/web/pnpm-lock.yaml", "lockFile"],
    ["Gemfile.lock", "lockFile"],
    ["Cargo.lock", "lockFile"],
    ["go.sum", "lockFile"],
    ["render.yaml", "render.yaml"],
    ["deploy/render.yml", "render.yaml"],
    ["db/migrate/20260612_add_index.rb", "migration"],
    ["migrations/0001_init.sql", "migration"],
    ["api/polls/migrations/0002_more.py", "migration"],
    ["alembic/versions/1975ea_more.py", "migration"],
    ["prisma/migrations/20260612/migration.sql", "migration"],
    ["api/polls/migrations/__init__.py", undefined],
    ["migrations/README.md", undefined],
    ["src/migrations.ts", undefined],
    ["docs/migration-guide.md", undefined],
    ["README.md", undefined],
    ["lock", undefined],
  ];
  for (const [path, mark] of rows)
    it(`${path}: ${mark ?? "none"}`, () => {
      assert.equal(markOf(path), mark);
    });
});

describe("sortedFiles", () => {
  const path = fc.oneof(
    fc.constantFrom("render.yaml", "go.sum", "db/migrate/1.rb", "a.ts", "b/a.ts", "yarn.lock"),
    fc.string(),
  );

  it("keeps every file, marked ones first", () => {
    fc.assert(
      fc.property(fc.uniqueArray(path), paths => {
        const sorted = sortedFiles(paths.map(each => ({ path: each, change: "modified" as const })));
        assert.deepEqual(sorted.map(file => file.path).sort(), [...paths].sort());
        const marked = sorted.map(file => markOf(file.path) !== undefined);
        assert.deepEqual(
          marked,
          [...marked].sort((a, b) => Number(b) - Number(a)),
        );
      }),
    );
  });

  it("puts render.yaml before migrations before lock files, and the rest by path", () => {
    const paths = ["b.ts", "go.sum", "a.ts", "db/migrate/2.rb", "db/migrate/1.rb", "render.yaml"];
    assert.deepEqual(
      sortedFiles(paths.map(each => ({ path: each, change: "added" as const }))).map(file => file.path),
      ["render.yaml", "db/migrate/1.rb", "db/migrate/2.rb", "go.sum", "a.ts", "b.ts"],
    );
  });
});
