/** What a person reads while a batch of deploys runs and when it is over. */
import { durationText } from "../../text/durationText.js";
import { explain } from "../../render/errorTexts.js";
import { joined, listed } from "../../text/listText.js";
import { firstSentence } from "../../text/firstSentence.js";
import { plainName } from "../../text/plainText.js";
import type { Deploy } from "../../render/shapes.js";
import { sourceText } from "../../services/deployTexts.js";
import {
  isWaiting,
  retriable,
  wentLive,
  type BatchMember,
  type BatchMode,
  type BatchState,
} from "./batch.js";
import { isOver, isOverdue, type FollowedDeploy } from "../following/followedDeploy.js";
import { phaseText } from "../following/followTexts.js";
import { automaticMissingText } from "../autoDeploy/automaticTexts.js";
import type { Notice } from "../../text/explanation.js";
import { viewOf } from "../../services/deployStatus.js";
import { servicesText } from "../../services/serviceTexts.js";

/** How many services are named before the rest is only counted. */
const mostNamed = 3;

const nameOf = ({ order }: BatchMember): string => plainName(order.service.name);

/** How the deploys of a batch are started, to choose from. */
export const modeTexts: Record<BatchMode, { readonly label: string; readonly detail: string }> = {
  stopAtFailure: {
    label: "One after the other, stop at the first failure",
    detail: "The next one starts when the one before it is live. After a failure nothing more is started.",
  },
  goOn: {
    label: "One after the other, go on after a failure",
    detail: "The next one starts when the one before it has ended, however it ended.",
  },
  together: { label: "All together", detail: "All are started at once." },
};

/** "2 of 5 live · harbor-web: Building · 1 min 5 s". `ms` is the time since it was confirmed. */
export function batchProgressText({ members, isCanceled }: BatchState, ms: number): string {
  const followed = members.flatMap(member => member.followed ?? []);
  const live = followed.filter(wentLive).length;
  const notLive = followed.filter(each => isOver(each) && !wentLive(each)).length;
  const running = members.flatMap(member =>
    member.followed && !isOver(member.followed) ? [`${nameOf(member)}: ${phaseText(member.followed)}`] : [],
  );
  const named = running.slice(0, mostNamed);
  const more = running.length - named.length;
  const isTroubled = followed.some(each => !isOver(each) && each.trouble !== undefined);
  const parts = [
    `${live} of ${members.length} live${notLive > 0 ? `, ${notLive} not deployed` : ""}`,
    [...named, ...(more > 0 ? [`${more} more`] : [])].join(", "),
    isCanceled && members.some(isWaiting) ? "no more are started" : "",
    durationText(ms),
    isTroubled ? "Render cannot be read right now, trying again" : "",
  ];
  return joined(parts, " · ");
}

/**
 * The one notification at the end of a batch; undefined where the person ended watching it themselves.
 *
 * @param ms how long it took since it was confirmed, in milliseconds
 */
export function batchNotice(state: BatchState, ms: number): Notice | undefined {
  const { members, isCanceled } = state;
  const ends = members.flatMap(({ followed }) => followed ?? []);
  if (ends.some(isLeft)) return undefined;
  const live = ends.filter(wentLive).length;
  const sentences = [
    ...fewSentences(ends.flatMap(sentenceOf)),
    ...notStartedText(members.filter(({ followed }) => !followed).map(nameOf)),
  ];
  if (live === members.length) {
    const [only, ...others] = members;
    const who = only && others.length === 0 ? `${nameOf(only)} is` : `All ${servicesText(live)} are`;
    const text = [`${who} live, after ${durationText(ms)}.`, ...sentences].join(" ");
    return { severity: "info", text, remedies: ["showOutput"] };
  }
  const hasFailed = ends.some(
    ({ stage }) => stage.kind === "notStarted" || (stage.kind === "ended" && stage.outcome === "failed"),
  );
  const isWanted = isCanceled && ends.every(each => wentLive(each) || each.cancelAsked);
  const canRetry = retriable(state).length > 0;
  return {
    severity: hasFailed ? "error" : isWanted ? "info" : "warning",
    text: [
      `${live} of ${servicesText(members.length)} ${live === 1 ? "is" : "are"} live.`,
      ...sentences,
    ].join(" "),
    remedies: ["showOutput", "openDashboard", ...(canRetry ? (["retry"] as const) : [])],
  };
}

/** A notification has room for some sentences only; the output has all. */
function fewSentences(sentences: readonly string[]): string[] {
  const more = sentences.length - mostNamed;
  return more < 2 ? [...sentences] : [...sentences.slice(0, mostNamed), `The output tells of ${more} more.`];
}

/** The person ended watching, or removed the API key: they know. */
function isLeft({ stage }: FollowedDeploy): boolean {
  return stage.kind === "lost" && (stage.reason.kind === "stopped" || stage.reason.kind === "signedOut");
}

