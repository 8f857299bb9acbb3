/** Every sentence about requests and deploys that a person reads: what happened, then what to do next. */
import { KeyStoreError } from "../account/keyStore.js";
import type { DeployChoice, PlanRefusal } from "../features/whatToDeploy/plan.js";
import { rowOf } from "../render/errorTexts.js";
import { plainText, shortSha, subjectOf } from "./plainText.js";
import type { Answerer } from "../render/http/answer.js";
import { RenderError } from "../render/errors.js";
import type { Service } from "../render/shapes.js";

/** What a button beside a sentence does; the editor side gives each its title and its deed. */
export type Remedy =
  | "setApiKey"
  | "setApiKeyForSession"
  | "retry"
  | "openDashboard"
  | "showOutput"
  | "openSettings"
  | "openSite"
  | "openFolder"
  | "manageTrust"
  | "openSourceControl"
  | "openRepository"
  | "openParentRepository"
  | "manageUnsafeRepositories"
  | "enableGit"
  | "chooseOther"
  | "linkService"
  | "unlinkService"
  | "showProblems"
  | "chooseWorkspace"
  | "deploy";

/** A sentence with the buttons that help. */
export interface Explanation {
  readonly text: string;
  readonly remedies: readonly Remedy[];
  /** The path of the repository that "openRepository" opens. */
  readonly repository?: string;
}

/** A setting that cannot be used as it is. The message is a whole sentence for a person. */
export class SettingError extends Error {
  override readonly name = "SettingError";
}

/**
 * What an error means for a person.
 *
 * @param doing what was tried, to follow "Could not": "load the services", "deploy harbor-api"
 */
export function explain(error: unknown, doing: string): Explanation {
  if (error instanceof SettingError) return { text: error.message, remedies: ["openSettings"] };
  if (!(error instanceof RenderError) && !(error instanceof KeyStoreError)) {
    const text = `Could not ${doing}: something unexpected happened. The output has the details.`;
    return { text, remedies: ["showOutput"] };
  }
  const [text, ...remedies] = rowOf(error);
  return { text: `Could not ${doing}: ${text}${waitText(error)}`, remedies };
}

/** A menu that was open while the list changed no longer tells which row it belongs to. */
export const rowGone: Explanation = {
  text: "The list changed while the menu was open, so nothing was done. Choose it again.",
  remedies: [],
};

/** What stands above services that could not be read again: why, and how old they are. */
export function staleText({ error, readAt }: { readonly error?: unknown; readonly readAt?: number }): string {
  const { text } = explain(error, "refresh the services");
  if (readAt === undefined) return `${text} Shown is what was known before.`;
  const time = new Date(readAt).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  return `${text} Shown is what was known at ${time}.`;
}

function waitText(error: RenderError | KeyStoreError): string {
  if (!(error instanceof RenderError) || error.kind !== "rateLimited" || error.retryAfterMs === undefined)
    return "";
  return ` Render says in ${Math.max(1, Math.ceil(error.retryAfterMs / 1000))} s.`;
}

const sayers = {
  render: "Render says",
  between: "what is between says",
  unclear: "the answer says",
} as const satisfies Record<Answerer, string>;

/** For the output: everything about an error that helps support, on one line. Never holds a key. */
export function detailsOf(error: unknown): string {
  if (error instanceof KeyStoreError || error instanceof SettingError) return plainText(error.message, 500);
  if (!(error instanceof RenderError))
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  const parts = [
    `${error.method} ${error.path}`,
    error.status === undefined ? error.kind : `status ${error.status} (${error.kind})`,
    error.field === undefined ? undefined : `field ${error.field}`,
    error.serverMessage === undefined
      ? undefined
      : `${sayers[error.answerer]}: "${plainText(error.serverMessage, 500)}"`,
    error.serverCode === undefined ? undefined : `code ${plainText(error.serverCode, 80)}`,
    error.requestId === undefined ? undefined : `Render-Request-Id ${plainText(error.requestId, 120)}`,
    error.cause instanceof Error ? `cause: ${plainText(error.cause.message, 300)}` : undefined,
  ];
  return parts.filter(part => part !== undefined).join(", ");
}

const refusals: Record<PlanRefusal, string> = {
  cronJobCommit:
    "Render does not take a commit for cron jobs. Deploy the newest commit of its branch instead.",
  notBuiltFromGit:
    "This service is not built from Git, so it has no commit to deploy. Choose an image or the last build.",
  notBuiltFromImage: "This service is built from Git, so it has no image to choose. Choose a commit instead.",
  otherImage:
    "Only the tag or the digest can change: host, repository and image name must stay as configured on Render.",
  badCommitId:
    "That is not a commit: a full SHA has 40 hexadecimal digits, or 64. Pick one from the history or paste the whole SHA.",
};

/** Why a choice is not sent. */
export function refusalText(why: PlanRefusal): string {
  return refusals[why];
}

/** When it cannot be told which commit of a file is meant. */
export const noFileCommits: Explanation = {
  text: "No commit of this file could be read. Choose what to deploy in another way.",
  remedies: ["chooseOther"],
};

/** What a choice deploys, to follow "Deploy": "a1b2c3d Cache port lookups (main)". */
export function choiceText(service: Service, choice: DeployChoice): string {
  switch (choice.kind) {
    case "commit": {
      const subject = subjectOf(choice.commit.message);
      const branch = choice.head?.branch;
      return [shortSha(choice.commit.id), subject, branch === undefined ? "" : `(${plainText(branch, 60)})`]
        .filter(part => part !== "")
        .join(" ");
    }
    case "newest":
      return service.branch === undefined
        ? "the newest commit"
        : `the newest commit of ${plainText(service.branch, 60)}`;
    case "image":
      return `the image ${plainText(choice.imageUrl ?? service.imagePath ?? "", 120)}`;
    case "redeploy":
      return "the last successful build, without building again";
  }
}
