import * as vscode from "vscode";
import type { Clock } from "../../../ports.js";
import { explainAndWrite } from "../../../dialogs/notices.js";
import { takesCancel } from "../../../services/serviceKind.js";
import type { Triggered } from "../../deploy/vscode/triggerDeploy.js";
import { cancelButton, cancelQuestion } from "../../following/cancelTexts.js";
import { deployOf, isOver, type FollowedDeploy } from "../../following/followedDeploy.js";
import { storyLines, type StoryLine } from "../../following/story.js";
import type { DeployTracker } from "../../following/tracker.js";
import type { CancelDeploy } from "../../following/vscode/cancelDeploy.js";
import type { DeployListeners } from "../deployListeners.js";
import { exitCodeOf, exitCodes, isJoined, joinedBy } from "../exitCodes.js";
import {
  acceptedText,
  endedDetail,
  goOnButton,
  interruptedDetail,
  joinedText,
  notCancelable,
  nothingSent,
  notSent,
  taskDoing,
} from "../taskTexts.js";
import { storySoFar } from "../terminalStory.js";
import { logText, storyText } from "../terminalText.js";

export interface DeployTerminalParts {
  readonly tracker: Pick<DeployTracker, "running">;
  readonly listeners: DeployListeners;
  readonly cancel: Pick<CancelDeploy, "cancelFollowed">;
  /** Hands on the lines of a deploy as they are printed, each once, until it is stopped. Gives what stops it. */
  readonly readAlong: (deployId: string, print: (lines: readonly string[]) => void) => () => void;
  /** Resolves when what a deploy that has ended wrote until then was handed on. */
  readonly whenRead: (deployId: string) => Promise<void>;
  readonly clock: Pick<Clock, "now">;
  /** Aborted when the window closes. */
  readonly leaving: AbortSignal;
}

/** Gives the deploy that a terminal is for, as soon as there is one, or why there is none. */
export type Begin = (begun: (followed: FollowedDeploy) => void) => Promise<Triggered>;

/** Of what ends before, VS Code says that it could not even be launched; in milliseconds. */
const shortestRun = 750;

/** What Ctrl+C sends. */
const interrupt = "\u0003";

/** A terminal that tells the story of one deploy, and ends with it. */
export class DeployTerminal implements vscode.Pseudoterminal {
  readonly #parts: DeployTerminalParts;
  readonly #begin: Begin;
  readonly #wait: boolean;
  readonly #written = new vscode.EventEmitter<string>();
  readonly #closed = new vscode.EventEmitter<number>();
  #watched: FollowedDeploy | undefined;
  #stopListening: (() => void) | undefined;
  #stopLog: (() => void) | undefined;
  #openedAt = 0;
  #hasEnded = false;
  #isAsking = false;

  readonly onDidWrite = this.#written.event;
  readonly onDidClose = this.#closed.event;

  /** @param wait for the end of the deploy, rather than until Render has accepted it */
  constructor(parts: DeployTerminalParts, begin: Begin, wait = true) {
    this.#parts = parts;
    this.#begin = begin;
    this.#wait = wait;
  }

  open(): void {
    this.#openedAt = this.#parts.clock.now();
    void this.#run();
  }

  /** The person ended the task, or the terminal; what has begun goes on unless they want it canceled. */
  close(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#stopLog?.();
    void this.#askToCancel(endedDetail).finally(() => this.#stopListening?.());
  }

  handleInput(data: string): void {
    if (data !== interrupt || this.#hasEnded || !this.#watched) return;
    if (canCancel(this.#watched)) void this.#askToCancel(interruptedDetail);
    else this.#tell({ kind: "warning", text: notCancelable });
  }

  async #run(): Promise<void> {
    const { listeners } = this.#parts;
    try {
      await listeners.whileAsking(async () => {
        const triggered = await this.#begin(followed => {
          this.#watch(followed);
        });
        if (triggered.kind === "followed") this.#watch(listeners.lastOf(triggered.followed));
        else if (triggered.kind === "refused") this.#fail(nothingSent(triggered.text));
        else this.#fail(notSent);
      });
    } catch (error) {
      this.#fail(nothingSent(explainAndWrite(error, taskDoing).text));
    }
  }

  #fail(text: string): void {
    this.#tell({ kind: "error", text });
    this.#end(exitCodes.notSent);
  }

  #watch(followed: FollowedDeploy): void {
    if (this.#watched || this.#hasEnded) return;
    this.#watched = followed;
    this.#stopListening = this.#parts.listeners.listen(followed.key, (now, before) => {
      this.#watched = now;
      this.#told(now, storyLines(now, before, this.#parts.clock.now()));
    });
    this.#told(followed, storySoFar(followed, this.#parts.clock.now()));
  }

  #told(now: FollowedDeploy, lines: readonly StoryLine[]): void {
    if (this.#hasEnded) return;
    const other = isJoined(now) ? joinedBy(now, this.#parts.tracker.running) : undefined;
    if (other) {
      this.#tell({ kind: "info", text: joinedText });
      this.#stopListening?.();
      this.#watched = undefined;
      this.#watch(other);
      return;
    }
    const deploy = deployOf(now);
    const code = exitCodeOf(now, this.#wait);
    if (deploy && code === undefined)
      this.#stopLog ??= this.#parts.readAlong(deploy.id, printed => {
        if (!this.#hasEnded) this.#written.fire(logText(printed));
      });
    const tell = (): void => {
      lines.forEach(line => {
        this.#tell(line);
      });
    };
    if (code !== undefined && deploy && now.stage.kind === "ended") {
      // The last lines of a log come when the deploy has ended: the story's end stands below them.
      void this.#parts.whenRead(deploy.id).finally(() => {
        tell();
        this.#end(code);
      });
      return;
    }
    tell();
    if (code === undefined) return;
    if (!isOver(now)) this.#tell({ kind: "info", text: acceptedText });
    this.#end(code);
  }

  #tell(line: StoryLine): void {
    if (!this.#hasEnded) this.#written.fire(storyText(line, this.#parts.clock.now()));
  }

  #end(code: number): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#stopLog?.();
    this.#stopListening?.();
    const early = this.#openedAt + shortestRun - this.#parts.clock.now();
    setTimeout(() => {
      this.#closed.fire(code);
    }, early);
  }

  async #askToCancel(detail: string): Promise<void> {
    const { cancel, leaving } = this.#parts;
    const asked = this.#watched;
    if (!asked || !canCancel(asked) || this.#isAsking || leaving.aborted) return;
    this.#isAsking = true;
    const items: vscode.MessageItem[] = [
      { title: cancelButton },
      { title: goOnButton, isCloseAffordance: true },
    ];
    const question = cancelQuestion(asked.order.service.name);
    const pressed = await vscode.window.showWarningMessage(question, { modal: true, detail }, ...items);
    this.#isAsking = false;
    if (pressed === items[0]) await cancel.cancelFollowed(this.#watched ?? asked);
  }
}

/** Whether it goes on, and Render can cancel it. */
function canCancel(followed: FollowedDeploy): boolean {
  return !isOver(followed) && deployOf(followed) !== undefined && takesCancel(followed.order.service);
}
