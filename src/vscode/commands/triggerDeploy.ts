import { defaultChoice, headChoice, planDeploy, type DeployChoice } from "../../core/deploy/plan.js";
import type { DeployOrder, FollowedDeploy } from "../../core/deploy/followedDeploy.js";
import { phaseText } from "../../core/deploy/followTexts.js";
import type { DeployTracker } from "../../core/deploy/tracker.js";
import { durationText } from "../../core/durationText.js";
import { headOf, type HeadReading } from "../../core/git/repository.js";
import { choiceText, noHeadText, refusalText, type Explanation, type Remedy } from "../../core/messages.js";
import { plainText } from "../../core/plainText.js";
import type { Clock } from "../../core/ports.js";
import type { Service } from "../../core/render/shapes.js";
import { chosenText, reasons } from "../../core/services/linkTexts.js";
import { mayBeProduction, placeText, type Place } from "../../core/services/place.js";
import type { PreferredService } from "../../core/services/preferred.js";
import { typeView } from "../../core/services/serviceKind.js";
import { confirmDeploy } from "../ask/confirmDeploy.js";
import { pickChoice, pickRepository, type Chosen } from "../ask/pickChoice.js";
import { pickService } from "../ask/pickService.js";
import type { Git } from "../git.js";
import type { Matches } from "../matches.js";
import { remedy, show } from "../notices.js";
import type { Services } from "../services.js";
import { settings } from "../settings.js";
import { personOf, type StoredState } from "../state.js";
import type { LinkService } from "./linkService.js";

/** Where the person pressed. */
export type Origin = "palette" | "tree" | "statusBar";

const originTexts: Record<Origin, string> = {
  palette: "from the command palette",
  tree: "from the services view",
  statusBar: "from the status bar",
};

export interface TriggerDeployParts {
  readonly services: Services;
  readonly git: Git;
  readonly matches: Matches;
  readonly links: Pick<LinkService, "gone">;
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
    const key = JSON.stringify([request.service?.id, request.withOptions]);
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
    const known = request.service
      ? { service: request.service, why: [] }
      : await this.#service(request.origin, reading);
    if (!known) return;
    await Promise.all([reading, services.load()]);
    const service = await services.readAnew(known.service);
    const chosen = request.withOptions ? await pickChoice(service, git) : await this.#defaultChoice(service);
    if (chosen) await this.#confirmAndStart(request, service, { ...chosen, why: known.why });
  }

  /** From the status bar: the linked service, or what is open tells. Otherwise the person picks. */
  async #service(origin: Origin, reading: Promise<unknown>): Promise<PreferredService | undefined> {
    const { services, matches, links } = this.#parts;
    const loaded = services.load();
    if (origin === "statusBar") {
      await Promise.all([loaded, reading]);
      const link = matches.linkHere;
      if (link) {
        const service = await services.find(link.service.id);
        if (service) return { service, why: [reasons.linked(link.folder)] };
        links.gone(link);
        return undefined;
      }
      const preferred = matches.preferred();
      if (preferred) return preferred;
    }
    const source = {
      account: () => services.account,
      matching: () => matches.all(),
      reload: () => void services.reload(),
      onDidChange: matches.onDidChange,
    };
    const service = await pickService(source, "Render: Trigger Deploy", "deploy");
    return service && { service, why: [] };
  }

  async #defaultChoice(service: Service): Promise<(Chosen & NoHead) | undefined> {
    const found = defaultChoice(service, this.#parts.matches.readingFor(service));
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

  async #confirmAndStart(
    request: TriggerRequest,
    service: Service,
    chosen: Chosen & NoHead & Why,
  ): Promise<void> {
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
      askedBy: `${personOf(state)}, ${originTexts[request.origin]}`,
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
    { choice, clearCache, noHead, why = [] }: Chosen & NoHead & Why,
    running: FollowedDeploy | undefined,
  ): Promise<"deploy" | Remedy | undefined> {
    const name = plainText(service.name, 60);
    const details = [`${typeView(service.type).label} in ${placeText(place)}`];
    if (why.length > 0) details.push(chosenText(why));
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
}

interface NoHead {
  /** Why HEAD is not what is deployed, where a person would expect it to be. */
  readonly noHead?: Explanation;
}

interface Why {
  /** Why this service was taken without asking, where there was something to choose. */
  readonly why?: readonly string[];
}

function choiceFrom(reading: HeadReading, service: Service): { readonly choice: DeployChoice } & NoHead {
  if (reading.kind === "head") return { choice: headChoice(reading) };
  const noHead = reading.kind === "none" ? noHeadText(reading.why, service, reading.branch) : undefined;
  return { choice: { kind: "newest" }, ...(noHead && { noHead }) };
}
