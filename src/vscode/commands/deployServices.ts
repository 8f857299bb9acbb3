import * as vscode from "vscode";
import type { BatchMode } from "../../core/deploy/batch.js";
import {
  batchQuestion,
  isLeftOut,
  typingsOf,
  type BatchQuestion,
  type Candidate,
} from "../../core/deploy/batchQuestion.js";
import type { DeployOrder } from "../../core/deploy/followedDeploy.js";
import { planDeploy } from "../../core/deploy/plan.js";
import { findingsOf } from "../../core/deploy/preflight.js";
import { choiceText } from "../../core/messages.js";
import { RenderError } from "../../core/render/errors.js";
import type { Service } from "../../core/render/shapes.js";
import { confirmByTyping } from "../ask/confirmDeploy.js";
import { askingOnce, defaultWish } from "../ask/defaultWish.js";
import { pickMode, pickServices } from "../ask/pickServices.js";
import type { Matches } from "../matches.js";
import { looking, readFacts, repositoryOf, type FactParts, type Wish } from "../preflightFacts.js";
import type { BatchNotices } from "../views/batchNotices.js";
import { mustAsk } from "./preflight.js";
import type { TriggerDeploy } from "./triggerDeploy.js";

export interface DeployServicesParts extends FactParts {
  readonly matches: Matches;
  /** Makes sure that there is a key, asking for one where there is none. False when the person left. */
  readonly signIn: () => Promise<boolean>;
  /** Deploys where only one service was picked. */
  readonly trigger: Pick<TriggerDeploy, "run">;
  readonly batches: Pick<BatchNotices, "run">;
  /** A new name that no other batch has. */
  readonly newId: () => string;
  /** Who asks, for the output. */
  readonly askedBy: (from: string) => string;
}

interface Wished {
  readonly service: Service;
  readonly wish: Wish;
}

/** The way from a click to several deploys that are followed as one: services, how, one question, a batch. */
export class DeployServices {
  readonly #parts: DeployServicesParts;
  #asking: Promise<void> | undefined;

  constructor(parts: DeployServicesParts) {
    this.#parts = parts;
  }

  /**
   * Runs the way once; a second click while the first still asks joins it.
   *
   * @param environmentId the environment whose row was clicked
   */
  run(environmentId: string | undefined): Promise<void> {
    this.#asking ??= this.#run(environmentId).finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  async #run(environmentId: string | undefined): Promise<void> {
    const { services, matches, signIn, trigger } = this.#parts;
    if (!(await signIn())) return;
    await looking(() => Promise.all([services.load(), matches.read({ fresh: true })]));
    const { account } = services;
    if (account.services.length === 0 && account.state === "failed") throw account.error;
    const picked = await pickServices(account, matches.all(), environmentId);
    if (!picked) return;
    const from = environmentId === undefined ? "palette" : "tree";
    const [first, ...others] = picked;
    if (first && others.length === 0)
      return trigger.run({ origin: from, service: first, withOptions: false });
    const mode = await pickMode(picked.length);
    if (mode) await this.#confirmAndStart(picked, mode, from);
  }

  async #confirmAndStart(
    picked: readonly Service[],
    mode: BatchMode,
    from: "palette" | "tree",
  ): Promise<void> {
    const { services, git, batches, newId, askedBy } = this.#parts;
    const { known, gone } = await looking(() => this.#readAnew(picked));
    const wished = await this.#wishesOf(known);
    if (!wished) return;
    const candidates = await looking(() => Promise.all(wished.map(each => this.#candidateOf(each))));
    const chosen = await confirm(candidates, mode, gone);
    if (!chosen) return;
    const orders = chosen.flatMap(({ facts: { service, choice }, place }): DeployOrder[] => {
      const plan = planDeploy(service, choice, false);
      const what = choiceText(service, choice);
      const who = askedBy(from === "tree" ? "from the services view" : "from the command palette");
      return plan.ok ? [{ service, place, body: plan.body, what, askedBy: who }] : [];
    });
    const retry = (ids: readonly string[]): void => {
      const again = ids.flatMap(id => services.account.services.find(service => service.id === id) ?? []);
      if (again.length > 0)
        void git.read({ fresh: true }).then(() => this.#confirmAndStart(again, mode, from));
    };
    void batches.run({ id: newId(), orders, mode, retry });
  }

  /** The services as they are at Render now, and the names of those that it no longer knows. */
  async #readAnew(
    picked: readonly Service[],
  ): Promise<{ readonly known: readonly Service[]; readonly gone: readonly string[] }> {
    const read = await Promise.all(
      picked.map(service =>
        this.#parts.services.readAnew(service).catch((error: unknown) => {
          if (error instanceof RenderError) return undefined;
          throw error;
        }),
      ),
    );
    return {
      known: read.filter(service => service !== undefined),
      gone: picked.filter((_, index) => read[index] === undefined).map(({ name }) => name),
    };
  }

  /** What each deploys. Undefined when the person left where they were asked. */
  async #wishesOf(known: readonly Service[]): Promise<readonly Wished[] | undefined> {
    const ask = askingOnce();
    const wished: Wished[] = [];
    for (const service of known) {
      const wish = await defaultWish(service, this.#parts.matches.readingFor(service), ask);
      if (!wish) return undefined;
      wished.push({ service, wish });
    }
    return wished;
  }

  async #candidateOf({ service, wish }: Wished): Promise<Candidate> {
    const { services, git } = this.#parts;
    const repository = await repositoryOf(git, service, wish.choice);
    const facts = await readFacts(this.#parts, service, wish, repository);
    return { facts, findings: findingsOf(facts), place: services.place(service) };
  }
}

/** What the person says is deployed; undefined when they left. Protected environments are typed besides. */
async function confirm(
  candidates: readonly Candidate[],
  mode: BatchMode,
  gone: readonly string[],
): Promise<readonly Candidate[] | undefined> {
  const question = batchQuestion(candidates, mode, gone);
  const chosen = candidates.filter(each => !isLeftOut(each));
  const isAsked =
    gone.length > 0 ||
    chosen.length < candidates.length ||
    candidates.some(({ place, findings }) => mustAsk(place, findings));
  const pressed = isAsked ? await ask(question) : question.deploy;
  if (pressed === undefined) return undefined;
  const confirmed = pressed === question.deploy ? chosen : candidates;
  for (const typing of typingsOf(confirmed)) if (!(await confirmByTyping(typing))) return undefined;
  return confirmed;
}

async function ask({
  text,
  details,
  isGrave,
  deploy,
  deployAll,
}: BatchQuestion): Promise<string | undefined> {
  const { showWarningMessage, showInformationMessage } = vscode.window;
  const buttons = [deploy, deployAll].filter(button => button !== undefined);
  const message = isGrave ? showWarningMessage : showInformationMessage;
  return message(text, { modal: true, detail: details.join("\n") }, ...buttons);
}
