import { viewOf } from "../../services/deployStatus.js";
import type { Deploy, Service } from "../../render/shapes.js";
import { hasInstances, hasSite, sourceOf, takesCancel } from "../../services/serviceKind.js";

/** The words that the `when` clauses of the menus look for in the row of a service. */
export function serviceWords(service: Service, isLinked: boolean): string {
  const words = ["service", sourceOf(service), service.suspended ? "suspended" : "running"];
  if (hasInstances(service)) words.push("restartable");
  if (hasSite(service)) words.push("site");
  if (isLinked) words.push("linked");
  return words.join(" ");
}

/** The words that the `when` clauses of the menus look for in the row of a deploy. */
export function deployWords(deploy: Deploy, service: Service): string {
  const { cancelable, outcome } = viewOf(deploy.status);
  const words = ["deploy"];
  if (outcome === undefined) words.push("running");
  if (cancelable && takesCancel(service)) words.push("cancelable");
  // Only what once was live has a build to go back to (Render docs, "Rollbacks").
  else if (outcome === "replaced") words.push("replaced");
  return words.join(" ");
}
