import assert from "node:assert/strict";
import type { Deploy, Service } from "../../../../src/render/shapes.js";
import type { ServiceDeploys } from "../../../../src/services/deployHistory.js";
import type { Glance } from "../../../../src/matching/glanceTexts.js";
import { deployRow, serviceRow } from "../../../../src/features/servicesView/rowTexts.js";
import { sourceText, triggerText } from "../../../../src/services/deployTexts.js";
import { aDeploy, anImageService, aService, sha } from "../../../support/builders.js";
import { assertPlain, hostileTexts } from "../../../support/hostileText.js";
import { without } from "../../../support/without.js";

const hour = 3_600_000;
const now = 10 * hour;
const place = { workspace: "Harbor Labs", environment: "Harbor / production", isProtected: true };
const read = (...deploys: Deploy[]): ServiceDeploys => ({ deploys, complete: true, loading: false });
const live = aDeploy({ id: "dep-live", status: "live", finishedAt: now - 2 * hour });
const bare: Deploy = without(aDeploy({ status: "live" }), "commit", "createdAt");

const waiting = (digit: string): Deploy =>
  aDeploy({ id: `dep-${digit}`, status: "queued", commit: { id: digit.repeat(40) } });

const glance: Glance = {
  relation: { kind: "ahead", by: 3 },
  head: "a1b2c3d".padEnd(40, "0"),
  live: sha,
  branch: "main",
  serviceBranch: "main",
};

describe("serviceRow with HEAD", () => {
  const row = (deploys: Deploy[], change: Partial<Glance> = {}, service = aService()) =>
    serviceRow(service, place, read(...deploys), now, undefined, { ...glance, ...change });

  it("says how HEAD relates to what is live, in the row, to a screen reader and in the tooltip", () => {
    const { description, spoken, tooltip } = row([live]);
    assert.equal(description, "HEAD is 3 ahead · live 7c1f0e9 · 2 h");
    assert.match(spoken, /, HEAD is 3 ahead · live /u);
    assert.deepEqual(tooltip[1], [
      "HEAD",
      "HEAD (a1b2c3d, main) is 3 commits ahead of what is live (7c1f0e9).",
    ]);
  });

  it("says that HEAD is live", () => {
    assert.equal(
      row([live], { relation: { kind: "same" } }).description,
      "live 7c1f0e9 · 2 h · HEAD is live",
    );
  });

  it("says nothing of it while a deploy runs, on a suspended service, or where it is not known", () => {
    assert.equal(row([aDeploy(), live]).description, "building 7c1f0e9");
    assert.equal(row([waiting("a"), aDeploy(), live]).description, "building 7c1f0e9 · 1 queued");
    assert.equal(row([live], {}, aService({ suspended: true })).description, "suspended");
    assert.equal(
      row([live], { relation: { kind: "unknown", why: "notHere" } }).description,
      "live 7c1f0e9 · 2 h",
    );
  });
});

