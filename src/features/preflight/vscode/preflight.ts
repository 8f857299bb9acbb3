import { lookingText } from "../../shipPreview/shipTexts.js";
import * as vscode from "vscode";
import { automaticAfterPush, type Finding, findingsOf, gravityOf } from "../findings.js";
import { liveOf, runningOf } from "../../../services/deployList.js";
import type { PreflightFacts } from "../facts.js";
import type { AwaitedDeploys } from "../../following/ledger/awaitedDeploys.js";
import { earliestOf, type AutomaticDeploy } from "../../autoDeploy/automaticDeploy.js";
import { questionOf, type PreflightRemedy } from "../question.js";
import { questionText } from "../questionTexts.js";
import { typingPrompt } from "../findingTexts.js";
import type { Deploy, Service } from "../../../render/shapes.js";
import { dashboardPage } from "../../../services/dashboardPage.js";
import { placeText } from "../../../services/serviceTexts.js";
import { mayBeProduction, type Place } from "../../../services/place.js";
import { confirmDeploy, isOwn, offerDeploy } from "./confirmDeploy.js";
import { confirmByTyping } from "../../../dialogs/typeToConfirm.js";
import type { GitRepository } from "../../../git/vscode/gitApi.js";
import { remedy } from "../../../dialogs/notices.js";
import { readFacts, cloneOfChoice, type FactParts } from "./readFacts.js";
import { withProgress } from "../../../dialogs/progress.js";
import { type Wish } from "../../whatToDeploy/vscode/defaultWish.js";
import { settings } from "../../../window/settings.js";
import { fetchBoth, pull, pushAndSee } from "../../../git/vscode/pushPullFetch.js";
import type { ShipPreviews } from "../../shipPreview/vscode/shipPreviews.js";

export interface PreflightParts extends FactParts {
  readonly shipPreviews: Pick<ShipPreviews, "showBetween">;
  readonly awaited: AwaitedDeploys;
  /** Render's clock, in milliseconds since the epoch; undefined while no reply has told it. */
  readonly renderNow: () => number | undefined;
}

/** How a confirmation ended. */
export type Confirmed =
  | {
      readonly kind: "deploy";
      /** Render begins it by itself, which is waited for before anything is sent. */
      readonly automatic?: AutomaticDeploy;
    }
  /** A deploy that exists already is followed instead of sending one. */
  | { readonly kind: "follow"; readonly deploy: Deploy }
  | { readonly kind: "chooseOther" }
  /** HEAD may be another commit now: it is read and asked for anew. */
  | { readonly kind: "again" }
  /** The person looks at what will ship, with the way back open: `goesOn` says whether they take it, and may take long. */
  | { readonly kind: "looksFirst"; readonly goesOn: Promise<boolean> }
  | { readonly kind: "left" };

interface Asked {
  readonly service: Service;
  readonly facts: PreflightFacts;
  readonly findings: readonly Finding[];
  readonly repository: GitRepository | undefined;
  /** Starts the way anew, from a notification. */
  readonly resume: () => void;
}

const left: Confirmed = { kind: "left" };

/** Looks at everything that matters before a deploy, asks once, and does what the pressed button promises. */
export class Preflight {
  readonly #parts: PreflightParts;

  constructor(parts: PreflightParts) {
    this.#parts = parts;
  }

