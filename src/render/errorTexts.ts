/** What each way a request can end badly is called for a person. */
import { KeyStoreError, RenderError, type RenderErrorKind } from "./errors.js";
import type { Explanation, Remedy } from "../text/explanation.js";
import { SettingError } from "./apiUrl.js";
import type { Answerer } from "./http/answer.js";
import { plainText } from "../text/plainText.js";

type Row = readonly [text: string, ...remedies: Remedy[]];

/** VS Code docs, "Troubleshoot keychain issues". */
const keyringHelp =
  "On Linux, install or unlock gnome-keyring or KWallet, or start VS Code with --password-store=basic; on macOS, unlock the login keychain. Then restart VS Code.";

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
    "the answer pointed to another address, as the sign-in page of a network does. It is not followed, so that the API key stays where it belongs. Sign in to your network with a browser, or check the setting render.apiUrl.",
    "openSettings",
    "retry",
    "showOutput",
  ],
  intercepted: [
    "something between you and Render answered in its place, such as a proxy, a firewall or the sign-in page of a network. The output has what it says. Sign in with a browser, or ask whoever runs your network to let Render's API through.",
    "retry",
    "showOutput",
  ],
  proxySignIn: [
    "a proxy between you and Render wants you to sign in. Check http.proxy in the settings, or ask whoever runs your network.",
    "retry",
    "showOutput",
  ],
  networkSignIn: [
    "something between you and Render wants you to sign in to the network. Do that with a browser, then try again.",
    "retry",
    "showOutput",
  ],
  gatewayFailed: [
    "something between you and Render answered that it does not reach Render right now. Try again in a moment.",
    "retry",
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
  keyUnreadable: [
    `VS Code's secret storage, which keeps the API key, cannot be read. ${keyringHelp}`,
    "retry",
    "setApiKeyForSession",
    "showOutput",
  ],
  unusableKey: ["the API key that is kept here has characters no key has. Set it again.", "setApiKey"],
  aborted: ["it was cut short before Render answered, as its window was closed.", "retry", "openDashboard"],
};

const eitherAnswered = "by Render or by something between you and Render: the answer does not tell which";

/** What a refusal is called that Render did not surely give. */
const unclearRows: Partial<Record<RenderErrorKind, Row>> = {
  unauthorized: [
    `the API key was refused, ${eitherAnswered}. Try again. If it stays so, set a new key, or ask whoever runs your network.`,
    "retry",
    "setApiKey",
    "showOutput",
  ],
  forbidden: [
    `it was refused, ${eitherAnswered}. Try again. If it stays so, ask an admin of the workspace, or whoever runs your network.`,
    "retry",
    "openDashboard",
    "showOutput",
  ],
  notFound: [
    `it was not found, ${eitherAnswered}. Try again. If it stays so, see in the Dashboard whether it still exists.`,
    "retry",
    "openDashboard",
    "showOutput",
  ],
  rateLimited: [
    "something between you and Render lets no more requests through for now. Wait a little, then try again.",
    "retry",
    "showOutput",
  ],
};

const keyStoreRows: Record<KeyStoreError["action"], Row> = {
  read: errorRows.keyUnreadable,
  store: [
    `VS Code's secret storage did not take it. ${keyringHelp}`,
    "retry",
    "setApiKeyForSession",
    "showOutput",
  ],
  remove: [
    `VS Code's secret storage did not give it up, and may still hold it. ${keyringHelp} Revoke the key in the Dashboard to be safe.`,
    "retry",
    "openDashboard",
    "showOutput",
  ],
};

/** The row of an error that has one. */
function rowOf(error: RenderError | KeyStoreError): Row {
  if (error instanceof KeyStoreError) return keyStoreRows[error.action];
  return (error.answerer === "render" ? undefined : unclearRows[error.kind]) ?? errorRows[error.kind];
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
