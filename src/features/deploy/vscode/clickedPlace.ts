import * as vscode from "vscode";
import type { Service } from "../../../render/shapes.js";
import type { TriggerRequest } from "./triggerDeploy.js";
import type { LensArgument } from "../../renderYaml/vscode/blueprintLenses.js";

/** What the place that a deploy is asked for from tells, where it is not a row of the services view. */
export function entryPointOf(
  argument: unknown,
): Partial<Pick<TriggerRequest, "origin" | "service" | "among" | "within" | "named">> {
  const [service, ...others] = lensServicesOf(argument);
  if (service)
    return { origin: "blueprint", ...(others.length === 0 ? { service } : { among: [service, ...others] }) };
  // The editor title passes the file.
  if (argument instanceof vscode.Uri) return { origin: "editor", within: argument };
  const field = (name: string): unknown =>
    typeof argument === "object" && argument !== null ? Reflect.get(argument, name) : undefined;
  const named = field("from") === "statusBar" ? field("named") : undefined;
  if (typeof named === "string") return { named };
  // Source Control passes its `SourceControl`.
  const root = field("rootUri");
  return root instanceof vscode.Uri ? { origin: "sourceControl", within: root } : {};
}

/** The services that a lens of a Blueprint file stands above; none when the command came from elsewhere. */
export function lensServicesOf(argument: unknown): readonly Service[] {
  const isLens =
    typeof argument === "object" && argument !== null && Reflect.get(argument, "from") === "blueprint";
  return isLens ? (argument as LensArgument).services : [];
}

/** The file that an editor or the Timeline passes. */
export function fileOf(argument: unknown): vscode.Uri | undefined {
  return argument instanceof vscode.Uri ? argument : undefined;
}
