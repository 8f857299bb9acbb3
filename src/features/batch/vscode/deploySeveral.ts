import { UnderWay } from "../../../underWay.js";
import { loadingText, pushedBeforeText } from "../batchTexts.js";
import { lookingText } from "../../shipPreview/shipTexts.js";
import * as vscode from "vscode";
import { earliestOf, type AutomaticDeploy } from "../../autoDeploy/automaticDeploy.js";
import { automaticAfterPush, findingsOf } from "../../preflight/findings.js";
import type { AwaitedDeploys } from "../../following/ledger/awaitedDeploys.js";
import type { BatchMode } from "../batch.js";
import { batchQuestion, typingsOf, type BatchQuestion } from "../batchQuestionTexts.js";
import { isLeftOut, pushOf, type Candidate } from "../candidate.js";
import type { DeployOrder } from "../../following/followedDeploy.js";
import { planDeploy } from "../../whatToDeploy/plan.js";
import { choiceText } from "../../whatToDeploy/choiceTexts.js";
import { RenderError } from "../../../render/errors.js";
import type { Service } from "../../../render/shapes.js";
import { confirmByTyping } from "../../../dialogs/typeToConfirm.js";
import { awaitGit } from "../../../git/vscode/awaitGit.js";
import { askingOnce, defaultWish, type Wish } from "../../whatToDeploy/vscode/defaultWish.js";
import { pickMode, pickServices } from "./pickServices.js";
import type { GitRepository } from "../../../git/vscode/gitApi.js";
import type { Matches } from "../../../matching/vscode/matches.js";
import { commandDoing } from "../../../commandTexts.js";
import { showError } from "../../../dialogs/notices.js";
import { readFacts, cloneOfChoice, type FactParts } from "../../preflight/vscode/readFacts.js";
import { withProgress } from "../../../dialogs/progress.js";
import type { BatchNotices } from "./batchNotices.js";
import { pushAndSee } from "../../../git/vscode/pushPullFetch.js";
import { mustAsk } from "../../preflight/vscode/preflight.js";
import { type TriggerDeploy } from "../../deploy/vscode/triggerDeploy.js";
import { type Origin, originTexts } from "../../whatToDeploy/originTexts.js";

export interface DeploySeveralParts extends FactParts {
  readonly matches: Matches;
  /** Makes sure that there is a key, asking for one where there is none. False when the person left. */
  readonly signIn: () => Promise<boolean>;
  /** Deploys where only one service was picked. */
  readonly trigger: Pick<TriggerDeploy, "run">;
  readonly batches: Pick<BatchNotices, "run">;
  readonly awaited: AwaitedDeploys;
  /** Render's clock, in milliseconds since the epoch; undefined while no reply has told it. */
  readonly renderNow: () => number | undefined;
  /** A new name that no other batch has. */
  readonly newId: () => string;
  /** Who asks, for the output. */
  readonly askedBy: (from: string) => string;
}

interface Wished {
  readonly service: Service;
  readonly wish: Wish;
}

interface Looked extends Candidate {
  /** The open clone that the commit is of. */
  readonly repository: GitRepository | undefined;
}

/** What a person said, and to which services. */
interface Answer {
  readonly chosen: readonly Looked[];
  readonly pushFirst: boolean;
}

/** The way from a click to several deploys that are followed as one: services, how, one question, a batch. */
export class DeploySeveral {
  readonly #parts: DeploySeveralParts;
  readonly #asking = new UnderWay();

  constructor(parts: DeploySeveralParts) {
    this.#parts = parts;
  }

  /**
   * Runs the way once; a second click while the first still asks joins it.
   *
   * @param environmentId the environment whose row was clicked
   */
  run(environmentId: string | undefined): Promise<void> {
    return this.#asking.join("all", () => this.#run(environmentId));
  }

  /**
   * Runs the way for services that a notification named; those that Render no longer knows are passed over. Never
   * rejects: what goes wrong is shown.
   */
  runFor(ids: readonly string[]): void {
    this.#fromNotification(() => this.#runFor(ids));
  }

  async #runFor(ids: readonly string[]): Promise<void> {
    if (!(await this.#parts.signIn())) return;
    await this.#read();
    const { services } = this.#parts.services.listing;
    const known = ids.flatMap(id => services.find(service => service.id === id) ?? []);
    if (known.length > 0) await this.#deploy(known, "notification");
  }

  async #run(environmentId: string | undefined): Promise<void> {
    const { services, matches, signIn } = this.#parts;
    if (!(await signIn())) return;
    await this.#read();
    const picked = await pickServices(services.listing, matches.all(), environmentId);
    if (picked) await this.#deploy(picked, environmentId === undefined ? "palette" : "tree");
  }

