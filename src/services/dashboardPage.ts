import type { Service } from "../render/shapes.js";

/**
 * The address of a service in the Dashboard, or of one of its deploys (Render API: Dashboard addresses); of the Dashboard
 * itself where that of the service is not known.
 */
export function dashboardPage(
  { dashboardUrl }: Pick<Service, "dashboardUrl">,
  deploy?: { readonly id: string },
): string {
  if (dashboardUrl === undefined) return "https://dashboard.render.com";
  return deploy ? `${dashboardUrl}/deploys/${encodeURIComponent(deploy.id)}` : dashboardUrl;
}
