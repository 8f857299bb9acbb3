import { explain } from "../../render/errorTexts.js";
import type { Deploy, Service } from "../../render/shapes.js";
import type { ServiceDeploys } from "../../services/deployHistory.js";
import type { TreeNode } from "./serviceTree.js";
import { unreadDeploysText } from "../../services/unreadTexts.js";
import { deploysDoing, noDeploys } from "./viewTexts.js";

/** A row of the services view. */
export type ServicesNode =
  | TreeNode
  | { readonly kind: "deploy"; readonly id: string; readonly deploy: Deploy; readonly service: Service }
  | { readonly kind: "problem"; readonly id: string; readonly text: string; readonly service: Service };

/** The rows below a service: its deploys as they were read, or why there are none. */
export function deployNodes(service: Service, read: ServiceDeploys | undefined): ServicesNode[] {
  const deploys = (read?.deploys ?? []).map((deploy): ServicesNode => ({
    kind: "deploy",
    id: `${service.id}/${deploy.id}`,
    deploy,
    service,
  }));
  const problem = (text: string): ServicesNode => ({
    kind: "problem",
    id: `${service.id}/problem`,
    text,
    service,
  });
  if (read?.error !== undefined) return [problem(explain(read.error, deploysDoing).text), ...deploys];
  if (read?.unread !== undefined) return [...deploys, problem(unreadDeploysText(read.unread))];
  return deploys.length > 0 ? deploys : [problem(noDeploys)];
}
