/** The one question before several services are deployed. */
import type { Typing } from "../../text/typingTexts.js";
import { counted } from "../../text/listText.js";
import { plainName } from "../../text/plainText.js";
import type { BatchMode } from "./batch.js";
import { batchLines } from "./batchLineTexts.js";
import { servicesText } from "../../services/serviceTexts.js";
import { isLeftOut, pushOf, type Candidate } from "./candidate.js";
import { gravityOf, needsTyping } from "../preflight/findings.js";

export interface BatchQuestion {
  /** "Deploy 3 services, one after the other?" */
  readonly text: string;
  readonly details: readonly string[];
  readonly isGrave: boolean;
  /** Pushes first what is not pushed, and then deploys `chosen`; absent where nothing can be pushed. */
  readonly pushAndDeploy?: string;
  /** Deploys `chosen`; absent where nothing is left to deploy. */
  readonly deploy?: string;
  /** Deploys what was left out too; absent where nothing was. */
  readonly deployAll?: string;
}

const modeWords: Record<BatchMode, string> = {
  stopAtFailure: "one after the other, stopping at the first failure",
  goOn: "one after the other, going on after a failure",
  together: "all together",
};

/**
 * @param gone names of services that Render no longer knows
 */
export function batchQuestion(
  candidates: readonly Candidate[],
  mode: BatchMode,
  gone: readonly string[],
): BatchQuestion {
  const chosen = candidates.filter(each => !isLeftOut(each));
  const leftOut = candidates.filter(isLeftOut);
  const shown = chosen.length > 0 ? chosen : leftOut;
  const isGrave = shown.some(({ findings }) =>
    findings.some(({ kind }) => gravityOf(kind) === "high" && kind !== "protected" && kind !== "noHead"),
  );
  const all = candidates.length;
  const canPush = chosen.some(each => pushOf(each) !== undefined);
  const deploy = `Deploy ${counted(chosen.length, "Service")}`;
  return {
    text: questionText(chosen.length, all, mode),
    details: [...batchLines(chosen, leftOut), ...goneLines(gone), ...orderLines(chosen, mode)],
    isGrave,
    ...(canPush && { pushAndDeploy: "Push and Deploy" }),
    ...(chosen.length > 0 && { deploy: canPush ? `${deploy} Anyway` : deploy }),
    ...(leftOut.length > 0 && { deployAll: all === 1 ? "Deploy Anyway" : `Deploy All ${all} Anyway` }),
  };
}

/** How many services are named before the rest is only counted. */
const mostGone = 5;

function goneLines(gone: readonly string[]): string[] {
  const more = gone.length - mostGone;
  return [
    ...gone
      .slice(0, mostGone)
      .map(name => `${plainName(name)}: Render no longer knows it. Refresh the services.`),
    ...(more > 0 ? [`Render no longer knows ${more} more.`] : []),
  ];
}

/** Render does not wait for the one before. */
function orderLines(chosen: readonly Candidate[], mode: BatchMode): string[] {
  const isOutOfOrder = mode !== "together" && chosen.some(each => pushOf(each)?.deploysItself === "commit");
  return isOutOfOrder ? ["", "After a push, auto-deploy begins at once and keeps to no order."] : [];
}

function questionText(chosen: number, all: number, mode: BatchMode): string {
  if (chosen > 1) return `Deploy ${servicesText(chosen)}, ${modeWords[mode]}?`;
  if (chosen === 1) return `Deploy ${servicesText(chosen)}?`;
  return all === 0
    ? "Render no longer knows these services, so nothing can be deployed."
    : "None of these services needs a deploy, or can have one now. Deploy all the same?";
}

/** A protected environment is typed once for all its services; a service whose environment is unknown, by its own name. */
export function typingsOf(candidates: readonly Candidate[]): Typing[] {
  const typings = candidates
    .filter(({ findings }) => needsTyping(findings))
    .map(({ facts }): Typing => {
      const { environment, service, protection } = facts;
      if (environment !== undefined && protection === "protected")
        return {
          prompt: `Type ${environment} to deploy to it: it is protected.`,
          expected: environment,
          what: "environment",
        };
      const name = plainName(service.name);
      return {
        prompt: `Type ${name} to deploy to it: its environment may be protected.`,
        expected: service.name,
        what: "service",
      };
    });
  return typings.filter(
    (typing, index) => typings.findIndex(other => other.prompt === typing.prompt) === index,
  );
}
