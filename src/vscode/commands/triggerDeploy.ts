import type * as vscode from "vscode";
import { defaultChoice, headChoice, planDeploy, type DeployChoice } from "../../core/deploy/plan.js";
import type { DeployOrder, FollowedDeploy } from "../../core/deploy/followedDeploy.js";
import { phaseText } from "../../core/deploy/followTexts.js";
import type { DeployTracker } from "../../core/deploy/tracker.js";
import { durationText } from "../../core/durationText.js";
import {
  headFor,
  headOf,
  onlyRepository,
  type Commit,
  type GitReading,
  type HeadReading,
} from "../../core/git/repository.js";
import { choiceText, noHeadText, refusalText, type Explanation, type Remedy } from "../../core/messages.js";
import { plainText } from "../../core/plainText.js";
import type { Clock } from "../../core/ports.js";
import type { Service } from "../../core/render/shapes.js";
import { matchingServices } from "../../core/services/match.js";
import { mayBeProduction, placeText, type Place } from "../../core/services/place.js";
import { typeView } from "../../core/services/serviceKind.js";
import { confirmDeploy } from "../ask/confirmDeploy.js";
import { pickChoice, pickRepository, type Chosen } from "../ask/pickChoice.js";
import { pickService } from "../ask/pickService.js";
import type { Git } from "../git.js";
import { remedy, show } from "../notices.js";
import type { Services } from "../services.js";
import { settings } from "../settings.js";
import type { StoredState } from "../state.js";

/** Where the person pressed. */
export type Origin = "palette" | "tree" | "statusBar" | "blueprint" | "sourceControl" | "editor" | "timeline";

const originTexts: Record<Origin, string> = {
  palette: "from the command palette",
  tree: "from the services view",
  statusBar: "from the status bar",
  blueprint: "from the Blueprint file",
  sourceControl: "from Source Control",
  editor: "from the editor title",
  timeline: "from the Timeline",
};

export interface TriggerDeployParts {
  readonly services: Services;
  readonly git: Git;
  readonly tracker: DeployTracker;
  readonly state: Pick<StoredState, "lastService" | "user">;
  /** Makes sure that there is a key, asking for one where there is none. False when the person left. */
  readonly signIn: () => Promise<boolean>;
  readonly clock: Pick<Clock, "now">;
}

export interface TriggerRequest {
  readonly origin: Origin;
  /** Undefined: the person is asked, or the workspace tells. */
  readonly service?: Service;
  /** Where it can only be one of these, the person picks among them. */
  readonly among?: readonly Service[];
  /** A file or folder of the repository that is meant. */
  readonly within?: vscode.Uri;
  /** What to deploy, where that is chosen already. */
  readonly commit?: Commit;
  /** Whether to ask for every choice. */
  readonly withOptions: boolean;
}

/** The way from a click to a deploy that is followed: service, what to deploy, confirmation, trigger. */
export class TriggerDeploy {
  readonly #parts: TriggerDeployParts;
  readonly #asking = new Map<string, Promise<void>>();

  constructor(parts: TriggerDeployParts) {
    this.#parts = parts;
  }

  /** Runs the way once; a second click on the same thing while the first still asks joins it. */
  run(request: TriggerRequest): Promise<void> {
    const { service, among, within, commit, withOptions } = request;
    const ids = among?.map(({ id }) => id);
    const key = JSON.stringify([service?.id, ids, within?.toString(), commit?.id, withOptions]);
    const underWay = this.#asking.get(key);
    if (underWay) return underWay;
    const done = this.#run(request).finally(() => this.#asking.delete(key));
    this.#asking.set(key, done);
    return done;
  }

  async #run(request: TriggerRequest): Promise<void> {
    const { services, git } = this.#parts;
    if (!(await this.#parts.signIn())) return;
    const reading = git.read({ fresh: true });
    const known = request.service ?? (await this.#service(request, reading));
    if (!known) return;
    await Promise.all([reading, services.load()]);
    const service = await services.readAnew(known);
    const chosen = request.withOptions
      ? await pickChoice(service, git)
      : await this.#choiceOf(service, request);
    if (chosen) await this.#confirmAndStart(request, service, chosen);
  }

  /** What this place deployed last, or the only match, where it tells which repository. Otherwise the person picks. */
  async #service(
    { origin, among, within }: TriggerRequest,
    reading: Promise<unknown>,
  ): Promise<Service | undefined> {
    const { services, state } = this.#parts;
    const { onDidChange } = services;
    const reload = (): void => void services.reload();
    if (among)
      return pickService({
        account: () => ({ ...services.account, services: among }),
        matching: () => [],
        reload,
        onDidChange,
      });
    const loaded = services.load();
    const matching = (): Service[] => matchingServices(services.account.services, this.#gitWithin(within));
    if (origin !== "palette") {
      await Promise.all([loaded, reading]);
      const known = within === undefined ? services.account.services : matching();
      const last = known.find(({ id }) => id === state.lastService.get()?.id);
      if (last) return last;
      const [only, ...others] = matching();
      if (only && others.length === 0) return only;
    }
    return pickService({ account: () => services.account, matching, reload, onDidChange });
  }

  #gitWithin(file: vscode.Uri | undefined): GitReading {
    const { git } = this.#parts;
    return onlyRepository(git.last, file && git.rootOf(file));
  }

  async #choiceOf(
    service: Service,
    { commit, within }: TriggerRequest,
  ): Promise<(Chosen & NoHead) | undefined> {
    const reading = this.#gitWithin(within);
    if (!commit) return this.#defaultChoice(service, reading);
    const head = service.repo === undefined ? undefined : headFor(service.repo, reading);
    const isForeign = head?.kind === "none" && head.why === "otherRepository";
    return {
      choice: { kind: "commit", commit },
      clearCache: false,
      ...(isForeign && { noHead: noHeadText(head.why, service, undefined) }),
    };
  }

