import * as vscode from "vscode";

/** Where a person makes an API key (Render docs, "The Render API"). */
export const apiKeyPage = "https://dashboard.render.com/u/settings?add-api-key";

/** Opens an address that came from Render in the browser; anything but https (or http, for a service's own site) is left. */
export async function openLink(
  address: string,
  options: { readonly allowHttp: boolean } = { allowHttp: false },
): Promise<void> {
  if (!URL.canParse(address)) return;
  const { protocol } = new URL(address);
  if (protocol !== "https:" && !(options.allowHttp && protocol === "http:")) return;
  await vscode.env.openExternal(vscode.Uri.parse(address, true));
}
