import assert from "node:assert/strict";
import { eventually } from "../vscode/eventually.js";
import type { ModalDialog } from "../vscode/modalDialog.js";
import { newService } from "../simulator/newService.js";
import { copy, live, onStage, stage, window } from "./onStage.js";
import { lighthouse, threeCommits } from "./stage.js";

const { serviceId } = lighthouse;

describe("Preflight", () => {
  onStage({ commits: threeCommits, anew: "repository" });

  const service = () => stage.simulator.service(serviceId).service;
  const short = (sha: string): string => sha.slice(0, 7);

  /** Runs Trigger Deploy for lighthouse and waits for the question. */
  async function asked(): Promise<ModalDialog> {
    await window.palette("Render: Trigger Deploy");
    await window.quick.pick("lighthouse");
    return window.modal();
  }

  /** The buttons besides Cancel, the default one first: VS Code on Linux draws them the other way round. */
  function offered({ buttons }: ModalDialog): string[] {
    return buttons.filter(button => button !== "Cancel").reverse();
  }

  async function isLive(commit: string): Promise<void> {
    await window.toast(`lighthouse is live with ${short(commit)}`, 20_000);
  }

  it("says where it goes and what ships, and nothing else when there is nothing else", async () => {
    const question = await asked();
    assert.equal(
      question.text,
      `Deploy ${short(stage.head)} Turn the lamp faster in fog (main) to lighthouse?`,
    );
    assert.deepEqual(question.detail.split("\n"), [
      "Web Service in Harbor Labs",
      `1 commit ahead of ${short(live)}, which is live.`,
    ]);
    assert.deepEqual(offered(question), ["Deploy", "Show What Will Ship", "Choose What to Deploy"]);
    await question.click("Deploy");
    await isLive(stage.head);
    assert.deepEqual(stage.triggers(), [{ commitId: stage.head }]);
  });

  it("uncommitted changes: counts them, and opens Source Control", async () => {
    await copy.write("README.md", "changed\n");
    await copy.write("new.txt", "new\n");
    const question = await asked();
    assert.match(question.detail, /• 1 uncommitted change and 1 untracked file will not ship/u);
    await question.click("Commit…");
    await window.page
      .locator(".part.sidebar .composite.title")
      .filter({ hasText: /source control/iu })
      .waitFor();
    assert.deepEqual(stage.triggers(), []);
  });

  it("another branch than the service's: says so, and asks anew after switching", async () => {
    await copy.git("checkout", "--quiet", "-B", "fog");
    const head = await copy.commit("Only in fog");
    await copy.git("push", "--quiet", "--force", "origin", "fog");
    const question = await asked();
    assert.match(question.text, new RegExp(`^Deploy ${short(head)} Only in fog \\(fog\\)`, "u"));
    assert.match(question.detail, /• You are on fog, while the service follows main\./u);
    await question.click("Switch Branch…");
    await window.quick.pick("main");
    const again = await window.modal();
    assert.match(again.text, new RegExp(`^Deploy ${short(stage.head)} `, "u"));
    assert.doesNotMatch(again.detail, /You are on/u);
    await again.cancel();
  });

  it("a detached HEAD that is live already: says both", async () => {
    await copy.git("checkout", "--quiet", "--detach", "HEAD~1");
    const question = await asked();
    assert.match(question.detail, /• This very commit is live already \(for \d+ h\)\./u);
    assert.match(question.detail, /• HEAD is detached, while the service follows main\./u);
    assert.deepEqual(offered(question), ["Deploy", "Choose What to Deploy", "Switch Branch…"]);
    await question.click("Deploy");
    await isLive(live);
  });

  it("behind the upstream: pulls, and asks for the new HEAD", async () => {
    const head = await copy.colleaguePushes("A colleague's buoy");
    await copy.git("fetch", "--quiet");
    const question = await asked();
    assert.match(question.detail, /• origin\/main has 1 commit that HEAD lacks\./u);
    await question.click("Pull");
    const again = await window.modal();
    assert.match(again.text, new RegExp(`^Deploy ${short(head)} A colleague's buoy \\(main\\)`, "u"));
    await again.cancel();
  });

  it("a pull over changes that are not committed: says what stands in the way, and deploys nothing", async () => {
    await copy.colleaguePushes("A colleague's lamp", { "lamp.txt": "brighter\n" });
    await copy.git("fetch", "--quiet");
    await copy.write("lamp.txt", "mine\n");
    await (await asked()).click("More…");
    await window.quick.pick("Pull");
    await window.toast(
      "Could not pull: files that are not committed stand in the way. Commit or stash them, then try again. Nothing was deployed.",
    );
    assert.deepEqual(stage.triggers(), []);
  });

  it("just pushed, with auto-deploy: follows what Render is about to start", async () => {
    const head = await copy.commit("Push me by hand");
    await (await asked()).cancel();
    await copy.git("push", "--quiet");
    const question = await asked();
    assert.match(question.detail, /⚠ This commit was just pushed and auto-deploy is on/u);
    assert.equal(offered(question)[0], "Follow the Automatic Deploy");
    await question.click("Follow the Automatic Deploy");
    await window.toast("Deploying lighthouse: Waiting for auto-deploy");
    await copy.arrives();
    await isLive(head);
    assert.deepEqual(stage.triggers(), []);
  });

  it("just pushed, with auto-deploy after checks: waits until Render begins, however long the checks take", async () => {
    Object.assign(service(), { autoDeployTrigger: "checksPass" });
    const head = await copy.commit("Push me and check me");
    await (await asked()).cancel();
    await copy.git("push", "--quiet");
    await copy.arrives();
    const question = await asked();
    assert.match(question.detail, /⚠ This commit was just pushed: Render deploys it once its checks pass/u);
    await question.click("Follow the Automatic Deploy");
    await window.toast("Deploying lighthouse: Waiting for auto-deploy");
    const asks = (): number =>
      stage.simulator.requests.filter(({ path }) => path.endsWith(`${serviceId}/deploys`)).length;
    // Another service can be deployed meanwhile.
    await window.palette("Render: Trigger Deploy");
    await window.quick.type("harbor-api");
    await window.quick.pick("harbor-api");
    await (await window.modal()).cancel();
    const before = asks();
    await eventually("a second look", () => (asks() > before + 1 ? true : undefined), { timeoutMs: 30_000 });
    stage.simulator.passChecks(head);
    await window.toast(`lighthouse is live with ${short(head)}`, 30_000);
    assert.deepEqual(stage.triggers(), []);
  });

  it("an automatic deploy of this commit runs: follows it", async () => {
    const head = await copy.commit("Render was faster");
    await copy.git("push", "--quiet");
    await copy.arrives();
    const question = await asked();
    assert.match(
      question.detail,
      /⚠ Auto-deploy is already deploying this commit \((?:building|deploying), \d+ s\)\./u,
    );
    await question.click("Follow the Automatic Deploy");
    await isLive(head);
    assert.deepEqual(stage.triggers(), []);
  });

  it("a deploy of another commit runs: says what becomes of it, and follows it if that is wanted", async () => {
    const other = await copy.colleaguePushes("A colleague's deploy");
    await copy.arrives();
    const question = await asked();
    assert.match(
      question.detail,
      new RegExp(
        `⚠ A deploy of ${short(other)} is already running \\(building, \\d+ s, started by: new commit\\)`,
        "u",
      ),
    );
    assert.match(
      question.detail,
      /says Wait, yours waits for it; .* says Override, Render cancels it for yours/u,
    );
    assert.equal(offered(question)[0], "Deploy Anyway");
    await question.click("Follow That Deploy");
    await isLive(other);
    assert.deepEqual(stage.triggers(), []);
  });

  it("an ancestor of what is live: says how far it goes back", async () => {
    await copy.git("reset", "--quiet", "--hard", "HEAD~2");
    const question = await asked();
    assert.match(
      question.detail,
      new RegExp(`⚠ This goes back by 1 commit: ${short(live)}, which is live, is newer\\.`, "u"),
    );
    assert.ok(question.buttons.includes("Deploy Anyway"));
    await question.click("Show What Will Ship");
    const rows = await window.quick.rows();
    assert.ok(
      rows.some(({ label }) => label === "Turn the lamp at dusk"),
      JSON.stringify(rows),
    );
    await window.quick.cancel();
    await (await window.toast(/^Deploy .* Light the lamp \(main\) to lighthouse\?$/u)).click("Deploy…");
    await (await window.modal()).cancel();
  });

  it("a history that parted from what is live: says what it takes back", async () => {
    await copy.git("reset", "--quiet", "--hard", "HEAD~2");
    await copy.commit("Another way");
    await copy.git("push", "--quiet", "--force");
    const question = await asked();
    assert.match(question.detail, new RegExp(`⚠ This takes back 1 commit of ${short(live)}`, "u"));
    await question.cancel();
  });

  it("a suspended service: says by whom, with the Dashboard", async () => {
    Object.assign(service(), { suspended: "suspended", suspenders: ["user"] });
    const question = await asked();
    assert.match(question.detail, /⚠ lighthouse is suspended \(by user\)\./u);
    assert.ok(question.buttons.includes("Deploy Anyway"));
    await window.page.getByRole("button", { name: "Open in Dashboard", exact: true }).click();
    const leaving = await eventually("VS Code's question whether to open the address", async () => {
      const dialog = await window.modal();
      return dialog.buttons.includes("Open") ? dialog : undefined;
    });
    assert.match(leaving.detail, /dashboard\.render\.com\/web\//u);
    await leaving.cancel();
  });

  it("a skip phrase and a build filter: says that only auto-deploy heeds them", async () => {
    const buildFilter = { paths: ["optics/**"], ignoredPaths: [] };
    Object.assign(service(), { buildFilter });
    await copy.commit("Tidy up [skip render]");
    await copy.git("push", "--quiet");
    const question = await asked();
    assert.match(
      question.detail,
      /• The commit message says \[skip render\]: auto-deploy ignores this commit/u,
    );
    // Of the push, or of all that is not live, if the push was not noticed yet.
    assert.match(
      question.detail,
      /• (?:The changed file lies|All 2 changed files lie) outside the build filter/u,
    );
    await question.click("Deploy");
    await window.toast("lighthouse is live with", 20_000);
  });

  it("a shallow clone: says that what is live is not here, and compares after fetching", async () => {
    await copy.makeShallow();
    const question = await asked();
    assert.match(question.detail, new RegExp(`• ${short(live)}, which is live, is not in this clone`, "u"));
    await question.click("Fetch");
    const again = await window.modal();
    assert.match(again.detail, new RegExp(`1 commit ahead of ${short(live)}, which is live\\.`, "u"));
    await again.cancel();
  });

  it("a live commit that is nowhere to be fetched: says so, and asks again", async () => {
    await copy.git("checkout", "--quiet", "--orphan", "elsewhere");
    const gone = await copy.commit("Built from a branch that is gone");
    await copy.git("checkout", "--quiet", "--force", "main");
    await copy.git("branch", "--quiet", "-D", "elsewhere");
    await copy.git("reflog", "expire", "--expire=now", "--all");
    await copy.git("gc", "--quiet", "--prune=now");
    for (const deploy of stage.simulator.deploysOf(serviceId))
      if (deploy.status === "live" && deploy.commit) deploy.commit = { ...deploy.commit, id: gone };
    const question = await asked();
    assert.match(question.detail, new RegExp(`• ${short(gone)}, which is live, is not in this clone`, "u"));
    await question.click("Fetch");
    await window.toast(`${short(gone)} is on no remote of this clone`);
    const again = await window.modal();
    await again.cancel();
    assert.deepEqual(stage.triggers(), []);
  });

  it("a commit by its SHA that is not here: is not taken for the live one", async () => {
    await window.palette("Render: Trigger Deploy with Options…");
    await window.quick.pick("lighthouse");
    await window.quick.pick("A commit by its SHA…");
    await window.quick.answer("d".repeat(40));
    await window.quick.pick("Keep the build cache");
    const question = await window.modal();
    assert.match(
      question.detail,
      new RegExp(
        `• The commit to deploy is not in this clone, so it could not be compared with ${short(live)}`,
        "u",
      ),
    );
    await question.cancel();
  });

  it("a deploy that begins while the question is open: is said before ours can cancel it", async () => {
    const question = await asked();
    stage.simulator.push(serviceId, { id: "e".repeat(40), message: "A colleague was faster" });
    await question.click("Deploy");
    const again = await window.modal();
    assert.match(again.detail, /⚠ A deploy of eeeeeee is already running/u);
    await again.cancel();
    assert.deepEqual(stage.triggers(), []);
  });

  it("a cron job built from Git: says of HEAD what will not be part of it", async () => {
    const { ownerId } = service();
    const repo = "https://github.com/harbor-labs/lighthouse";
    stage.simulator.addService(newService({ name: "lamp-count", type: "cron_job", ownerId, repo }));
    await window.palette("Render: Refresh Services");
    const head = await copy.commit("Count the lamps");
    await copy.write("README.md", "changed\n");
    await window.palette("Render: Trigger Deploy");
    await window.quick.type("lamp-count");
    await window.quick.pick("lamp-count");
    const question = await window.modal();
    assert.equal(question.text, "Deploy the newest commit of main to lamp-count?");
    assert.match(question.detail, new RegExp(`⚠ ${short(head)} is on no branch of`, "u"));
    assert.match(question.detail, /• 1 uncommitted change will not ship/u);
    await question.cancel();
  });

  it("deploys that cannot be read: says that nothing is known of them", async () => {
    stage.simulator.fail({
      method: "GET",
      path: /\/deploys$/u,
      times: 10,
      with: { kind: "status", status: 403 },
    });
    const question = await asked();
    assert.match(question.detail, /• The service's deploys could not be read/u);
    await question.cancel();
  });

  it("more than there is room for: the rest is behind More, each with its reason", async () => {
    Object.assign(service(), { suspended: "suspended", suspenders: ["user"] });
    await copy.commit("Too much at once");
    await copy.write("README.md", "changed\n");
    const question = await asked();
    assert.deepEqual(offered(question), ["Push and Deploy", "Deploy Anyway", "Open in Dashboard", "More…"]);
    await question.click("More…");
    assert.deepEqual(
      (await window.quick.rows()).map(({ label }) => label),
      ["Show What Will Ship", "Commit…", "Choose What to Deploy"],
    );
    await window.quick.cancel();
    await (await window.modal()).click("More…");
    await window.quick.pick("Commit…");
    await window.page
      .locator(".part.sidebar .composite.title")
      .filter({ hasText: /source control/iu })
      .waitFor();
    assert.deepEqual(stage.triggers(), []);
  });

  it("a protected environment: the name is typed before anything is sent", async () => {
    const { environmentId } =
      stage.simulator.services.find(each => each.service.name === "harbor-api")?.service ?? {};
    assert.ok(environmentId !== undefined);
    Object.assign(service(), { environmentId });
    const question = await asked();
    assert.match(question.detail, /⚠ Harbor \/ production is protected: you will be asked to type/u);
    await question.click("Deploy");
    await window.quick.type("lighthous");
    await window.quick.message(/^That is not the service's name\./u);
    assert.deepEqual(stage.triggers(), []);
    await window.quick.answer("lighthouse");
    await isLive(stage.head);
    assert.deepEqual(stage.triggers(), [{ commitId: stage.head }]);
  });
});

describe("Preflight while the setting says never to ask", () => {
  onStage({ settings: { "render.confirmDeploy": "never" }, anew: "nothing" });

  async function trigger(): Promise<void> {
    await window.palette("Render: Trigger Deploy");
    await window.quick.pick("lighthouse");
  }

  it("asks all the same before a protected environment, and has the name typed", async () => {
    const { environmentId } =
      stage.simulator.services.find(each => each.service.name === "harbor-api")?.service ?? {};
    const { service } = stage.simulator.service(serviceId);
    assert.ok(environmentId !== undefined);
    service.environmentId = environmentId;
    await trigger();
    await (await window.modal()).click("Deploy");
    assert.equal((await window.quick.box()).title, "Render: Protected Environment");
    await window.quick.cancel();
    delete service.environmentId;
    assert.deepEqual(stage.triggers(), []);
  });

  it("asks when something grave was found, and else does not, whatever else there is to say", async () => {
    const head = await copy.commit("Not pushed");
    await trigger();
    await (await window.modal()).cancel();
    await copy.git("reset", "--quiet", "--hard", "HEAD~1");
    await copy.write("README.md", "not committed\n");
    await trigger();
    await window.toast(`lighthouse is live with ${stage.head.slice(0, 7)}`, 20_000);
    assert.notEqual(head, stage.head);
    assert.deepEqual(stage.triggers(), [{ commitId: stage.head }]);
  });
});
