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
  if (!URL.canParse(text))
    return {
      ok: false,
      text: "The setting render.apiUrl is not an address. It should look like https://api.render.com/v1.",
    };
  const url = new URL(text);
  const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/u.test(url.hostname);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && loopback))
    return {
      ok: false,
      text: "The setting render.apiUrl must begin with https://, so that your API key cannot be read on the way. Only an address of this machine may begin with http://.",
    };
  if (url.username !== "" || url.password !== "" || /[?#]/u.test(url.href))
    return {
      ok: false,
      text: "The setting render.apiUrl must be a plain address, without a name, a password or anything after ? or #.",
    };
  return { ok: true, url: url.href.replace(/\/+$/u, ""), origin: url.origin };
}

/** A setting that cannot be used as it is. The message is a whole sentence for a person. */
export class SettingError extends Error {
  override readonly name = "SettingError";
}