  async #defaultChoice(service: Service, reading: GitReading): Promise<(Chosen & NoHead) | undefined> {
    const found = defaultChoice(service, reading);
    if (found.kind === "chosen") {
      const { choice, noHead } = found;
      return {
        choice,
        clearCache: false,
        ...(noHead && { noHead: noHeadText(noHead.why, service, noHead.branch) }),
      };
    }
    const repository = await pickRepository(found.repositories, service);
    if (!repository) return undefined;
    return { clearCache: false, ...choiceFrom(headOf(repository), service) };
  }

  async #confirmAndStart(request: TriggerRequest, service: Service, chosen: Chosen & NoHead): Promise<void> {
    const { services, tracker, state, git } = this.#parts;
    const plan = planDeploy(service, chosen.choice, chosen.clearCache);
    if (!plan.ok)
      return show(
        "error",
        { text: refusalText(plan.why), remedies: ["chooseOther"] },
        this.#chooseOther(request, service),
      );
    const place = services.place(service);
    const running = tracker.running.find(({ order }) => order.service.id === service.id);
    const what = choiceText(service, chosen.choice);
    if (this.#mustAsk(service, place, chosen, running)) {
      const answer = await this.#ask(service, place, chosen, running);
      if (answer === undefined) return;
      if (answer === "chooseOther") {
        const other = await pickChoice(service, git);
        return other && this.#confirmAndStart(request, service, other);
      }
      if (answer !== "deploy") return remedy(answer, { dashboardUrl: service.dashboardUrl });
    }
    const order: DeployOrder = {
      service,
      place,
      body: plan.body,
      what,
      askedBy: this.#askedBy(request.origin),
    };
    await state.lastService.set({ id: service.id, name: plainText(service.name, 60) });
    await tracker.start(order);
  }

  #mustAsk(service: Service, place: Place, chosen: NoHead, running: FollowedDeploy | undefined): boolean {
    // Whatever the setting says: what differs from what the person expects is said first.
    if (service.suspended || chosen.noHead || running) return true;
    const confirm = settings.confirmDeploy();
    return confirm === "always" || (confirm === "productionOnly" && mayBeProduction(place));
  }

  async #ask(
    service: Service,
    place: Place,
    { choice, clearCache, noHead }: Chosen & NoHead,
    running: FollowedDeploy | undefined,
  ): Promise<"deploy" | Remedy | undefined> {
    const name = plainText(service.name, 60);
    const details = [`${typeView(service.type).label} in ${placeText(place)}`];
    const remedies: Remedy[] = ["chooseOther"];
    if (clearCache) details.push("The build cache is cleared first.");
    if (noHead) {
      details.push("", noHead.text);
      remedies.push(...noHead.remedies);
    }
    if (service.suspended) {
      const by =
        service.suspenders.length === 0 ? "" : ` (by ${plainText(service.suspenders.join(", "), 80)})`;
      details.push(
        "",
        `${name} is suspended${by}. Resume it in the Dashboard first; Render may refuse a deploy before that.`,
      );
      remedies.push("openDashboard");
    }
    if (running) {
      const since = durationText(this.#parts.clock.now() - running.askedAt);
      details.push(
        "",
        `A deploy of ${running.order.what} is already running (${phaseText(running).toLowerCase()}, ${since}). Depending on the workspace's settings, Render cancels it for this one or lets this one wait.`,
      );
    }
    const deploy = service.suspended || running ? "Deploy Anyway" : "Deploy";
    return confirmDeploy({
      text: `Deploy ${choiceText(service, choice)} to ${name}?`,
      details,
      deploy,
      remedies,
    });
  }

  #chooseOther(request: TriggerRequest, service: Service): { chooseOther: () => void } {
    return { chooseOther: () => void this.run({ ...request, service, withOptions: true }) };
  }

  #askedBy(origin: Origin): string {
    const user = this.#parts.state.user.get();
    const name = user ? plainText(user.name || user.email, 60) : "you";
    return `${name}, ${originTexts[origin]}`;
  }
}

interface NoHead {
  /** Why HEAD is not what is deployed, where a person would expect it to be. */
  readonly noHead?: Explanation;
}

function choiceFrom(reading: HeadReading, service: Service): { readonly choice: DeployChoice } & NoHead {
  if (reading.kind === "head") return { choice: headChoice(reading) };
  const noHead = reading.kind === "none" ? noHeadText(reading.why, service, reading.branch) : undefined;
  return { choice: { kind: "newest" }, ...(noHead && { noHead }) };
}
