import assert from "node:assert/strict";
import { parseConfig } from "../../../../src/git/remotes/configText.js";
import { serviceRemotes, usualRemote } from "../../../../src/git/remotes/serviceRemotes.js";
import type { RemoteAddresses } from "../../../../src/git/remotes/remoteAddresses.js";

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
    ["the only one of a linked clone that was renamed", [fork], true, ["origin"], ["origin"]],
    [
      "Git's own of a linked clone, not the first",
      [remote("heroku", "https://git.heroku.com/shop.git"), fork],
      true,
      ["origin"],
      ["origin"],
    ],
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
      const usual = usualRemote(remotes, [], "main");
      assert.deepEqual(serviceRemotes(remotes, { repo, isLinked }, "fetch", usual), fetch);
      assert.deepEqual(serviceRemotes(remotes, { repo, isLinked }, "push", usual), push);
    });
});

describe("usualRemote", () => {
  const [heroku, origin, other] = ["heroku", "origin", "other"].map(name => remote(name, `${name}:x/y`));
  const all = [heroku, origin, other].filter(each => each !== undefined);
  const rows: readonly [name: string, remotes: readonly RemoteAddresses[], config: string, usual?: string][] =
    [
      ["origin, whatever comes first", all, "", "origin"],
      ["what the branch is pushed to", all, '[branch "main"]\npushRemote = other\nremote = heroku', "other"],
      ["what all is pushed to", all, "[remote]\npushDefault = heroku", "heroku"],
      ["what the branch follows", all, '[branch "main"]\nremote = other', "other"],
      ["not what another branch follows", all, '[branch "fog"]\nremote = other', "origin"],
      ["not the repository itself", all, '[branch "main"]\nremote = .', "origin"],
      ["the only one", all.slice(2), "", "other"],
      ["none of several without a sign", [all[0], all[2]].filter(each => each !== undefined), ""],
      ["none where there is none", [], ""],
    ];
  for (const [name, remotes, config, usual] of rows)
    it(`is ${name}`, () => {
      assert.equal(usualRemote(remotes, parseConfig(config), "main"), usual);
    });
});
