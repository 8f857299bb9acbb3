/** Every sentence about requests and deploys that a person reads: what happened, then what to do next. */
import type { DeployChoice, PlanRefusal } from "./deploy/plan.js";
import { plainText, shortSha, subjectOf } from "./plainText.js";
import { RenderError, type RenderErrorKind } from "./render/errors.js";
import type { Service } from "./render/shapes.js";

/** What a button beside a sentence does; the editor side gives each its title and its deed. */
export type Remedy =
  | "setApiKey"
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

type Row = readonly [text: string, ...remedies: Remedy[]];

/** One row for each way a request can end badly. The text follows "Could not …: ". */
const errorRows: Record<RenderErrorKind, Row> = {
  badRequest: [
    "Render did not accept the request. Check what you chose; the output has Render's reason.",
    "showOutput",
    "openDashboard",
  ],
  unauthorized: ["Render did not accept the API key. It may have been revoked. Set a new one.", "setApiKey"],
  paymentRequired: [
    "Render asks for payment information for this workspace. Add it in the Dashboard.",
    "openDashboard",
  ],
  forbidden: [
    "your Render account is not allowed to do this. Ask an admin of the workspace.",
    "openDashboard",
    "setApiKey",
  ],
  notFound: [
    "Render does not know it. It may have been deleted, or belong to a workspace this API key cannot see.",
    "openDashboard",
    "setApiKey",
  ],
  notAcceptable: [
    "Render could not answer in a form this extension reads. Update the extension.",
    "showOutput",
  ],
  conflict: [
    "the service is in a state that does not allow it now. See what is going on in the Dashboard, then try again.",
    "openDashboard",
    "retry",
  ],
  gone: ["it no longer exists on Render. Refresh the services.", "openDashboard"],
  rateLimited: [
    "too many requests were sent with this account in the last minute. Wait a little, then try again.",
    "retry",
    "showOutput",
  ],
  serverError: ["Render had an internal error. Try again in a moment.", "retry", "openDashboard"],
  unavailable: ["Render is not available right now. Try again in a moment.", "retry", "openDashboard"],
  unexpectedStatus: [
    "Render gave an answer this extension does not know. The output has the details.",
    "retry",
    "showOutput",
    "openDashboard",
  ],
  redirected: [
    "Render's API pointed to another address, which is not followed so that the API key stays where it belongs. Check the setting render.apiUrl.",
    "openSettings",
    "showOutput",
  ],
  unreachable: ["Render could not be reached. Check your connection, then try again.", "retry", "showOutput"],
  dns: [
    "the address of Render's API could not be found. Check your connection and the setting render.apiUrl, then try again.",
    "retry",
    "showOutput",
  ],
  tls: [
    "no secure connection to Render could be made. A proxy or a company certificate may be in the way; see http.proxy and http.systemCertificates in the settings.",
    "showOutput",
    "retry",
  ],
  timeout: ["Render did not answer in time. Try again in a moment.", "retry", "showOutput"],
  cutOff: [
    "the connection broke before the answer was complete. Try again in a moment.",
    "retry",
    "showOutput",
  ],
  tooLarge: [
    "the answer was too large to be one of Render's. Check the setting render.apiUrl and your proxy.",
    "showOutput",
    "openSettings",
  ],
  notJson: [
    "the answer was not one of Render's. A proxy or a sign-in page may be in the way.",
    "showOutput",
    "retry",
  ],
  badShape: [
    "the answer lacked something it should have. The output has the details; updating the extension may help.",
    "showOutput",
    "retry",
  ],
  emptyBody: ["the answer was empty. Try again in a moment.", "retry", "showOutput"],
  noKey: ["there is no Render API key yet. Set one to go on.", "setApiKey"],
  aborted: ["it was cut short before Render answered, as its window was closed.", "retry", "openDashboard"],
};

/**
 * What an error means for a person.
 *
 * @param doing what was tried, to follow "Could not": "load the services", "deploy harbor-api"
 */
export function explain(error: unknown, doing: string): Explanation {
  if (error instanceof SettingError) return { text: error.message, remedies: ["openSettings"] };
  if (!(error instanceof RenderError)) {
    const text = `Could not ${doing}: something unexpected happened. The output has the details.`;
    return { text, remedies: ["showOutput"] };
  }
  const [text, ...remedies] = errorRows[error.kind];
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

function waitText(error: RenderError): string {
  if (error.kind !== "rateLimited" || error.retryAfterMs === undefined) return "";
  return ` Render says in ${Math.max(1, Math.ceil(error.retryAfterMs / 1000))} s.`;
}

/** For the output: everything about an error that helps support, on one line. Never holds a key. */
export function detailsOf(error: unknown): string {
  if (!(error instanceof RenderError))
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  const parts = [
    `${error.method} ${error.path}`,
    error.status === undefined ? error.kind : `status ${error.status} (${error.kind})`,
    error.field === undefined ? undefined : `field ${error.field}`,
    error.serverMessage === undefined ? undefined : `Render says: "${plainText(error.serverMessage, 500)}"`,
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
    "That is not a commit: a full SHA has 40 hexadecimal digits. Pick one from the history or paste the whole SHA.",
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
