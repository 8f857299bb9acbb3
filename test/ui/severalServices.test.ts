import assert from "node:assert/strict";
import { eventually } from "../vscode/eventually.js";
import type { ModalDialog } from "../vscode/modalDialog.js";
import { newService } from "../simulator/newService.js";
import { copy, onStage, stage, window } from "./onStage.js";
import { lighthouse } from "./stage.js";

const names = ["harbor-api-staging", "harbor-web-staging", "harbor-worker-staging"] as const;
const stopAtFailure = "One after the other, stop at the first failure";

/** What the log of a build that fails at the simulator shows. */
const cause = "Likely cause: Type 'string' is not assignable to type 'number'.";

describe("Deploy Several Services", () => {
  onStage({ view: true });

  function idOf(name: string): string {
    const found = stage.simulator.services.find(({ service }) => service.name === name);
    assert.ok(found, name);
    return found.service.id;
  }

  /** The names of the services that a deploy was asked for, in order. */
  const triggered = (): string[] =>
    stage.simulator.posts().map(({ path }) => stage.simulator.service(path.split("/")[2] ?? "").service.name);

  /** From the row of an environment, with all its services picked. */
  async function ask(environment: string, mode: string): Promise<void> {
    await (await window.tree().row(environment)).contextMenu("Deploy Services of Environment…");
    assert.equal((await window.quick.box()).title, "Render: Deploy Services of Environment");
    await window.quick.rows();
    await window.quick.accept();
    await window.quick.pick(mode);
  }

  async function askStaging(mode: string): Promise<ModalDialog> {
    await ask("Harbor / staging", mode);
    const question = await window.modal();
    for (const name of names)
      assert.match(
        question.detail,
        new RegExp(`${name} · Harbor Labs · Harbor / staging: the newest commit of`, "u"),
      );
    return question;
  }

  it("in order, stopping at the first failure: the third is never sent, and one message tells all", async () => {
    stage.simulator.nextDeploy(idOf("harbor-web-staging"), { fails: "build" });
    const question = await askStaging(stopAtFailure);
    assert.equal(question.text, "Deploy 3 services, one after the other, stopping at the first failure?");
    await question.click("Deploy 3 Services");
    await window.toast(/^Deploying 3 services: 0 of 3 live · harbor-api-staging: .* · \d+ s$/u);
    assert.deepEqual(triggered(), ["harbor-api-staging"]);
    await window.toast(/^Deploying 3 services: 1 of 3 live · harbor-web-staging: /u, 20_000);
    const end = await window.toast("1 of 3 services is live.", 20_000);
    assert.equal(
      end.text,
      `1 of 3 services is live. harbor-web-staging was not deployed: the build failed. ${cause} harbor-worker-staging was not started.`,
    );
    assert.equal(end.severity, "error");
    assert.deepEqual(end.buttons, ["Show Output", "Open in Dashboard", "Retry"]);
    assert.equal((await window.toasts()).length, 1);
    assert.deepEqual(triggered(), ["harbor-api-staging", "harbor-web-staging"]);
    await end.click("Retry");
    const again = await window.modal();
    assert.match(again.text, /^Deploy 2 services, /u);
    assert.doesNotMatch(again.detail, /harbor-api-staging/u);
    await again.cancel();
  });

  it("all together: one progress, one message, all live", async () => {
    await (await askStaging("All together")).click("Deploy 3 Services");
    await eventually("three triggers", async () => (triggered().length === 3 ? true : undefined));
    await window.toast(/^Deploying 3 services: 0 of 3 live · .*, .*, .*: .* · \d+ s$/u);
    assert.equal((await window.toasts()).length, 1);
    const end = await window.toast("All 3 services are live, after", 20_000);
    assert.equal(end.severity, "info");
    assert.equal((await window.toasts()).length, 1);
    assert.match(await stage.output(window), /\[harbor-worker-staging\].*is live with/u);
  });

  it("canceled after the first has begun: ends it at Render and starts no more", async () => {
    await (await askStaging(stopAtFailure)).click("Deploy 3 Services");
    await (await window.toast(/harbor-api-staging: Building/u)).click("Cancel");
    const question = await window.modal();
    assert.equal(question.text, "Cancel the deploy of 3 services?");
    await question.click("Cancel Deploys");
    const end = await window.toast("0 of 3 services are live.");
    assert.equal(
      end.text,
      "0 of 3 services are live. The deploy of harbor-api-staging was canceled. harbor-web-staging and harbor-worker-staging were not started.",
    );
    assert.deepEqual(triggered(), ["harbor-api-staging"]);
  });

  it("told to start no more: what runs goes on and is told with the rest", async () => {
    await (await askStaging(stopAtFailure)).click("Deploy 3 Services");
    await (await window.toast(/harbor-api-staging: Building/u)).click("Cancel");
    await (await window.modal()).click("Start No More");
    await window.toast(/0 of 3 live · harbor-api-staging: .* · no more are started · /u);
    const end = await window.toast("1 of 3 services is live.", 20_000);
    assert.equal(
      end.text,
      "1 of 3 services is live. harbor-web-staging and harbor-worker-staging were not started.",
    );
    assert.deepEqual(triggered(), ["harbor-api-staging"]);
  });

  it("no longer watched: what runs goes on at Render, and nothing more is started or told", async () => {
    await (await askStaging(stopAtFailure)).click("Deploy 3 Services");
    await (await window.toast(/harbor-api-staging: Building/u)).click("Cancel");
    await (await window.modal()).click("Stop Watching");
    await eventually("the progress to go", async () =>
      (await window.toasts()).length === 0 ? true : undefined,
    );
    const [deploy] = stage.simulator.deploysOf(idOf("harbor-api-staging"));
    await eventually("the deploy to go live", () => (deploy?.status === "live" ? true : undefined), {
      timeoutMs: 20_000,
    });
    assert.deepEqual([(await window.toasts()).length, triggered()], [0, ["harbor-api-staging"]]);
  });

  it("a window that is reloaded in between: follows what runs, and says what was not started", async () => {
    stage.simulator.nextDeploy(idOf("harbor-api-staging"), { phases: { build: 250_000 } });
    await (await askStaging(stopAtFailure)).click("Deploy 3 Services");
    await window.toast(/harbor-api-staging: Building/u);
    await window.reload();
    await window.toast("Deploying harbor-api-staging: Building", 30_000);
    const told = await window.toast("The window was closed in the middle of a batch.");
    assert.equal(
      told.text,
      "The window was closed in the middle of a batch. harbor-web-staging and harbor-worker-staging were not started.",
    );
    await told.click("Deploy");
    await window.quick.pick(stopAtFailure);
    const question = await window.modal();
    assert.match(question.text, /^Deploy 2 services, /u);
    await question.cancel();
    await window.toast("harbor-api-staging is live with", 30_000);
    assert.deepEqual(triggered(), ["harbor-api-staging"]);
    assert.match(await stage.output(window), /Not started: harbor-web-staging, harbor-worker-staging/u);
    await window.openView("Render");
  });

  describe("what is not pushed", () => {
    /** What the notifications say of these services; Git has a question of its own after a first push. */
    const told = async (): Promise<string[]> =>
      (await window.toasts())
        .map(({ text }) => text)
        .filter(text => /lighthouse|lamp-worker|services/u.test(text));

    let head: string;

    beforeEach(async () => {
      const { ownerId } = stage.simulator.service(lighthouse.serviceId).service;
      const repo = "https://github.com/harbor-labs/lighthouse";
      stage.simulator.addService(newService({ name: "lamp-worker", ownerId, repo, autoDeploy: "off" }));
      await window.palette("Render: Refresh Services");
      await window.tree().row("lamp-worker");
    });
    afterEach(() => copy.reset());

    async function pickServices(names: readonly string[], mode: string): Promise<void> {
      await window.palette("Render: Deploy Several Services…");
      for (const name of names) {
        await window.quick.type(name);
        await window.quick.check(name);
      }
      await window.quick.accept();
      await window.quick.pick(mode);
    }

    /** Picks lamp-worker and lighthouse, with a commit that is not pushed. */
    async function askUnpushed(message: string, mode: string): Promise<ModalDialog> {
      head = await copy.commit(message);
      await pickServices(["lighthouse", "lamp-worker"], mode);
      const question = await window.modal();
      assert.match(
        question.detail,
        /^lighthouse .*\n\s*⚠ not pushed, so Render cannot build it; auto-deploy takes up a push/mu,
      );
      assert.deepEqual(question.buttons.filter(button => button !== "Cancel").reverse(), [
        "Push and Deploy",
        "Deploy 2 Services Anyway",
      ]);
      return question;
    }

    it("is pushed once; what auto-deploy takes up is followed and the rest sent, with one end", async () => {
      const question = await askUnpushed("Polish the lens", "All together");
      assert.doesNotMatch(question.detail, /keeps to no order/u);
      await question.click("Push and Deploy");
      await window.toast(/^Deploying 2 services: 0 of 2 live · .*lighthouse: Waiting for auto-deploy/u);
      assert.equal(await copy.pushed("main"), head);
      await copy.arrives();
      const end = await window.toast("All 2 services are live, after", 30_000);
      assert.deepEqual(await told(), [end.text]);
      assert.equal(end.severity, "info");
      assert.deepEqual(triggered(), ["lamp-worker"]);
      assert.deepEqual(stage.triggers(), [{ commitId: head }]);
      assert.match(await stage.output(window), /\[lighthouse\].*asked for by Render's auto-deploy/u);
    });

    it("a root directory that the push does not touch: is sent with the rest, as auto-deploy passes over it", async () => {
      Object.assign(stage.simulator.service(lighthouse.serviceId).service, { rootDir: "services/api" });
      head = await copy.commit("Paint the web", { "services/web/app.js": "// blue\n" });
      await pickServices(["lighthouse", "lamp-worker"], "All together");
      const question = await window.modal();
      assert.match(question.detail, /^lighthouse .*\n\s*⚠ not pushed, so Render cannot build it$/mu);
      await question.click("Push and Deploy");
      await eventually("the push", async () => ((await copy.pushed("main")) === head ? true : undefined));
      await copy.arrives();
      await window.toast("All 2 services are live, after", 30_000);
      assert.deepEqual(triggered().sort(), ["lamp-worker", "lighthouse"]);
    });

    it("a cron job, of which Render takes no commit, is followed by the one that was pushed", async () => {
      const { ownerId } = stage.simulator.service(lighthouse.serviceId).service;
      const repo = "https://github.com/harbor-labs/lighthouse";
      stage.simulator.addService(newService({ name: "lamp-count", type: "cron_job", ownerId, repo }));
      await window.palette("Render: Refresh Services");
      await window.tree().row("lamp-count");
      head = await copy.commit("Count the lamps");
      await pickServices(["lamp-worker", "lamp-count"], "All together");
      await (await window.modal()).click("Push and Deploy");
      await window.toast(/lamp-count: Waiting for auto-deploy/u);
      await copy.arrives();
      await window.toast("All 2 services are live, after", 30_000);
      assert.deepEqual(triggered(), ["lamp-worker"]);
    });

    it("in order: what comes after an automatic deploy that fails is not started", async () => {
      stage.simulator.nextDeploy(lighthouse.serviceId, { fails: "build" });
      const question = await askUnpushed("Polish the lens in order", stopAtFailure);
      assert.match(question.detail, /After a push, auto-deploy begins at once and keeps to no order\.$/u);
      await question.click("Push and Deploy");
      await window.toast(/lighthouse: Waiting for auto-deploy/u);
      await copy.arrives();
      const end = await window.toast("0 of 2 services are live.", 30_000);
      assert.equal(
        end.text,
        `0 of 2 services are live. lighthouse was not deployed: the build failed. ${cause} lamp-worker was not started.`,
      );
      assert.equal(end.severity, "error");
      assert.deepEqual(triggered(), []);
    });

    it("and left while auto-deploy is awaited: nothing is told, and nothing more is looked for", async () => {
      await (await askUnpushed("Polish the lens unwatched", "All together")).click("Push and Deploy");
      await window.toast(/lamp-worker: Building/u);
      await (await window.toast(/lighthouse: Waiting for auto-deploy/u)).click("Cancel");
      const dialog = await window.modal();
      assert.match(dialog.detail, /Auto-deploy may still deploy 1 service\./u);
      assert.ok(!dialog.buttons.includes("Start No More"), String(dialog.buttons));
      await dialog.click("Stop Watching");
      await eventually("the progress to go", async () => ((await told()).length === 0 ? true : undefined), {
        instead: async () => JSON.stringify((await window.toasts()).map(({ text }) => text)),
      });
    });

    it("and refused: says why, deploys nothing, and asks anew where that is wanted", async () => {
      await copy.refusePushes("Changes must be made through a pull request.");
      await (await askUnpushed("Polish the lens against the rules", "All together")).click("Push and Deploy");
      const refused = await window.toast("Could not push main to origin: Git says");
      await copy.allowPushes();
      assert.match(
        refused.text,
        /“Changes must be made through a pull request\.”.* Nothing was deployed\.$/u,
      );
      await refused.click("Retry");
      const again = await window.modal();
      assert.ok(again.buttons.includes("Push and Deploy"));
      await again.cancel();
      assert.deepEqual(triggered(), []);
    });
  });

  it("many services: the question tells them together and fits into the window", async () => {
    await window.palette("Render: Deploy Several Services…");
    await window.quick.rows();
    await window.quick.checkAll();
    await window.quick.accept();
    await window.quick.pick(stopAtFailure);
    const question = await window.modal();
    const [, count] = /^Deploy (\d+) services, /u.exec(question.text) ?? [];
    assert.ok(Number(count) > 20, question.text);
    assert.match(question.detail, /^Harbor Labs · Harbor \/ production \(protected\): /mu);
    assert.match(question.detail, /^Left out \(.*\):$/mu);
    assert.match(question.detail, /^⚠ suspended: .*thumbs/mu);
    assert.ok(question.detail.split("\n").length < 25, question.detail);
    assert.ok(await question.fits(), "the question is higher than the window");
    await question.cancel();
    assert.deepEqual(triggered(), []);
  });

  it("from the command palette: what was picked, HEAD where its repository is open, without what is suspended", async () => {
    Object.assign(stage.simulator.service(idOf("harbor-web-staging")).service, {
      suspended: "suspended",
      suspenders: ["user"],
    });
    await window.palette("Render: Deploy Several Services…");
    for (const name of ["lighthouse", "harbor-web-staging"]) {
      await window.quick.type(name);
      await window.quick.check(name);
    }
    await window.quick.accept();
    await window.quick.pick("One after the other, go on after a failure");
    const question = await window.modal();
    assert.equal(question.text, "Deploy 1 service?");
    assert.match(
      question.detail,
      /^lighthouse · Harbor Labs: [0-9a-f]{7} Turn the lamp faster in fog \(main\)\n\s*Left out:\nharbor-web-staging .*\n\s*⚠ suspended/u,
    );
    assert.ok(question.buttons.includes("Deploy All 2 Anyway"));
    await question.click("Deploy 1 Service");
    await window.toast("lighthouse is live, after", 20_000);
    assert.deepEqual(stage.triggers(), [{ commitId: stage.head }]);
    assert.deepEqual(triggered(), [stage.simulator.service(lighthouse.serviceId).service.name]);
  });

  it("a protected environment: its name is typed before anything is sent", async () => {
    await ask("Harbor / production", "All together");
    await (await window.modal()).click("Deploy 6 Services");
    await window.quick.type("Harbor");
    await window.quick.message(/^That is not the environment's name\./u);
    await window.quick.cancel();
    assert.deepEqual(triggered(), []);
  });
});
