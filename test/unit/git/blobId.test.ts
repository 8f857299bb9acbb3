import assert from "node:assert/strict";
import { blobId, isBlob } from "../../../src/git/blobId.js";

describe("the id of contents", () => {
  // As `git hash-object --stdin` gives them.
  const hello = { sha1: "ce013625030ba8dba906f756967f9e9ca394464a", text: Buffer.from("hello\n") };
  const empty = "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391";
  const emptySha256 = "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813";

  it("is that of Git, in repositories of both kinds", () => {
    assert.equal(blobId(hello.text, false), hello.sha1);
    assert.equal(blobId(Buffer.alloc(0), false), empty);
    assert.equal(blobId(Buffer.alloc(0), true), emptySha256);
  });

  it("tells whether a file is what Git has, with line ends of either kind", () => {
    assert.ok(isBlob(hello.text, hello.sha1));
    assert.ok(isBlob(Buffer.from("hello\r\n"), hello.sha1));
    assert.ok(isBlob(Buffer.alloc(0), emptySha256));
    assert.ok(!isBlob(Buffer.from("hello"), hello.sha1));
    assert.ok(!isBlob(Buffer.from("hallo\r\n"), hello.sha1));
  });
});
