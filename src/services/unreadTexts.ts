import { counted } from "../text/listText.js";
import type { Unread } from "./directory.js";

const names: Required<Record<keyof Unread, string>> = {
  services: "service",
  owners: "workspace",
  projects: "project",
  environments: "environment",
};

/** What was left out as it could not be read; empty for nothing. The output names each. */
export function unreadText(unread: Unread = {}): string {
  const counts = Object.entries(unread).map(([kind, count]) => counted(count, names[kind as keyof Unread]));
  return counts.length === 0 ? "" : `${counts.join(", ")} could not be read: see the output.`;
}

/** The same for the deploys of a service. */
export function unreadDeploysText(count: number): string {
  return `${counted(count, "deploy")} could not be read: see the output.`;
}