  async confirm(service: Service, wish: Wish, resume: () => void): Promise<Confirmed> {
    const place = this.#parts.services.place(service);
    for (;;) {
      const { repository, facts } = await withProgress(lookingText, async () => {
        const found = await cloneOfChoice(this.#parts, service, wish.choice);
        return { repository: found, facts: await readFacts(this.#parts, service, wish, found) };
      });
      const findings = findingsOf(facts);
      if (!mustAsk(place, findings)) return { kind: "deploy" };
      const pressed = await confirmDeploy(questionOf(facts, findings, placeText(place), wish));
      const asked: Asked = { service, facts, findings, repository, resume };
      const done = await this.#answer(pressed, asked);
      if (done === "askAgain") continue;
      if (done.kind !== "deploy" || done.automatic || !(await this.#hasAnotherBegun(asked))) return done;
    }
  }

  async #answer(
    pressed: "deploy" | PreflightRemedy | undefined,
    asked: Asked,
  ): Promise<Confirmed | "askAgain"> {
    const { service, facts, findings, repository } = asked;
    const live = liveOf(facts.deploys)?.commit?.id;
    if (pressed !== undefined && pressed !== "deploy" && pressed !== "chooseOther" && !isOwn(pressed)) {
      const { repository: closed } = facts.noHead ?? {};
      await remedy(pressed, {
        dashboardUrl: dashboardPage(service),
        ...(closed !== undefined && { repository: closed }),
      });
      return opensRepository(pressed) ? { kind: "again" } : left;
    }
    switch (pressed) {
      case undefined:
        return left;
      case "deploy":
        return (await isTyped(asked)) ? { kind: "deploy" } : left;
      case "pushAndDeploy":
        return this.#push(asked);
      case "followAutomatic": {
        const automatic = findings.find(finding => finding.kind === "automatic");
        if (!automatic) return left;
        return this.#followAutomatic(asked, automatic);
      }
      case "followRunning": {
        const running = findings.find(finding => finding.kind === "running");
        return running?.deploy ? { kind: "follow", deploy: running.deploy } : left;
      }
      case "showShip":
        if (facts.commit && repository && live !== undefined)
          await this.#parts.shipPreviews.showBetween({
            service,
            repository,
            target: facts.commit.commit,
            live,
          });
        return { kind: "looksFirst", goesOn: offerDeploy(questionText(facts.service, facts.choice)) };
      case "fetch":
        if (repository && live !== undefined && facts.commit)
          await fetchBoth(this.#parts, repository, service, [facts.commit.commit.id, live]);
        return "askAgain";
      case "pull":
        return repository && (await pull(this.#parts, repository)) ? { kind: "again" } : left;
      case "switchBranch":
        await vscode.commands.executeCommand("git.checkout", repository?.rootUri);
        return { kind: "again" };
      case "commit":
        await remedy("openSourceControl", {});
        return left;
      case "chooseOther":
        return { kind: "chooseOther" };
    }
  }

  /** Pushes HEAD's branch; then the automatic deploy is followed where there will be one, else ours is sent. */
  async #push(asked: Asked): Promise<Confirmed> {
    const { service, findings, repository, resume } = asked;
    const finding = findings.find(each => each.kind === "notPushed");
    if (!finding?.pushTo || !repository || !(await isTyped(asked))) return left;
    const { clock, awaited, renderNow } = this.#parts;
    const { commit: commitId, deploysItself, pushTo } = finding;
    const now = clock.now();
    const automatic = automaticAfterPush(finding, earliestOf(now, now, renderNow()));
    // Before the push, so that following pushes leaves it alone; not what auto-deploy makes besides, once checks have passed.
    if (deploysItself !== "checksPass") await awaited.add(service.id, commitId);
    if (await pushAndSee(this.#parts, repository, pushTo, commitId, resume))
      return { kind: "deploy", ...(automatic && { automatic }) };
    await awaited.remove(service.id, commitId);
    return left;
  }

  async #followAutomatic(
    { service, facts }: Asked,
    { deploy, when }: Extract<Finding, { kind: "automatic" }>,
  ): Promise<Confirmed> {
    const { choice, commit } = facts;
    if (choice.kind !== "commit") return left;
    const { clock, awaited, renderNow } = this.#parts;
    const commitId = choice.commit.id;
    await awaited.add(service.id, commitId);
    if (deploy) return { kind: "follow", deploy };
    const now = clock.now();
    const since = earliestOf(commit?.pushedAt ?? commit?.commit.createdAt ?? now, now, renderNow());
    return { kind: "deploy", automatic: { commitId, when, since, isConfirmed: false } };
  }

  /** Whether another deploy began while the question was open: Render may cancel it for ours, which nobody agreed to. */
  async #hasAnotherBegun({ service, facts }: Asked): Promise<boolean> {
    const now = runningOf(
      (await withProgress(lookingText, () => this.#parts.services.readDeploys(service.id))) ?? [],
    );
    return now !== undefined && now.id !== runningOf(facts.deploys ?? [])?.id;
  }
}

/** Whatever the setting says: what may do harm or differs from what the person expects is said first. */
export function mustAsk(place: Place, findings: readonly Finding[]): boolean {
  if (findings.some(({ kind }) => gravityOf(kind) === "high")) return true;
  const confirm = settings.confirmDeploy();
  return confirm === "always" || (confirm === "productionOnly" && mayBeProduction(place));
}

/** With a repository that was opened, HEAD is known. */
function opensRepository(pressed: PreflightRemedy): boolean {
  return ["openRepository", "openParentRepository", "manageUnsafeRepositories"].includes(pressed);
}

async function isTyped({ facts, findings }: Asked): Promise<boolean> {
  const typing = typingPrompt(facts, findings);
  return typing === undefined || confirmByTyping(typing);
}
