import { filteredText, staleText } from "./viewTexts.js";
import { SettingError } from "../../render/apiUrl.js";
import { joined } from "../../text/listText.js";
import { RenderError, type RenderErrorKind } from "../../render/errors.js";
import type { Account } from "../../services/directory.js";
import { unreadText } from "../../services/unreadTexts.js";

/** What the services view can show. Without rows, one of the welcome texts in package.json says which. */
export type ServicesState = "signedOut" | "loading" | "empty" | "noMatch" | "failed" | "ready";

/** @param hasRows whether any row is left to show, also after filtering */
export function servicesState(account: Account, hasRows: boolean): ServicesState {
  if (account.state === "signedOut") return "signedOut";
  if (hasRows) return "ready";
  if (account.state === "failed") return "failed";
  if (account.state !== "ready") return "loading";
  if (hidesAll(account)) return "failed";
  return account.services.length === 0 ? "empty" : "noMatch";
}

/** What stands above the rows; empty for nothing, as it is without rows, when the welcome texts speak. */
export function textAboveRows(account: Account, filter: string): string {
  if (account.services.length === 0) return "";
  if (account.state === "failed") return staleText(account);
  return joined([unreadText(account.unread), filteredText(filter)], " ");
}

/** Whether there are services, none of which could be read. */
function hidesAll({ services, unread }: Account): boolean {
  return services.length === 0 && unread?.services !== undefined;
}

/** Why the account could not be loaded, as far as it decides what to do next. */
export type LoadFailure =
  "none" | "apiKey" | "refused" | "keyring" | "network" | "between" | "rateLimit" | "setting" | "other";

/** Why the last load of the account failed; "none" where it did not. */
export function loadFailure(account: Account): LoadFailure {
  if (account.state !== "failed") return account.state === "ready" && hidesAll(account) ? "other" : "none";
  const { error } = account;
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
