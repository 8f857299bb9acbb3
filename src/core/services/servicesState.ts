import { SettingError, staleText } from "../messages.js";
import { plainText } from "../plainText.js";
import { RenderError, type RenderErrorKind } from "../render/errors.js";
import type { Account } from "./directory.js";

/** What the services view can show. Without rows, one of the welcome texts in package.json says which. */
export type ServicesState = "signedOut" | "loading" | "empty" | "noMatch" | "failed" | "ready";

/** @param hasRows whether any row is left to show, also after filtering */
export function servicesState(account: Account, hasRows: boolean): ServicesState {
  if (account.state === "signedOut") return "signedOut";
  if (hasRows) return "ready";
  if (account.state === "failed") return "failed";
  if (account.state !== "ready") return "loading";
  return account.services.length === 0 ? "empty" : "noMatch";
}

/** What stands above the rows; empty for nothing, as it is without rows, when the welcome texts speak. */
export function textAboveRows(account: Account, filter: string): string {
  if (account.services.length === 0) return "";
  if (account.state === "failed") return staleText(account);
  return filter === "" ? "" : `Filtered by “${plainText(filter, 40)}”`;
}

/** Why the account could not be loaded, as far as it decides what to do next. */
export type LoadFailure = "none" | "apiKey" | "network" | "rateLimit" | "setting" | "other";

/** Why the last load of the account failed; "none" where it did not. */
export function loadFailure(account: Account): LoadFailure {
  if (account.state !== "failed") return "none";
  const { error } = account;
  if (error instanceof SettingError) return "setting";
  if (!(error instanceof RenderError)) return "other";
  return failures[error.kind] ?? "other";
}

const failures: Partial<Record<RenderErrorKind, LoadFailure>> = {
  unauthorized: "apiKey",
  rateLimited: "rateLimit",
  unreachable: "network",
  dns: "network",
  tls: "network",
  timeout: "network",
  cutOff: "network",
  serverError: "network",
  unavailable: "network",
};
