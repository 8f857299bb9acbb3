import { plainName } from "../../text/plainText.js";

/** When the deploy that auto-deploy should have made does not come, and nothing was sent in its place. */
export function automaticMissingText(serviceName: string): string {
  return `Render has not started an automatic deploy of ${plainName(serviceName)}. Deploy again if you do not want to wait.`;
}
