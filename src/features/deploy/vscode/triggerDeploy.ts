import { inTime } from "../../../window/clock.js";
import { UnderWay } from "../../../underWay.js";
import type * as vscode from "vscode";
import { planDeploy } from "../../whatToDeploy/plan.js";
import { existingOrder } from "../../following/existingOrder.js";
import type { DeployOrder, FollowedDeploy } from "../../following/followedDeploy.js";
import { whoStarted } from "../../../services/deployTexts.js";
import type { DeployTracker } from "../../following/tracker.js";
import {
  headFor,
  isCloneOf,
  isReadFor,
  onlyRepository,
  type Commit,
  type GitReading,
} from "../../../git/repository.js";
import { noHeadText } from "../../whatToDeploy/noHeadTexts.js";
import { choiceText, refusalText } from "../../whatToDeploy/choiceTexts.js";
import { plainName } from "../../../text/plainText.js";
import type { Deploy, Service } from "../../../render/shapes.js";
import { isCronJob, sourceOf } from "../../../services/serviceKind.js";
import { reasons } from "../../../matching/reasonTexts.js";
import type { PreferredService } from "../../../matching/preferred.js";
import { awaitGit } from "../../../git/vscode/awaitGit.js";
import { defaultWish, type Wish } from "../../whatToDeploy/vscode/defaultWish.js";
import { pickChoice } from "../../whatToDeploy/vscode/pickChoice.js";
import { choiceFor, readsGit, type Wanted } from "../../whatToDeploy/wanted.js";
import { pickService } from "../../../matching/vscode/pickService.js";
import type { Git } from "../../../git/vscode/git.js";
import type { Matches } from "../../../matching/vscode/matches.js";
import { show, showError } from "../../../dialogs/notices.js";
import type { Services } from "../../../services/vscode/services.js";
import { personOf, type StoredState } from "../../../window/state.js";
import type { LinkService } from "../../../matching/vscode/linkService.js";
import type { Preflight } from "../../preflight/vscode/preflight.js";
import { originTexts, type Origin } from "../../whatToDeploy/originTexts.js";
import { commandDoing } from "../../../commandTexts.js";
import { triggerPick } from "../triggerTexts.js";

export interface TriggerDeployParts {
  readonly services: Services;
  readonly git: Git;
  readonly matches: Matches;
  readonly links: Pick<LinkService, "gone">;
  readonly tracker: DeployTracker;
  readonly state: Pick<StoredState, "lastService" | "user">;
  /** Makes sure that there is a key, asking for one where there is none. False when the person left. */
  readonly signIn: () => Promise<boolean>;
  readonly preflight: Preflight;
}

export interface TriggerRequest {
  readonly origin: Origin;
  /** Undefined: the person is asked, or the workspace tells. */
  readonly service?: Service;
  /** Where it can only be one of these, the person picks among them. */
  readonly among?: readonly Service[];
  /** A file or folder of the repository that is meant. */
  readonly within?: vscode.Uri;
  /** The id of the service that the place named which was clicked; where another is meant by now, the person picks. */
  readonly named?: string;
  /** What to deploy, where that is chosen already. */
  readonly commit?: Commit;
  /** The same, as it was written down. */
  readonly wanted?: Wanted;
  /** Whether to ask for every choice. */
  readonly withOptions: boolean;
  /** Told as soon as it is sent, or as one that exists already is followed. */
  readonly begun?: (followed: FollowedDeploy) => void;
}

/** What came of a click. */
export type Triggered =
  | { readonly kind: "followed"; readonly followed: FollowedDeploy }
  /** What was chosen cannot be sent, as a message has said by now. */
  | { readonly kind: "refused"; readonly text: string }
  /** The person left, wherever they were asked. */
  | { readonly kind: "left" };

const left: Triggered = { kind: "left" };

/** How long the list of services waits for Git before it opens, in milliseconds. */
const longestHold = 400;

/** The way from a click to a deploy that is followed: service, what to deploy, confirmation, trigger. */
export class TriggerDeploy {
  readonly #parts: TriggerDeployParts;
  readonly #asking = new UnderWay<Triggered>();

  constructor(parts: TriggerDeployParts) {
    this.#parts = parts;
  }

