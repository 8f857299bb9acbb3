import type * as vscode from "vscode";
import { sameCommit } from "../../../git/commitId.js";
import { glanceSentence, glanceText } from "../../../matching/glanceTexts.js";
import { type Target } from "../../../matching/target.js";
import { targetView } from "../idleButtonTexts.js";
import type { Glances } from "../../../matching/vscode/glances.js";
import type { Services } from "../../../services/vscode/services.js";
import { Owned } from "../../../window/owned.js";
import type { StatusItem } from "../../../window/statusItem.js";
import { deployOf, isOver, type DeploySink, type FollowedDeploy } from "../../following/followedDeploy.js";
import { endView, runningView } from "../deployButtonTexts.js";

export interface StatusBarParts {
  readonly item: Pick<StatusItem, "show">;
  /** What a click deploys; undefined where a person is asked. */
  readonly target: () => Target | undefined;
  readonly services: Pick<Services, "deploysOf">;
  readonly glances: Glances;
}

/** The button that deploys; while a deploy runs it shows the phase, afterwards the outcome. */
export class StatusBar implements DeploySink, vscode.Disposable {
  readonly #parts: StatusBarParts;
  readonly #own = new Owned();
  #ticking: NodeJS.Timeout | undefined;
  #followed: FollowedDeploy | undefined;
  #shownTarget: string | undefined;

  constructor(parts: StatusBarParts) {
    this.#parts = parts;
    this.#own.add(
      parts.glances.onDidChange(() => {
        this.#glanceChanged();
      }),
    );
    this.#idle();
  }

  /** What a click deploys may have changed; the outcome of the last deploy gives way only to another service. */
  refresh(): void {
    const isRunning = this.#followed && !isOver(this.#followed);
    const id = this.#parts.target()?.id;
    if (isRunning || (this.#followed && (id === this.#shownTarget || id === this.#followed.order.service.id)))
      return;
    this.#followed = undefined;
    this.#idle();
  }

  deployChanged(followed: FollowedDeploy): void {
    // A newer deploy has the place; an older one keeps quiet.
    if (this.#followed && followed.askedAt < this.#followed.askedAt) return;
    this.#followed = followed;
    this.#shownTarget = this.#parts.target()?.id;
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
    const { item, target, glances } = this.#parts;
    const meant = target();
    this.#shownTarget = meant?.id;
    const glance = meant && glances.of(meant.id);
    item.show(targetView(meant, glance && { short: glanceText(glance), sentence: glanceSentence(glance) }));
  }

  #glanceChanged(): void {
    const followed = this.#followed;
    if (followed && !isOver(followed)) return;
    const glance = followed && this.#parts.glances.of(followed.order.service.id);
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
    const { item, services } = this.#parts;
    if (!this.#followed) return;
    const deploys = services.deploysOf(this.#followed.order.service.id)?.deploys ?? [];
    item.show(runningView(this.#followed, deploys, Date.now()));
  }

  #ended(followed: FollowedDeploy): void {
    const { item, glances } = this.#parts;
    const view = endView(followed, glances.of(followed.order.service.id), Date.now());
    if (view) item.show(view);
    else {
      this.#followed = undefined;
      this.#idle();
    }
  }
}
