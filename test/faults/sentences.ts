import type { RenderErrorKind } from "../../src/render/errors.js";

/**
 * What a person must read for each kind of error, after "Could not …: ". Written out here a second time on purpose:
 * what is expected must not come from the code under test.
 */
export const sentences = {
  badRequest: "Render did not accept the request. Check what you chose; the output has Render's reason.",
  unauthorized: "Render did not accept the API key. It may have been revoked. Set a new one.",
  paymentRequired: "Render asks for payment information for this workspace. Add it in the Dashboard.",
  forbidden: "your Render account is not allowed to do this. Ask an admin of the workspace.",
  notFound:
    "Render does not know it. It may have been deleted, or belong to a workspace this API key cannot see.",
  notAcceptable: "Render could not answer in a form this extension reads. Update the extension.",
  conflict:
    "the service is in a state that does not allow it now. See what is going on in the Dashboard, then try again.",
  gone: "it no longer exists on Render. Refresh the services.",
  rateLimited:
    "too many requests were sent with this account in the last minute. Wait a little, then try again.",
  serverError: "Render had an internal error. Try again in a moment.",
  unavailable: "Render is not available right now. Try again in a moment.",
  unexpectedStatus: "Render gave an answer this extension does not know. The output has the details.",
  redirected:
    "the answer pointed to another address, as the sign-in page of a network does. It is not followed, so that the API key stays where it belongs. Sign in to your network with a browser, or check the setting render.apiUrl.",
  intercepted:
    "something between you and Render answered in its place, such as a proxy, a firewall or the sign-in page of a network. The output has what it says. Sign in with a browser, or ask whoever runs your network to let Render's API through.",
  proxySignIn:
    "a proxy between you and Render wants you to sign in. Check http.proxy in the settings, or ask whoever runs your network.",
  networkSignIn:
    "something between you and Render wants you to sign in to the network. Do that with a browser, then try again.",
  gatewayFailed:
    "something between you and Render answered that it does not reach Render right now. Try again in a moment.",
  unreachable: "Render could not be reached. Check your connection, then try again.",
  dns: "the address of Render's API could not be found. Check your connection and the setting render.apiUrl, then try again.",
  tls: "no secure connection to Render could be made. A proxy or a company certificate may be in the way; see http.proxy and http.systemCertificates in the settings.",
  timeout: "Render did not answer in time. Try again in a moment.",
  cutOff: "the connection broke before the answer was complete. Try again in a moment.",
  tooLarge: "the answer was too large to be one of Render's. Check the setting render.apiUrl and your proxy.",
  notJson: "the answer was not one of Render's. A proxy or a sign-in page may be in the way.",
  badShape:
    "the answer lacked something it should have. The output has the details; updating the extension may help.",
  emptyBody: "the answer was empty. Try again in a moment.",
} as const satisfies Partial<Record<RenderErrorKind, string>>;

/** The same where nothing tells whether Render gave the answer. */
const unclearSentences: Partial<Record<RenderErrorKind, string>> = {
  unauthorized:
    "the API key was refused, by Render or by something between you and Render: the answer does not tell which. Try again. If it stays so, set a new key, or ask whoever runs your network.",
  forbidden:
    "it was refused, by Render or by something between you and Render: the answer does not tell which. Try again. If it stays so, ask an admin of the workspace, or whoever runs your network.",
  notFound:
    "it was not found, by Render or by something between you and Render: the answer does not tell which. Try again. If it stays so, see in the Dashboard whether it still exists.",
};

/** The sentence of a fault: see `FaultCase`. */
export function sentenceOf(kind: keyof typeof sentences, isUnclear = false): string {
  return (isUnclear ? unclearSentences[kind] : undefined) ?? sentences[kind];
}

/** What a person must read when it cannot be told whether a deploy began. */
export const unclearSentence = (name: string): string =>
  `Render's answer was lost, and it cannot be told whether a deploy of ${name} began. Look at the Dashboard before you try again, so that it is not deployed twice.`;
