import type { RenderClient } from "../../render/client.js";
import type { Deploy } from "../../render/shapes.js";
import { toldEnd } from "../../services/toldEnd.js";
import type { Reason } from "./cause.js";
import { replacedText } from "./causeTexts.js";

/**
 * Why a deploy was canceled; undefined where Render does not say, as it does not where a person canceled it.
 *
 * @param known the deploys of the service, to tell what took its place
 * @throws RenderError where Render cannot be read
 */
export async function whyCanceled(
  render: Pick<RenderClient, "events">,
  serviceId: string,
  deploy: Deploy,
  known: readonly Deploy[],
  signal: AbortSignal,
): Promise<Reason | undefined> {
  const { newDeployId, askedBy } = (await toldEnd(render, serviceId, deploy, signal)) ?? {};
  if (newDeployId === undefined) return undefined;
  const later = known.find(({ id }) => id === newDeployId) ?? { id: newDeployId, status: "created" };
  return { text: replacedText({ ...later, ...(askedBy !== undefined && { askedBy }) }), lines: [] };
}