/** What is to be said of one that is over; nothing where it is live. */
function sentenceOf(followed: FollowedDeploy): string[] {
  const { stage, order } = followed;
  const name = plainName(order.service.name);
  switch (stage.kind) {
    case "sending":
    case "awaited":
    case "lookingUp":
    case "queued":
    case "following":
      return [];
    case "notStarted":
      return [explain(stage.error, `deploy ${name}`).text];
    case "unclear":
      return [
        `Whether a deploy of ${name} began cannot be told: look at the Dashboard before you try it again.`,
      ];
    case "lost":
      if (stage.reason.kind === "automaticMissing") return [automaticMissingText(order.service.name)];
      if (stage.reason.kind === "elsewhere") return [`Another window tells how the deploy of ${name} ends.`];
      if (stage.reason.kind === "skipped")
        return [
          `The deploy of ${name} did not run, as Render went on with a later one${commaSource(stage.reason.later)}.`,
        ];
      return [`How the deploy of ${name} ends is not known here: look at the Dashboard.`];
    case "ended":
  }
  switch (stage.outcome) {
    case "live":
      return [];
    case "replaced":
      return [`On ${name} a later deploy has replaced it since.`];
    case "failed":
      return [
        joined(
          [
            `${name} was not deployed: the ${viewOf(stage.deploy.status).phase} failed.`,
            firstSentence(stage.reason?.text ?? ""),
          ],
          " ",
        ),
      ];
    case "canceled":
      return [`The deploy of ${name} was canceled${canceledFor(followed, stage.replacedBy)}.`];
  }
}

/** A deploy that a person canceled here needs no more words. */
function canceledFor({ cancelAsked }: FollowedDeploy, later: Deploy | undefined): string {
  if (later) return ` for a later one${commaSource(later)}`;
  return cancelAsked ? "" : " on Render, not from here";
}

function commaSource(deploy: Deploy): string {
  const source = sourceText(deploy);
  return source === "" ? "" : `, ${source}`;
}

/** "harbor-web and harbor-worker were not started." */
function notStartedText(names: readonly string[]): string[] {
  if (names.length === 0) return [];
  if (names.length > mostNamed) return [`${names.length} were not started.`];
  return [`${listed(names)} ${names.length === 1 ? "was" : "were"} not started.`];
}

/** What is said besides when a push failed after another one: of that, it would not be true that nothing comes. */
export const pushedBeforeText = "What was pushed before it stays pushed, and auto-deploy may take it up.";

/** When the window of a batch was closed before all of it was started. `names` of at least one service. */
export function unstartedText(names: readonly string[]): Notice {
  const text = `The window was closed in the middle of a batch. ${notStartedText(names.map(name => plainName(name))).join(" ")}`;
  return { severity: "warning", text, remedies: ["deploy"] };
}

/** The same for the output, which has room for every name. */
export function unstartedLine(names: readonly string[]): string {
  return `The window was closed in the middle of a batch. Not started: ${names.map(name => plainName(name)).join(", ")}`;
}

/** What Cancel in the progress of a batch can mean. */
export function batchCancelQuestion(
  { members }: BatchState,
  canCancel: boolean,
): { readonly text: string; readonly detail: string } {
  const waiting = members.filter(isWaiting).length;
  const awaited = members.filter(
    ({ followed }) => followed?.stage.kind === "awaited" && !isOverdue(followed),
  ).length;
  const sentences = [
    canCancel
      ? "Canceling ends what runs at Render, and what is live now keeps running."
      : "Render cannot cancel what runs at this point.",
    ...(waiting > 0
      ? [`${servicesText(waiting)} ${waiting === 1 ? "has" : "have"} not been started, and will not be.`]
      : []),
    ...(awaited > 0 ? [`Auto-deploy may still deploy ${servicesText(awaited)}.`] : []),
    "If you only stop watching, what runs goes on at Render.",
  ];
  return { text: `Cancel the deploy of ${servicesText(members.length)}?`, detail: sentences.join(" ") };
}

/** In the status bar before the services are there to choose from. */
export const loadingText = "Loading the services…";

/** The buttons of that question. */
export const batchCancelButtons = {
  cancelAll: "Cancel Deploys",
  startNoMore: "Start No More",
  stopWatching: "Stop Watching",
} as const;

/** Above the progress of a batch. */
export function batchTitle(count: number): string {
  return `Deploying ${servicesText(count)}`;
}

const several = "Render: Deploy Several Services";

/** The question which services are deployed; another title where an environment's row was clicked. */
export function severalPick(isOfEnvironment: boolean): {
  readonly title: string;
  readonly placeHolder: string;
} {
  return {
    title: isOfEnvironment ? "Render: Deploy Services of Environment" : several,
    placeHolder: "Choose the services to deploy (type to filter)",
  };
}

/** The question how so many services are deployed. */
export function modePick(count: number): { readonly title: string; readonly placeHolder: string } {
  return { title: `${several} (${count})`, placeHolder: "Choose how they are deployed" };
}
