import type * as vscode from "vscode";
import { PushFollower, type PushFollowerParts } from "../pushFollower.js";
import { servicesOf, type Undeployed } from "../pushWatch.js";
import { undeployedNotice } from "../pushTexts.js";
import { dashboardPage } from "../../../services/dashboardPage.js";
import type { Push } from "../../../git/push.js";
import type { Service } from "../../../render/shapes.js";
import type { Matches } from "../../../matching/vscode/matches.js";
import { show } from "../../../dialogs/notices.js";
import type { Services } from "../../../services/vscode/services.js";

export interface FollowPushesParts extends Omit<PushFollowerParts, "place" | "tell"> {
  readonly services: Services;
  readonly matches: Matches;
  /** Whether there is a key to ask Render with. */
  readonly isSignedIn: () => Promise<boolean>;
  /** Runs Trigger Deploy for a service, or for one of these that the person picks. */
  readonly deploy: (services: readonly Service[]) => void;
}

/** Follows what the pushes of this window's repositories start at Render. */
export class FollowPushes implements vscode.Disposable {
  readonly #parts: FollowPushesParts;
  readonly #follower: PushFollower;

  constructor(parts: FollowPushesParts) {
    this.#parts = parts;
    this.#follower = new PushFollower({
      ...parts,
      place: service => parts.services.place(service),
      tell: (push, undeployed) => {
        this.#tell(push, undeployed);
      },
    });
  }

  /** Looks for what a push starts, and follows it. */
  async pushed(push: Push): Promise<void> {
    const { services, matches, isSignedIn } = this.#parts;
    if (!(await isSignedIn())) return;
    // In a window that was idle until now, nothing of it is read yet.
    await Promise.all([services.load(), matches.read({ fresh: false })]);
    this.#follower.follow(push, servicesOf(push, matches.all()));
  }

  /** Ends looking for deploys, as there is no key any more or another account. */
  stop(): void {
    this.#follower.stop();
  }

  dispose(): void {
    this.stop();
  }

  #tell(push: Push, undeployed: readonly Undeployed[]): void {
    const all = undeployed.map(({ service }) => service);
    const [only, ...others] = all;
    void show("info", undeployedNotice(push, undeployed), {
      ...(only && others.length === 0 && { dashboardUrl: dashboardPage(only) }),
      deploy: () => {
        this.#parts.deploy(all);
      },
    });
  }
}
