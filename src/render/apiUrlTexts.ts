/** Why an address of the API cannot be used. */
export type ApiUrlFault = "noAddress" | "notEncrypted" | "notPlain";

/** The same for a person. */
export const apiUrlTexts: Record<ApiUrlFault, string> = {
  noAddress: "The setting render.apiUrl is not an address. It should look like https://api.render.com/v1.",
  notEncrypted:
    "The setting render.apiUrl must begin with https://, so that your API key cannot be read on the way. Only an address of this machine may begin with http://.",
  notPlain:
    "The setting render.apiUrl must be a plain address, without a name, a password or anything after ? or #.",
};
