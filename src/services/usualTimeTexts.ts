/** How long deploys of a service usually take, and what is left of one by that: rounded, so that it does not jump about. */
import { durationText } from "../text/durationText.js";
import { timeLeft, type UsualTime } from "./usualTime.js";

const second = 1_000;
const minute = 60 * second;

const lateText = "longer than usual";

/** Beside the phase of a deploy that runs: "usually 2 min more". @param elapsed since its first step, in milliseconds */
export function leftText(usual: UsualTime, elapsed: number): string {
  const left = timeLeft(usual, elapsed);
  switch (left.kind) {
    case "left":
      return `usually ${roundedText(left.ms)} more`;
    case "soon":
      return "usually live about now";
    case "late":
      return lateText;
  }
}

/** The same for what is not brought up to date each second: "usually about 3 min". */
export function usuallyText(usual: UsualTime, elapsed: number): string {
  const isLate = timeLeft(usual, elapsed).kind === "late";
  return isLate ? lateText : `usually about ${roundedText(usual.median)}`;
}

/** The same as a sentence: "Usually live after about 3 min; the last ones took 2 to 4 min." */
export function usualSentence(usual: UsualTime, elapsed: number): string {
  const took = `the last ones took ${usualText(usual)}`;
  return timeLeft(usual, elapsed).kind === "late"
    ? `It takes longer than usual: ${took}.`
    : `Usually live after about ${roundedText(usual.median)}; ${took}.`;
}

/** "2 to 4 min", "50 s to 2 min"; "about 3 min" where they hardly differ. */
export function usualText({ shortest, longest }: UsualTime): string {
  const [from, to] = [roundedText(shortest), roundedText(longest)];
  if (from === to) return `about ${to}`;
  const [[number = "", unit, ...more], [, ...other]] = [from.split(" "), to.split(" ")];
  const isSameUnit = more.length === 0 && other.length === 1 && other[0] === unit;
  return `${isSameUnit ? number : from} to ${to}`;
}

/** Tens of seconds below a minute, and the longer it is the less exactly; never nothing. */
function roundedText(ms: number): string {
  const unit =
    ms <= minute ? 10 * second : ms <= 5 * minute ? 30 * second : ms <= 30 * minute ? minute : 5 * minute;
  return durationText(Math.max(unit, Math.round(ms / unit) * unit));
}
