/**
 * A simulator of its own process, so that its work holds up nothing that is measured.
 *
 * Arguments: how many services, in how many workspaces, and how long each page of them takes besides, in milliseconds. It
 * tells its address and ends with whoever began it.
 */
import { makeId } from "../simulator/ids";
import { emptyData, newService, noLimits, startSimulator } from "../simulator/simulator";

const [count = 0, workspaces = 1, delay = 0] = process.argv.slice(2).map(Number);
const data = emptyData();
const [workspace] = data.workspaces;
if (!workspace) throw new Error("There is no workspace to copy.");
data.workspaces = Array.from({ length: workspaces }, (_, index) => ({
  ...workspace,
  owner: { ...workspace.owner, id: makeId("tea", `workspace/${index}`), name: `Harbor ${index}` },
}));
data.services = Array.from({ length: count }, (_, index) => {
  // In no order that sorting could profit from.
  const number = (index * 7_919) % count;
  return newService({
    name: `harbor-${["api", "worker", "site", "cron"][number % 4]}-${number}`,
    ownerId: data.workspaces[index % workspaces]?.owner.id ?? "",
    type: ["web_service", "background_worker", "static_site", "cron_job"][number % 4] ?? "",
    repo: `https://github.com/harbor-labs/harbor-${number % 1_000}`,
    rootDir: `services/${number}`,
    buildFilter: { paths: [`services/${number}/**`, "packages/**/*.ts"], ignoredPaths: ["**/*.md"] },
    createdAt: Date.UTC(2026, 2, 2) + index * 1_000,
  });
});
const simulator = await startSimulator({ data, limits: noLimits });
if (delay > 0) {
  const slow = { kind: "delay", ms: delay } as const;
  simulator.fail({ method: "GET", path: /^\/services$/u, times: Infinity, with: slow });
}
process.send?.({ url: simulator.url, key: simulator.key });
process.once("disconnect", () => void simulator.close());
