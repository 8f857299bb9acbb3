import assert from "node:assert/strict";
import { listedFiles, trackedFiles } from "../../../src/git/listedFiles.js";

describe("the files that Git lists", () => {
  it("of a commit are those with contents, whatever their names", () => {
    const id = "5e1c309dae7f45e0f39b1bf3ac3cd9db12e7d689";
    const output = [
      `100644 blob ${id}\tREADME.md`,
      `100755 blob ${id}\tbin/a b\tc.sh`,
      `120000 blob ${id}\tlink`,
      `160000 commit ${id}\tthemes/paper`,
      "",
    ].join("\0");
    assert.deepEqual([...listedFiles(output).keys()], ["README.md", "bin/a b\tc.sh", "link"]);
    assert.equal(listedFiles(output).get("README.md"), id);
  });

  it("now are known by their paths alone", () => {
    assert.deepEqual(
      [...trackedFiles("a.ts\0src/ä b.ts\0")],
      [
        ["a.ts", undefined],
        ["src/ä b.ts", undefined],
      ],
    );
  });

  it("are none where it says nothing, or what it never says", () => {
    for (const text of ["", "\0\0", "fatal: not a tree object"]) {
      assert.equal(listedFiles(text).size, 0, text);
    }
    assert.equal(trackedFiles("").size, 0);
  });
});