describe("serviceRow", () => {
  const states: readonly (readonly [string, ServiceDeploys | undefined, string, string | undefined])[] = [
    ["nothing was read", undefined, "", undefined],
    ["the first reading is under way", { deploys: [], complete: false, loading: true }, "", undefined],
    ["there are no deploys", read(), "no deploys yet", undefined],
    ["the only one could not be read", { ...read(), unread: 1 }, "", undefined],
    ["one is live", read(live), "live 7c1f0e9 · 2 h", "charts.green"],
    [
      "one is live since an unknown time",
      read({ ...bare, commit: { id: sha } }),
      "live 7c1f0e9",
      "charts.green",
    ],
    [
      "one of an unknown source is live",
      read({ ...bare, updatedAt: now - hour }),
      "live · 1 h",
      "charts.green",
    ],
    ["nothing but live is known", read(bare), "live", "charts.green"],
    ["one runs", read(aDeploy(), live), "building 7c1f0e9", "charts.blue"],
    [
      "one runs and one waits",
      read(waiting("a"), aDeploy(), live),
      "building 7c1f0e9 · 1 queued",
      "charts.blue",
    ],
    [
      "one runs and two wait",
      read(waiting("b"), waiting("a"), aDeploy({ status: "update_in_progress" }), live),
      "deploying 7c1f0e9 · 2 queued",
      "charts.blue",
    ],
    [
      "one of an image runs and one waits",
      read(waiting("a"), {
        ...bare,
        status: "update_in_progress",
        image: { ref: "docker.io/library/nginx:1.27" },
      }),
      "deploying nginx:1.27 · 1 queued",
      "charts.blue",
    ],
    ["all wait", read(waiting("b"), waiting("a"), live), "queued aaaaaaa · 1 more queued", "charts.blue"],
    [
      "one runs and a later one was canceled",
      read(aDeploy({ id: "dep-9", status: "canceled" }), aDeploy(), live),
      "building 7c1f0e9",
      "charts.blue",
    ],
    ["one of an unknown source runs", read({ ...bare, status: "queued" }), "queued", "charts.blue"],
    [
      "one has an unknown status",
      read(aDeploy({ status: "warming_up" })),
      "warming up 7c1f0e9",
      "charts.blue",
    ],
    [
      "one failed after a live one",
      read(aDeploy({ status: "build_failed" }), live),
      "build failed · live 7c1f0e9 · 2 h",
      "charts.red",
    ],
    ["the only one failed", read(aDeploy({ status: "update_failed" })), "deploy failed", "charts.red"],
    [
      "one was canceled after a live one",
      read(aDeploy({ status: "canceled" }), live),
      "live 7c1f0e9 · 2 h",
      undefined,
    ],
    ["the only one was canceled", read(aDeploy({ status: "canceled" })), "canceled", undefined],
  ];
  for (const [name, deploys, description, color] of states)
    it(`says "${description}" where ${name}`, () => {
      const row = serviceRow(aService(), place, deploys, now);
      assert.equal(row.description, description);
      assert.equal(row.color, color);
      assert.equal(
        row.spoken,
        ["harbor-api", "Web Service", ...(description === "" ? [] : [description])].join(", "),
      );
    });

  it("shows that it is linked, and why it matches in the tooltip", () => {
    const link = { folder: "file:///code/harbor", service: { id: "srv-1", name: "harbor-api" } };
    const reasons = ["linked to folder harbor", "follows branch main"];
    const row = serviceRow(aService(), place, read(live), now, { link, reasons });
    assert.equal(row.description, "linked · live 7c1f0e9 · 2 h");
    assert.equal(row.spoken, "harbor-api, Web Service, linked · live 7c1f0e9 · 2 h");
    assert.deepEqual(row.tooltip[1], ["Matches", "linked to folder harbor, follows branch main"]);
    const doubted = serviceRow(aService(), place, undefined, now, { reasons, caveat: "but not quite" });
    assert.deepEqual(doubted.tooltip[0], ["Matches", `${reasons.join(", ")}, but not quite`]);
    assert.equal(serviceRow(aService(), place, undefined, now, { link, reasons }).description, "linked");
  });

  it("says suspended before anything else, and by whom", () => {
    const service = aService({ suspended: true, suspenders: ["billing", "admin"] });
    const row = serviceRow(service, place, read(live), now);
    assert.equal(row.description, "suspended");
    assert.equal(row.color, "disabledForeground");
    assert.deepEqual(
      row.tooltip.find(([name]) => name === "Suspended by"),
      ["Suspended by", "billing, admin"],
    );
  });

  it("has every fact in its tooltip", () => {
    const service = aService({ region: "frankfurt", plan: "pro_plus", runtime: "node", rootDir: "api" });
    assert.deepEqual(serviceRow(service, place, read(live), now).tooltip, [
      ["State", "live 7c1f0e9 · 2 h"],
      ["Type", "Web Service"],
      ["Workspace", "Harbor Labs · Harbor / production (protected)"],
      ["Region", "frankfurt"],
      ["Plan", "pro plus"],
      ["Runtime", "node"],
      ["Repository", "https://github.com/harbor-labs/harbor"],
      ["Branch", "main"],
      ["Root directory", "api"],
      ["Auto-deploy", "on each commit"],
      ["URL", "https://harbor-api.onrender.com"],
    ]);
  });

  const autoDeploys: readonly (readonly [Service, string | undefined])[] = [
    [aService({ autoDeploy: "off" }), "off"],
    [aService({ autoDeploy: "commit" }), "on each commit"],
    [aService({ autoDeploy: "checksPass" }), "after checks pass"],
    [anImageService({ autoDeploy: "commit" }), undefined],
  ];
  for (const [service, text] of autoDeploys)
    it(`says "${text ?? "nothing"}" of autodeploy ${service.autoDeploy} from ${service.repo ? "Git" : "an image"}`, () => {
      const facts = new Map(serviceRow(service, place, undefined, now).tooltip);
      assert.equal(facts.get("Auto-deploy"), text);
      assert.equal(facts.get("Image"), service.imagePath);
    });
});