  /** Runs the way once; a second click on the same thing while the first still asks joins it. */
  run(request: TriggerRequest): Promise<Triggered> {
    const { service, among, within, commit, wanted, withOptions } = request;
    const ids = among?.map(({ id }) => id);
    const key = JSON.stringify([service?.id, ids, within?.toString(), commit?.id, withOptions, wanted]);
    return this.#asking.join(key, () => this.#run(request));
  }

  /** Asks anew for what a notification told of: the same commit, where Render takes one. Never rejects. */
  again({ service: { id }, automatic }: DeployOrder): void {
    inBackground(async () => {
      const { services, git } = this.#parts;
      const service = await services.find(id);
      const roots = git.last.ok ? git.last.repositories.map(({ root }) => root) : [];
      const takesCommit = service !== undefined && !isCronJob(service);
      const commit = automatic && takesCommit ? await git.findCommit(automatic.commitId, roots) : undefined;
      const what = { ...(service && { service }), ...(commit && { commit }) };
      await this.run({ origin: "notification", ...what, withOptions: false });
    });
  }

  async #run(request: TriggerRequest): Promise<Triggered> {
    const { services, git, matches } = this.#parts;
    if (!(await this.#parts.signIn())) return left;
    const reading = matches.read({ fresh: true });
    const isRead = (those: () => readonly Service[]): Promise<boolean> =>
      awaitGit(git, reading, () => those().every(each => this.#isReadFor(each, request.within)));
    const known = request.service
      ? { service: request.service, why: [] }
      : await this.#service(request, reading, isRead);
    if (!known) return left;
    await services.load();
    // For what needs no HEAD, a repository that cannot be read is none of its business.
    const needsGit = !request.commit && (request.wanted ? readsGit(request.wanted) : true);
    if (needsGit && takesHead(known.service) && !(await isRead(() => [known.service]))) return left;
    const service = await services.readAnew(known.service);
    const chosen = request.withOptions
      ? await pickChoice(service, this.#parts)
      : await this.#choiceOf(service, request);
    return chosen ? this.#confirmAndStart(request, service, { ...chosen, why: known.why }) : left;
  }

  /** The linked service, or what is open (or the place that was clicked) tells. Otherwise the person picks. */
  async #service(
    { origin, among, within, named }: TriggerRequest,
    reading: Promise<unknown>,
    isRead: (those: () => readonly Service[]) => Promise<boolean>,
  ): Promise<PreferredService | undefined> {
    const { services, matches, links, git } = this.#parts;
    const loaded = services.load();
    if (!among && origin !== "palette") {
      await loaded;
      const link = within ? matches.linkAt(within) : matches.linkHere;
      if (link) {
        const service = await services.find(link.service.id);
        if (service) return { service, why: [reasons.linked(link.folder)] };
        links.gone(link);
        return undefined;
      }
      const mayBeMeant = ({ id }: Service): boolean => named === undefined || id === named;
      if (!(await isRead(() => services.listing.services.filter(mayBeMeant)))) return undefined;
      const preferred = matches.preferred(within && git.rootOf(within));
      if (preferred && (named === undefined || preferred.service.id === named)) return preferred;
    }
    // So that the list opens with what belongs to this workspace at its top, where that is quick to tell.
    if (!among) await inTime(reading, longestHold);
    const question = { ...triggerPick, ...(among && { among }) };
    const service = await pickService(this.#parts, question);
    return service && { service, why: [] };
  }

  /** Git as it was read last; of one repository only where the place that was clicked tells which. */
  #readingFor(service: Service, within: vscode.Uri | undefined): GitReading {
    const { git, matches } = this.#parts;
    const reading = matches.readingFor(service);
    return within ? onlyRepository(reading, git.rootOf(within)) : reading;
  }

  #isReadFor(service: Service, within: vscode.Uri | undefined): boolean {
    return service.repo === undefined || isReadFor(service.repo, this.#readingFor(service, within));
  }

  /** @param root of the one clone that was chosen already */
  async #choiceOf(
    service: Service,
    { commit, wanted, within }: TriggerRequest,
    root?: string,
  ): Promise<Wish | undefined> {
    const reading = onlyRepository(this.#readingFor(service, within), root);
    if (wanted) return this.#wishFor(wanted, service, reading);
    if (!commit) return defaultWish(service, reading);
    const head = service.repo === undefined ? undefined : headFor(service.repo, reading);
    const isForeign = head?.kind === "none" && head.why === "otherRepository";
    return {
      choice: { kind: "commit", commit },
      clearCache: false,
      ...(isForeign && { noHead: noHeadText(head, service) }),
    };
  }

  async #wishFor(wanted: Wanted, service: Service, reading: GitReading): Promise<Wish | undefined> {
    const { repo } = service;
    const clones =
      reading.ok && repo !== undefined ? reading.repositories.filter(each => isCloneOf(each, repo)) : [];
    const roots = clones.map(({ root }) => root);
    const choice = await choiceFor(wanted, service, id => this.#parts.git.findCommit(id, roots));
    const { clearCache } = wanted;
    if (choice) return { choice, clearCache };
    const wish = await defaultWish(service, reading);
    return wish && { ...wish, clearCache };
  }

  async #confirmAndStart(request: TriggerRequest, service: Service, chosen: Wish): Promise<Triggered> {
    const { services, tracker, git, state, preflight } = this.#parts;
    const plan = planDeploy(service, chosen.choice, chosen.clearCache);
    if (!plan.ok) {
      const text = refusalText(plan.why);
      void show("error", { text, remedies: ["chooseOther"] }, this.#chooseOther(request, service));
      return { kind: "refused", text };
    }
    const resume = (): void => {
      inBackground(() => this.#confirmAndStart(request, service, chosen));
    };
    const answer = await preflight.confirm(service, chosen, resume);
    switch (answer.kind) {
      case "left":
        return left;
      case "looksFirst": {
        const goOn = async (): Promise<Triggered> =>
          (await answer.goesOn) ? this.#confirmAndStart(request, service, chosen) : left;
        // A task has not ended before that is decided; after a click, another may come meanwhile.
        if (request.wanted) return goOn();
        inBackground(goOn);
        return left;
      }
      case "chooseOther": {
        const other = await pickChoice(service, this.#parts);
        return other ? this.#confirmAndStart(request, service, other) : left;
      }
      case "again": {
        const isEnough = (): boolean => this.#isReadFor(service, request.within);
        if (!(await awaitGit(git, git.read({ fresh: true }), isEnough))) return left;
        const root = chosen.choice.kind === "commit" ? chosen.choice.head?.root : undefined;
        const anew = await this.#choiceOf(service, request, root);
        const { clearCache } = chosen;
        return anew ? this.#confirmAndStart(request, service, { ...anew, clearCache }) : left;
      }
      case "follow": {
        const followed = await this.#follow(service, answer.deploy);
        request.begun?.(followed);
        return { kind: "followed", followed };
      }
      case "deploy":
    }
    const order: DeployOrder = {
      service,
      place: services.place(service),
      body: plan.body,
      what: choiceText(service, chosen.choice),
      askedBy: `${personOf(state)}, ${originTexts[request.origin]}`,
      ...(answer.automatic && { automatic: answer.automatic }),
    };
    await this.#remember(service);
    const started = tracker.start(order);
    const begun = tracker.running.find(each => each.order === order);
    if (begun) request.begun?.(begun);
    return { kind: "followed", followed: await started };
  }

  /** Takes care of a deploy that exists already, whoever started it. */
  async #follow(service: Service, deploy: Deploy): Promise<FollowedDeploy> {
    const { services, tracker } = this.#parts;
    await this.#remember(service);
    return tracker.followExisting(
      existingOrder(service, services.place(service), deploy, whoStarted(deploy)),
      deploy,
    );
  }

  async #remember({ id, name }: Service): Promise<void> {
    await this.#parts.state.lastService.set({ id, name: plainName(name) });
  }

  #chooseOther(request: TriggerRequest, service: Service): { chooseOther: () => void } {
    return { chooseOther: () => void this.run({ ...request, service, withOptions: true }) };
  }
}

/** Whether what one click deploys is HEAD, where there is one. */
function takesHead(service: Service): boolean {
  return sourceOf(service) === "git" && !isCronJob(service);
}

/** For what goes on from a notification: what it throws is shown like that of a command. */
function inBackground(work: () => Promise<unknown>): void {
  work().catch((error: unknown) => {
    void showError(error, commandDoing["render.triggerDeploy"], {
      retry: () => {
        inBackground(work);
      },
    });
  });
}
