/** How HEAD and what is live relate, in as many words as there is room for. */
import { commitsText, countText } from "../git/gitTexts.js";
import type { Relation } from "../git/relation.js";
import { joined } from "../text/listText.js";
import { shortSha, plainName } from "../text/plainText.js";

/** HEAD of the clone of a service's repository, against the service's live commit. */
export interface Glance {
  readonly relation: Relation;
  /** Full SHA of HEAD. */
  readonly head: string;
  /** Full SHA of what is live, as last read. */
  readonly live: string;
  /** Absent on a detached HEAD. */
  readonly branch?: string;
  /** The branch that the service follows. */
  readonly serviceBranch?: string;
}

function isOnOtherBranch({ branch, serviceBranch }: Glance): boolean {
  return branch !== undefined && serviceBranch !== undefined && branch !== serviceBranch;
}

/** A few words for the status bar and the row; empty where the two cannot be compared. */
export function glanceText(glance: Glance): string {
  const { relation } = glance;
  if (relation.kind === "same") return "live";
  if (relation.kind === "unknown") return "";
  if (isOnOtherBranch(glance)) return "another branch";
  switch (relation.kind) {
    case "ahead":
      return `HEAD is ${countText(relation.by)} ahead`;
    case "behind":
      return `live is ${countText(relation.by)} ahead`;
    case "diverged":
      return "diverged";
  }
}

/** The whole truth, for tooltips. */
export function glanceSentence(glance: Glance): string {
  const { relation, branch, serviceBranch } = glance;
  const head = `HEAD (${joined([shortSha(glance.head), branch ? plainName(branch) : ""], ", ")})`;
  const live = `what is live (${shortSha(glance.live)})`;
  const other = isOnOtherBranch(glance) ? ` The service follows ${plainName(serviceBranch ?? "")}.` : "";
  return `${relationSentence(relation, head, live)}${other}`;
}

function relationSentence(relation: Relation, head: string, live: string): string {
  switch (relation.kind) {
    case "same":
      return `${head} is live.`;
    case "ahead":
      return `${head} is ${commitsText(relation.by)} ahead of ${live}.`;
    case "behind":
      return `${head} is ${commitsText(relation.by)} behind ${live}.`;
    case "diverged":
      return `${head} has ${commitsText(relation.ahead)} that ${live} lacks, and lacks ${countText(relation.behind)} of it.`;
    case "unknown":
      return relation.why === "notHere"
        ? `${head} could not be compared with ${live}, which is not in this clone.`
        : `${head} could not be compared with ${live}.`;
  }
}
