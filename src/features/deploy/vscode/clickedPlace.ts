import * as vscode from "vscode";
import type { TriggerRequest } from "./triggerDeploy.js";
import { lensServicesOf } from "../../../blueprints/lensArgument.js";
import type { DeployOrder } from "../../following/followedDeploy.js";
import { rowOf } from "../../servicesView/rowArgument.js";
import type { Origin } from "../../whatToDeploy/originTexts.js";

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

/** The deploy that a notification told of, where its button asks anew for the same. */
export function orderOf(argument: unknown): DeployOrder | undefined {
  const isOrder =
    typeof argument === "object" && argument !== null && Reflect.get(argument, "from") === "notification";
  return isOrder ? (argument as { readonly order: DeployOrder }).order : undefined;
}

/** Where the person pressed, as far as the argument tells. */
export function originOf(argument: unknown): Origin {
  if (rowOf(argument)) return "tree";
  const from: unknown =
    typeof argument === "object" && argument !== null ? Reflect.get(argument, "from") : undefined;
  return from === "statusBar" ? "statusBar" : "palette";
}

/** The file that an editor or the Timeline passes. */
export function fileOf(argument: unknown): vscode.Uri | undefined {
  return argument instanceof vscode.Uri ? argument : undefined;
}
