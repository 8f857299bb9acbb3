import assert from "node:assert/strict";
import { serviceRemotes } from "../../../../src/core/git/serviceRemotes.js";
import type { RemoteAddresses } from "../../../../src/core/git/remoteAddresses.js";

const repo = "https://github.com/acme/shop";

const remote = (name: string, fetch: string, push = fetch): RemoteAddresses => ({
  name,
  fetch: [fetch],
  push: [push],
});
const sure = remote("acme/upstream", "git@github.com:acme/shop.git");
const alias = remote("work", "git@github-work:acme/shop.git");
const fork = remote("origin", "git@github.com:ada/shop.git");
const mirror = remote("mirror", "https://github.com/acme/shop", "git@github.com:ada/shop.git");

describe("serviceRemotes", () => {
  const rows: readonly [
    name: string,
    remotes: readonly RemoteAddresses[],
    isLinked: boolean,
    fetch: readonly string[],
    push: readonly string[],
  ][] = [
    ["one of several by its address", [fork, sure], false, ["acme/upstream"], ["acme/upstream"]],
    ["what differs for fetching and pushing", [mirror], false, ["mirror"], []],
    ["an ssh alias where nothing is surer", [fork, alias], false, ["work"], ["work"]],
    ["no ssh alias where something is", [alias, sure], false, ["acme/upstream"], ["acme/upstream"]],
    ["none of another repository", [fork], false, [], []],
    ["all of a linked clone that was renamed", [fork], true, ["origin"], ["origin"]],
    [
      "the one by its address of a linked clone too",
      [fork, sure],
      true,
      ["acme/upstream"],
      ["acme/upstream"],
    ],
    ["none where there are none", [], true, [], []],
  ];
  for (const [name, remotes, isLinked, fetch, push] of rows)
    it(`takes ${name}`, () => {
      assert.deepEqual(serviceRemotes(remotes, { repo, isLinked }, "fetch"), fetch);
      assert.deepEqual(serviceRemotes(remotes, { repo, isLinked }, "push"), push);
    });
});
