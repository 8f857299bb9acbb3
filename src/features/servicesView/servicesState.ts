import { filteredText, staleText } from "./viewTexts.js";
import { SettingError } from "../../render/apiUrl.js";
import { joined } from "../../text/listText.js";
import { RenderError, type RenderErrorKind } from "../../render/errors.js";
import type { Listing } from "../../services/directory.js";
import { unreadText } from "../../services/unreadTexts.js";

/** What the services view can show. Without rows, one of the welcome texts in package.json says which. */
export type ServicesState = "signedOut" | "loading" | "empty" | "noMatch" | "failed" | "ready";

/** @param hasRows whether any row is left to show, also after filtering */
export function servicesState(listing: Listing, hasRows: boolean): ServicesState {
  if (listing.state === "signedOut") return "signedOut";
  if (hasRows) return "ready";
  if (listing.state === "failed") return "failed";
  if (listing.state !== "ready") return "loading";
  if (hidesAll(listing)) return "failed";
  return listing.services.length === 0 ? "empty" : "noMatch";
}

/** What stands above the rows; empty for nothing, as it is without rows, when the welcome texts speak. */
export function textAboveRows(listing: Listing, filter: string): string {
  if (listing.services.length === 0) return "";
  if (listing.state === "failed") return staleText(listing);
  return joined([unreadText(listing.unread), filteredText(filter)], " ");
}

/** Whether there are services, none of which could be read. */
function hidesAll({ services, unread }: Listing): boolean {
  return services.length === 0 && unread?.services !== undefined;
}

/** Why the account could not be loaded, as far as it decides what to do next. */
export type LoadFailure =
  "none" | "apiKey" | "refused" | "keyring" | "network" | "between" | "rateLimit" | "setting" | "other";

/** Why the last load of the account failed; "none" where it did not. */
export function loadFailure(listing: Listing): LoadFailure {
  if (listing.state !== "failed") return listing.state === "ready" && hidesAll(listing) ? "other" : "none";
  const { error } = listing;
  if (error instanceof SettingError) return "setting";
  if (!(error instanceof RenderError)) return "other";
  if (error.kind === "unauthorized" && error.answerer !== "render") return "refused";
  if (error.kind === "rateLimited" && error.answerer !== "render") return "between";
  return failures[error.kind] ?? "other";
}

const failures: Partial<Record<RenderErrorKind, LoadFailure>> = {
  unauthorized: "apiKey",
  unusableKey: "refused",
  keyUnreadable: "keyring",
  rateLimited: "rateLimit",
  unreachable: "network",
  dns: "network",
  tls: "network",
  timeout: "network",
  cutOff: "network",
  serverError: "network",
  unavailable: "network",
  gatewayFailed: "network",
  redirected: "between",
  intercepted: "between",
  proxySignIn: "between",
  networkSignIn: "between",
};