describe("deployRow", () => {
  it("of a commit tells status, commit, subject, origin and age", () => {
    assert.deepEqual(deployRow(aDeploy({ createdAt: now - hour }), now), {
      label: "Building 7c1f0e9",
      description: "Cache port lookups · API · 1 h",
      icon: "sync~spin",
      color: "charts.blue",
      tooltip: [
        ["Status", "Building"],
        ["Commit", sha],
        ["Message", "Cache port lookups Halves the p95."],
        ["Started by", "API"],
        ["Created", "1970-01-01T09:00:00.000Z"],
        ["Deploy", "dep-1"],
      ],
      spoken: "Building 7c1f0e9, Cache port lookups · API · 1 h",
    });
  });

  it("of an image tells the image", () => {
    const image = { ref: "ghcr.io/harbor-labs/thumbs:1.4", sha: "sha256:0123" };
    const row = deployRow({ ...bare, image, startedAt: 5_000, finishedAt: 70_000 }, now);
    assert.equal(row.label, "Live");
    assert.equal(row.description, "ghcr.io/harbor-labs/thumbs:1.4 · API");
    assert.equal(row.icon, "pass");
    assert.deepEqual(row.tooltip, [
      ["Status", "Live"],
      ["Image", "ghcr.io/harbor-labs/thumbs:1.4"],
      ["Digest", "sha256:0123"],
      ["Started by", "API"],
      ["Took", "1 min 5 s"],
      ["Deploy", "dep-1"],
    ]);
  });

  it("of which nothing is known is its status alone", () => {
    const row = deployRow({ id: "dep-1", status: "queued" }, now);
    assert.deepEqual([row.label, row.description, row.spoken, row.icon], ["Queued", "", "Queued", "clock"]);
  });

  it("tells of one that runs how long such ones usually take", () => {
    const past = [2, 3, 4].map(minutes =>
      aDeploy({ id: `dep-${minutes}`, status: "deactivated", startedAt: 0, finishedAt: minutes * 60_000 }),
    );
    const row = (startedAt: number, status = "build_in_progress") =>
      deployRow(aDeploy({ status, createdAt: startedAt, startedAt }), now, past);
    assert.equal(row(now - 20_000).description, "usually about 3 min · Cache port lookups · API · now");
    assert.equal(
      row(now - 20_000).spoken,
      "Building 7c1f0e9, usually about 3 min · Cache port lookups · API · now",
    );
    assert.equal(row(now - 300_000).description, "longer than usual · Cache port lookups · API · 5 min");
    assert.equal(new Map(row(now).tooltip).get("Usually takes"), "2 to 4 min");
    assert.equal(row(now - 20_000, "live").description, "Cache port lookups · API · now");
    assert.equal(new Map(row(now, "live").tooltip).get("Usually takes"), undefined);
  });

  it("counts the time it took from its creation where no start is known, and never below zero", () => {
    const took = (deploy: Deploy): string | undefined => new Map(deployRow(deploy, now).tooltip).get("Took");
    assert.equal(took(aDeploy({ status: "live", createdAt: 1_000, finishedAt: 3_000 })), "2 s");
    assert.equal(took(aDeploy({ status: "live", startedAt: 9_000, finishedAt: 3_000 })), "0 s");
  });
});

describe("sourceText", () => {
  const image = (ref: string): Deploy => ({ ...bare, image: { ref } });
  for (const [deploy, text] of [
    [aDeploy(), "7c1f0e9"],
    [image("ghcr.io/harbor-labs/thumbs:1.4"), "thumbs:1.4"],
    [image("localhost:5000/thumbs"), "thumbs"],
    [image("nginx"), "nginx"],
    [image(`ghcr.io/a/b:1@sha256:${"0123456789abcdef".repeat(4)}`), "0123456"],
    [{ ...bare, image: {} }, ""],
    [bare, ""],
  ] satisfies [Deploy, string][])
    it(`of ${deploy.image?.ref ?? "the other fields"} is "${text}"`, () => {
      assert.equal(sourceText(deploy), text);
    });
});

describe("triggerText", () => {
  for (const [trigger, text] of [
    [undefined, ""],
    ["other", ""],
    ["api", "API"],
    ["blueprint_sync", "Blueprint sync"],
    ["deploy_hook", "deploy hook"],
    ["deployed_by_render", "Render"],
    ["manual", "Dashboard"],
    ["new_commit", "new commit"],
    ["rollback", "rollback"],
    ["service_resumed", "service resumed"],
    ["service_updated", "settings changed"],
    ["moon_phase", "moon phase"],
  ] as const)
    it(`of ${trigger ?? "nothing"} is "${text}"`, () => {
      assert.equal(triggerText(trigger), text);
    });
});

describe("rows of hostile names", () => {
  it("are plain text in every part", () => {
    for (const text of hostileTexts) {
      const service = aService({
        name: text,
        type: text,
        repo: text,
        branch: text,
        rootDir: text,
        region: text,
        plan: text,
        runtime: text,
        url: text,
        imagePath: text,
        suspended: true,
        suspenders: [text],
      });
      const deploy = aDeploy({
        id: text,
        status: text,
        trigger: text,
        commit: { id: text, message: text },
        image: { ref: text, sha: text },
      });
      const imageDeploy: Deploy = { id: text, status: text, image: { ref: text } };
      for (const row of [
        serviceRow(service, place, read(deploy), now),
        serviceRow(aService(), place, read(deploy), now),
        serviceRow(aService(), place, read(imageDeploy), now),
        deployRow(deploy, now),
        deployRow(imageDeploy, now),
      ]) {
        for (const part of [row.label, row.description, row.spoken]) assertPlain(part, 400);
        for (const [, value] of row.tooltip) assertPlain(value, 200);
      }
    }
  });
});
