import type { RenderErrorKind } from "../../src/core/render/errors.js";

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
    "Render's API pointed to another address, which is not followed so that the API key stays where it belongs. Check the setting render.apiUrl.",
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

/** What a person must read when it cannot be told whether a deploy began. */
export const unclearSentence = (name: string): string =>
  `Render's answer was lost, and it cannot be told whether a deploy of ${name} began. Look at the Dashboard before you try again, so that it is not deployed twice.`;
