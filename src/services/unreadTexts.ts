import type { Unread } from "./directory.js";

const names: Required<Record<keyof Unread, readonly [one: string, several: string]>> = {
  services: ["service", "services"],
  owners: ["workspace", "workspaces"],
  projects: ["project", "projects"],
  environments: ["environment", "environments"],
};

/** What was left out as it could not be read; empty for nothing. The output names each. */
export function unreadText(unread: Unread = {}): string {
  const counts = Object.entries(unread).map(([kind, count]) =>
    counted(count, ...names[kind as keyof Unread]),
  );
  return counts.length === 0 ? "" : `${counts.join(", ")} could not be read: see the output.`;
}

/** The same for the deploys of a service. */
export function unreadDeploysText(count: number): string {
  return `${counted(count, "deploy", "deploys")} could not be read: see the output.`;
}

function counted(count: number, one: string, several: string): string {
  return `${count} ${count === 1 ? one : several}`;
}
