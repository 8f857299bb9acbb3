import * as vscode from "vscode";
import {
  findingsOf,
  gravityOf,
  liveOf,
  type Finding,
  type PreflightFacts,
} from "../../core/deploy/preflight.js";
import type { AwaitedDeploys } from "../../core/deploy/awaitedDeploys.js";
import { questionOf, questionText, type PreflightRemedy } from "../../core/deploy/preflightQuestion.js";
import { automaticMissingText, typingPrompt } from "../../core/deploy/preflightTexts.js";
import type { Explanation } from "../../core/messages.js";
import type { Deploy, Service } from "../../core/render/shapes.js";
import { mayBeProduction, placeText, type Place } from "../../core/services/place.js";
import { confirmByTyping, confirmDeploy, isOwn, offerDeploy } from "../ask/confirmDeploy.js";
import type { AutomaticDeploys } from "../automaticDeploys.js";
import type { GitRepository } from "../gitApi.js";
import { remedy, show } from "../notices.js";
import { looking, readFacts, repositoryOf, type FactParts, type Wish } from "../preflightFacts.js";
import { settings } from "../settings.js";
import { fetchLive, pull, pushAndSee } from "./gitWork.js";
import type { ShipPreviews } from "./shipPreview.js";

export interface PreflightParts extends FactParts {
  readonly shipPreviews: Pick<ShipPreviews, "showBetween">;
  readonly awaited: AwaitedDeploys;
  readonly automatic: Pick<AutomaticDeploys, "find">;
}

/** How a confirmation ended. */
export type Confirmed =
  | { readonly kind: "deploy" }
  /** A deploy that exists already is followed instead of sending one. */
  | { readonly kind: "follow"; readonly deploy: Deploy }
  | { readonly kind: "chooseOther" }
  /** HEAD may be another commit now: it is read and asked for anew. */
  | { readonly kind: "again" }
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
      const { repository, facts } = await looking(async () => {
        const found = await repositoryOf(this.#parts.git, service, wish.choice);
        return { repository: found, facts: await readFacts(this.#parts, service, wish, found) };
      });
      const findings = findingsOf(facts);
      if (!mustAsk(place, findings)) return { kind: "deploy" };
      const pressed = await confirmDeploy(questionOf(facts, findings, placeText(place), wish));
      const done = await this.#answer(pressed, { service, facts, findings, repository, resume });
      if (done !== "askAgain") return done;
    }
  }

  async #answer(
    pressed: "deploy" | PreflightRemedy | undefined,
    asked: Asked,
  ): Promise<Confirmed | "askAgain"> {
    const { service, facts, findings, repository, resume } = asked;
    const live = liveOf(facts.deploys)?.commit?.id;
    if (pressed !== undefined && pressed !== "deploy" && pressed !== "chooseOther" && !isOwn(pressed)) {
      await remedy(pressed, { dashboardUrl: service.dashboardUrl });
      return left;
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
        void offerDeploy(questionText(facts.service, facts.choice), resume);
        return left;
      case "fetch":
        if (repository && live !== undefined && service.repo !== undefined)
          await fetchLive(repository, service.repo, live);
        return "askAgain";
      case "pull":
        return repository && (await pull(repository)) ? { kind: "again" } : left;
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
    const { clock, awaited } = this.#parts;
    await awaited.add(service.id, finding.commit);
    if (!(await pushAndSee(repository, finding.pushTo, finding.commit, clock, resume))) {
      await awaited.remove(service.id, finding.commit);
      return left;
    }
    return finding.deploysItself ? this.#awaitAutomatic(asked, "commit") : { kind: "deploy" };
  }

  async #followAutomatic(
    asked: Asked,
    { deploy, when }: Extract<Finding, { kind: "automatic" }>,
  ): Promise<Confirmed> {
    const commitId = deploy?.commit?.id;
    if (!deploy || commitId === undefined) return this.#awaitAutomatic(asked, when);
    await this.#parts.awaited.add(asked.service.id, commitId);
    return { kind: "follow", deploy };
  }

  async #awaitAutomatic(
    { service, facts, resume }: Asked,
    when: "commit" | "checksPass",
  ): Promise<Confirmed> {
    const { choice } = facts;
    if (choice.kind !== "commit") return left;
    const found = await this.#parts.automatic.find(service, choice.commit.id, when);
    if (found === "canceled") return left;
    if (found) return { kind: "follow", deploy: found };
    const missing: Explanation = { text: automaticMissingText(service.name), remedies: ["retry"] };
    void show("warning", missing, { retry: resume });
    return left;
  }
}

/** Whatever the setting says: what may do harm or differs from what the person expects is said first. */
export function mustAsk(place: Place, findings: readonly Finding[]): boolean {
  if (findings.some(({ kind }) => gravityOf(kind) === "high")) return true;
  const confirm = settings.confirmDeploy();
  return confirm === "always" || (confirm === "productionOnly" && mayBeProduction(place));
}

async function isTyped({ facts, findings }: Asked): Promise<boolean> {
  const typing = typingPrompt(facts, findings);
  return typing === undefined || confirmByTyping(typing);
}
