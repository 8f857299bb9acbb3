import * as vscode from "vscode";
import { deployOf, isOver, type DeploySink, type FollowedDeploy } from "../../following/followedDeploy.js";
import { noticeOf, phaseText, serviceProgressText } from "../../following/followTexts.js";
import { viewOf } from "../../../services/deployStatus.js";
import { sameCommit } from "../../../git/commitId.js";
import { plainText, shortSha, plainName } from "../../../text/plainText.js";
import { glanceSentence, glanceText } from "../../../matching/glanceTexts.js";
import type { Glances } from "../../../matching/vscode/glances.js";
import type { Target } from "../../../matching/vscode/matches.js";
import type { Services } from "../../../services/vscode/services.js";
import { Owned } from "../../../window/owned.js";

/** The button that deploys; while a deploy runs it shows the phase, afterwards the outcome. */
export class StatusBar implements DeploySink, vscode.Disposable {
  readonly #own = new Owned();
  readonly #item = this.#own.add(
    vscode.window.createStatusBarItem("deploy", vscode.StatusBarAlignment.Left, 10),
  );
  readonly #glances: Glances;
  readonly #target: () => Target | undefined;
  readonly #services: Pick<Services, "deploysOf">;
  /** What a click passes on. Changed in place: a click meets nothing in the moment in which a command is set anew. */
  readonly #clicked: { readonly from: "statusBar"; named: string | undefined } = {
    from: "statusBar",
    named: undefined,
  };
  #ticking: NodeJS.Timeout | undefined;
  #followed: FollowedDeploy | undefined;
  #shownTarget: string | undefined;

  /** @param target what a click deploys; undefined where a person is asked */
  constructor(target: () => Target | undefined, services: Pick<Services, "deploysOf">, glances: Glances) {
    this.#target = target;
    this.#services = services;
    this.#glances = glances;
    this.#own.add(
      glances.onDidChange(() => {
        this.#glanceChanged();
      }),
    );
    this.#item.name = "Render: Trigger Deploy";
    this.#item.command = {
      title: "Trigger Deploy",
      command: "render.triggerDeploy",
      arguments: [this.#clicked],
    };
    this.#idle();
    this.#item.show();
  }

  /** What a click deploys may have changed; the outcome of the last deploy gives way only to another service. */
  refresh(): void {
    const isRunning = this.#followed && !isOver(this.#followed);
    const id = this.#target()?.id;
    if (isRunning || (this.#followed && (id === this.#shownTarget || id === this.#followed.order.service.id)))
      return;
    this.#followed = undefined;
    this.#idle();
  }

  deployChanged(followed: FollowedDeploy): void {
    // A newer deploy has the place; an older one keeps quiet.
    if (this.#followed && followed.askedAt < this.#followed.askedAt) return;
    this.#followed = followed;
    this.#shownTarget = this.#target()?.id;
    clearInterval(this.#ticking);
    if (isOver(followed)) {
      this.#ended(followed);
      return;
    }
    this.#running();
    this.#ticking = setInterval(() => {
      this.#running();
    }, 1_000);
  }

  dispose(): void {
    clearInterval(this.#ticking);
    this.#own.dispose();
  }

  #idle(): void {
    const service = this.#target();
    this.#shownTarget = service?.id;
    const name = service && plainName(service.name);
    const glance = service && this.#glances.of(service.id);
    const relation = glance ? glanceText(glance) : "";
    const text = [name === undefined ? "Deploy" : `Deploy ${name}`, relation];
    this.#set(`$(rocket) ${text.filter(part => part !== "").join(" · ")}`, undefined, service?.id);
    const target = name === undefined ? "to Render" : `to ${name}`;
    const why = service && service.why.length > 0 ? ` (${service.why.join(", ")})` : "";
    const sentence = glance ? ` ${glanceSentence(glance)}` : "";
    this.#item.tooltip = `Deploy the commit you have checked out ${target}${why}.${sentence}`;
    this.#item.accessibilityInformation = {
      label: `Render: deploy the checked-out commit ${target}.${sentence}`,
      role: "button",
    };
  }

  #glanceChanged(): void {
    const followed = this.#followed;
    if (followed && !isOver(followed)) return;
    const glance = followed && this.#glances.of(followed.order.service.id);
    const commit = followed && deployOf(followed)?.commit?.id;
    // What ended as live and no longer is would be an untruth in the status bar.
    const isOutdated =
      glance &&
      followed.stage.kind === "ended" &&
      followed.stage.outcome === "live" &&
      !sameCommit(glance.live, commit);
    if (isOutdated) this.#followed = undefined;
    if (followed && !isOutdated) this.#ended(followed);
    else this.#idle();
  }

  #running(): void {
    const followed = this.#followed;
    if (!followed) return;
    const { order } = followed;
    const name = plainText(order.service.name, 40);
    const deploys = this.#services.deploysOf(order.service.id)?.deploys ?? [];
    const progress = serviceProgressText(followed, deploys, Date.now());
    this.#set(`$(sync~spin) ${name}: ${progress}`, undefined, order.service.id);
    this.#item.tooltip = `Deploying ${order.what} to ${name}.`;
    // Without the seconds, or a screen reader would speak at each.
    this.#item.accessibilityInformation = {
      label: `Render: ${name}, ${phaseText(followed)}`,
      role: "button",
    };
  }

  #ended(followed: FollowedDeploy): void {
    const { stage, order } = followed;
    const { id } = order.service;
    const name = plainText(order.service.name, 40);
    const text = noticeOf(followed, Date.now())?.text;
    if (text === undefined) {
      this.#followed = undefined;
      this.#idle();
      return;
    }
    if (stage.kind === "ended" && (stage.outcome === "live" || stage.outcome === "replaced")) {
      const commit = stage.deploy.commit ? ` ${shortSha(stage.deploy.commit.id)}` : "";
      const glance = this.#glances.of(order.service.id);
      const relation = glance && glance.relation.kind !== "same" ? glanceText(glance) : "";
      const state = viewOf(stage.deploy.status).label.toLowerCase();
      this.#set(
        `$(pass) ${name}: ${state}${commit}${relation === "" ? "" : ` · ${relation}`}`,
        undefined,
        id,
      );
    } else if (stage.kind === "ended" && stage.outcome === "canceled") {
      this.#set(`$(circle-slash) ${name}: canceled`, undefined, id);
    } else if (stage.kind === "ended") {
      this.#set(
        `$(error) ${name}: ${viewOf(stage.deploy.status).label.toLowerCase()}`,
        "statusBarItem.errorBackground",
        id,
      );
    } else {
      const color =
        stage.kind === "notStarted" ? "statusBarItem.errorBackground" : "statusBarItem.warningBackground";
      this.#set(`$(warning) ${name}: ${phaseText(followed).toLowerCase()}`, color, id);
    }
    this.#item.tooltip = `${text} Click to deploy again.`;
    this.#item.accessibilityInformation = { label: `Render: ${text} Press to deploy again.`, role: "button" };
  }

  /** @param named the service that the text names, so that a click means no other */
  #set(text: string, background: string | undefined, named: string | undefined): void {
    this.#clicked.named = named;
    this.#item.text = text;
    this.#item.backgroundColor = background === undefined ? undefined : new vscode.ThemeColor(background);
  }
}