  /** @throws what the services could not be loaded for */
  async #read(): Promise<void> {
    const { services, matches } = this.#parts;
    await withProgress(loadingText, () => Promise.all([matches.read({ fresh: true }), services.load()]));
    const { listing } = services;
    if (listing.services.length === 0 && listing.state === "failed") throw listing.error;
  }

  /** Waits for what is not read of the repositories of these services. False when the person left. */
  #isRead(picked: readonly Service[], reading: Promise<unknown>): Promise<boolean> {
    const { git, matches } = this.#parts;
    return awaitGit(git, reading, () => picked.every(each => matches.isReadFor(each)));
  }

  async #deploy(picked: readonly Service[], from: Origin): Promise<void> {
    const [first, ...others] = picked;
    if (first && others.length === 0) {
      await this.#parts.trigger.run({ origin: from, service: first, withOptions: false });
      return;
    }
    if (!(await this.#isRead(picked, Promise.resolve()))) return;
    const mode = await pickMode(picked.length);
    if (mode) await this.#confirmAndStart(picked, mode, from);
  }

  async #confirmAndStart(picked: readonly Service[], mode: BatchMode, from: Origin): Promise<void> {
    const { services, batches, newId } = this.#parts;
    const again = (): void => {
      this.#fromNotification(() => this.#again(picked, mode, from));
    };
    const { known, gone } = await withProgress(lookingText, () => this.#readAnew(picked));
    const wished = await this.#wishesOf(known);
    if (!wished) return;
    const candidates = await withProgress(lookingText, () =>
      Promise.all(wished.map(each => this.#candidateOf(each))),
    );
    const answer = await confirm(candidates, mode, gone);
    if (!answer) return;
    const automatic = answer.pushFirst ? await this.#push(answer.chosen, again) : new Map<string, never>();
    if (!automatic) return;
    const orders = answer.chosen.flatMap(each =>
      this.#orderOf(each, from, automatic.get(each.facts.service.id)),
    );
    const retry = (ids: readonly string[]): void => {
      const left = ids.flatMap(id => services.listing.services.find(service => service.id === id) ?? []);
      if (left.length > 0) this.#fromNotification(() => this.#again(left, mode, from));
    };
    void batches.run({ id: newId(), orders, mode, retry });
  }

  async #again(picked: readonly Service[], mode: BatchMode, from: Origin): Promise<void> {
    const { git } = this.#parts;
    if (await this.#isRead(picked, git.read({ fresh: true })))
      await this.#confirmAndStart(picked, mode, from);
  }

  /** There is no command that would say why it failed. */
  #fromNotification(work: () => Promise<void>): void {
    work().catch((error: unknown) => {
      if (error instanceof RenderError && error.kind === "aborted") return;
      const retry = (): void => {
        this.#fromNotification(work);
      };
      void showError(error, commandDoing["render.deployServices"], { retry });
    });
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

  async #candidateOf({ service, wish }: Wished): Promise<Looked> {
    const { services } = this.#parts;
    const repository = await cloneOfChoice(this.#parts, service, wish.choice);
    const facts = await readFacts(this.#parts, service, wish, repository);
    return { facts, findings: findingsOf(facts), place: services.place(service), repository };
  }

  /**
   * Pushes what is not pushed, each branch once. Gives, by the ids of their services, the deploys that Render is about to make
   * by itself; undefined, with the reason shown, when a push failed.
   */
  async #push(
    chosen: readonly Looked[],
    retry: () => void,
  ): Promise<ReadonlyMap<string, AutomaticDeploy> | undefined> {
    const { clock, awaited, renderNow } = this.#parts;
    const now = clock.now();
    const since = earliestOf(now, now, renderNow());
    const pushes = chosen.flatMap(({ facts, findings, repository }) => {
      const push = pushOf({ findings });
      return push?.pushTo && repository
        ? [
            {
              ...push,
              to: push.pushTo,
              id: facts.service.id,
              repository,
              automatic: automaticAfterPush(push, since),
            },
          ]
        : [];
    });
    const taken = pushes.flatMap(({ id, automatic }) => (automatic ? [[id, automatic] as const] : []));
    // Before the push, so that following pushes leaves them alone.
    const own = pushes.filter(({ deploysItself }) => deploysItself !== "checksPass");
    await Promise.all(own.map(({ id, commit }) => awaited.add(id, commit)));
    const done = new Set<string>();
    for (const { repository, to, commit } of pushes) {
      const name = JSON.stringify([repository.rootUri.toString(), to, commit]);
      if (done.has(name)) continue;
      const besides = done.size > 0 ? pushedBeforeText : "";
      if (!(await pushAndSee(this.#parts, repository, to, commit, retry, besides))) {
        await Promise.all(own.map(({ id, commit }) => awaited.remove(id, commit)));
        return undefined;
      }
      done.add(name);
    }
    return new Map(taken);
  }

  #orderOf(
    { facts: { service, choice }, place }: Candidate,
    from: Origin,
    automatic: AutomaticDeploy | undefined,
  ): DeployOrder[] {
    const plan = planDeploy(service, choice, false);
    const what = choiceText(service, choice);
    const askedBy = this.#parts.askedBy(originTexts[from]);
    return plan.ok
      ? [{ service, place, body: plan.body, what, askedBy, ...(automatic && { automatic }) }]
      : [];
  }
}

/** What the person says is deployed; undefined when they left. Protected environments are typed besides. */
async function confirm(
  candidates: readonly Looked[],
  mode: BatchMode,
  gone: readonly string[],
): Promise<Answer | undefined> {
  const question = batchQuestion(candidates, mode, gone);
  const chosen = candidates.filter(each => !isLeftOut(each));
  const isAsked =
    gone.length > 0 ||
    chosen.length < candidates.length ||
    candidates.some(({ place, findings }) => mustAsk(place, findings));
  const pressed = isAsked ? await ask(question) : question.deploy;
  if (pressed === undefined) return undefined;
  const confirmed = pressed === question.deployAll ? candidates : chosen;
  for (const typing of typingsOf(confirmed)) if (!(await confirmByTyping(typing))) return undefined;
  return { chosen: confirmed, pushFirst: pressed === question.pushAndDeploy };
}

async function ask({
  text,
  details,
  isGrave,
  pushAndDeploy,
  deploy,
  deployAll,
}: BatchQuestion): Promise<string | undefined> {
  const { showWarningMessage, showInformationMessage } = vscode.window;
  const buttons = [pushAndDeploy, deploy, deployAll].filter(button => button !== undefined);
  const message = isGrave ? showWarningMessage : showInformationMessage;
  return message(text, { modal: true, detail: details.join("\n") }, ...buttons);
}
