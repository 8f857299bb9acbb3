import { apiUrlTexts, type ApiUrlFault } from "./apiUrlTexts.js";

/** The address of Render's public API (Render API reference). */
export const renderApiUrl = "https://api.render.com/v1";

export type ApiUrl =
  | {
      readonly ok: true;
      /** Without a closing slash. */
      readonly url: string;
      /** Scheme, host and port: what an API key is kept for, so that it is never sent elsewhere. */
      readonly origin: string;
    }
  | { readonly ok: false; readonly text: string };

/** Checks an address of the API: https anywhere, or http on this machine, where nobody can listen in. */
export function parseApiUrl(setting: string): ApiUrl {
  const text = setting.trim() === "" ? renderApiUrl : setting.trim();
  if (!URL.canParse(text)) return refused("noAddress");
  const url = new URL(text);
  const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/u.test(url.hostname);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && loopback)) return refused("notEncrypted");
  if (url.username !== "" || url.password !== "" || /[?#]/u.test(url.href)) return refused("notPlain");
  return { ok: true, url: url.href.replace(/\/+$/u, ""), origin: url.origin };
}

function refused(fault: ApiUrlFault): ApiUrl {
  return { ok: false, text: apiUrlTexts[fault] };
}

/** A setting that cannot be used as it is. The message is a whole sentence for a person. */
export class SettingError extends Error {
  override readonly name = "SettingError";
}
