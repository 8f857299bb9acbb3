/**
 * Measures what must be quick and small, each against a baseline in the same run, as machines differ.
 *
 *   npm run bench
 *
 * Fails when a goal is missed.
 */
import { readFile } from "node:fs/promises";
import { Bench } from "tinybench";
import * as v from "valibot";
import { BlueprintFile } from "../../src/blueprints/blueprintFile.js";
import { servicePage } from "../../src/render/shapes.js";
import { matchServices, type OpenThings } from "../../src/matching/match.js";
import { serviceTree } from "../../src/features/servicesView/serviceTree.js";
import { newService } from "../simulator/newService.js";
import { aListing, aRepository, aService } from "../support/builders.js";
import { growthOf, leastTime, readings } from "./growth.js";
import { loadLargeAccount, type AccountFigures } from "./largeAccount.js";

/** A far larger account than most people have, in far more repositories than most people open. */
const services = Array.from({ length: 2_000 }, (_, index) =>
  aService({
    id: `srv-${index}`,
    name: `harbor-${index}`,
    repo: `https://github.com/harbor-labs/harbor-${index % 40}`,
    rootDir: `services/${index}`,
    buildFilter: { paths: [`services/${index}/**`, "packages/**/*.ts"], ignoredPaths: ["**/*.md"] },
  }),
);
const repositories = Array.from({ length: 10 }, (_, index) =>
  aRepository({
    root: `file:///home/ada/harbor-${index}`,
    remotes: [
      `git@github.com:harbor-labs/harbor-${index}.git`,
      `git@github-work:harbor-labs/harbor-${index}.git`,
    ],
  }),
);
const here = "file:///home/ada/harbor-3/services/43/src/ports.ts";
const open: OpenThings = { git: { ok: true, repositories }, here, links: [], blueprints: [] };
const account = aListing({ services });
const matching = new Set(matchServices(services, open).map(({ service }) => service.id));

const page = JSON.stringify(
  Array.from({ length: 100 }, (_, index) => ({
    cursor: `cursor-${index}`,
    service: newService({ name: `harbor-${index}`, ownerId: "tea-1", repo: "https://github.com/a/b" })
      .service,
  })),
);
const blueprintOf = (count: number): string =>
  [
    "services:",
    ...Array.from({ length: count }, (_, index) => `  - { type: web, name: harbor-${index}, runtime: node }`),
  ].join("\n");
const yaml = blueprintOf(100);
const longYaml = blueprintOf(1_000);

interface Goal {
  readonly name: string;
  /** The name of the baseline, and how many times as long as it this may take. */
  readonly against: string;
  readonly atMost: number;
}

const copying = "copying 2,000 services";
const parsing = "JSON.parse of a page of 100 services";
const goals: readonly Goal[] = [
  { name: "matching 2,000 services with 10 repositories", against: copying, atMost: 3 },
  { name: "the tree of 2,000 services", against: copying, atMost: 1 },
  { name: "reading a page of 100 services", against: parsing, atMost: 20 },
  { name: "reading a render.yaml of 100 services", against: copying, atMost: 3 },
];

/** How long a render.yaml of 1,000 services may hold up the editor, in milliseconds. */
const longestYaml = 50;

/** With what power of its size the time to read something may grow. */
const steepest = 1.1;

/** What VS Code reads to start the extension: its file and what that imports at once, in bytes. */
const largestStart = 250_000;

async function startSize(): Promise<number> {
  const read = async (file: string): Promise<number> => {
    const text = await readFile(`dist/${file}`, "utf8");
    const imported = [...text.matchAll(/(?:from|import)"\.\/([^"]+)"/gu)].flatMap(([, name]) => name ?? []);
    const sizes = await Promise.all([...new Set(imported)].map(read));
    return sizes.reduce((sum, size) => sum + size, Buffer.byteLength(text));
  };
  return read("extension.js");
}

const bench = new Bench({ time: 1_000 })
  .add(copying, () => structuredClone(services))
  .add(parsing, () => JSON.parse(page) as unknown)
  .add("matching 2,000 services with 10 repositories", () => matchServices(services, open))
  .add("the tree of 2,000 services", () => serviceTree(account, "", matching))
  .add("reading a page of 100 services", () => v.parse(servicePage, JSON.parse(page)))
  .add("reading a render.yaml of 100 services", () => new BlueprintFile(yaml));
await bench.run();

const medianOf = (name: string): number => {
  const result = bench.getTask(name)?.result;
  if (!result || !("latency" in result)) throw new Error(`${name} was not measured`);
  return result.latency.p50;
};
let missed = 0;
const tell = (isMet: boolean, text: string): void => {
  if (!isMet) missed += 1;
  console.log(`${isMet ? "met   " : "MISSED"}  ${text}`);
};
for (const { name, against, atMost } of goals) {
  const [took, baseline] = [medianOf(name), medianOf(against)];
  const ratio = took / baseline;
  tell(
    ratio <= atMost,
    `${name}: ${took.toFixed(2)} ms, ${ratio.toFixed(2)} × ${against} (${baseline.toFixed(2)} ms), goal ${atMost} ×`,
  );
}
const took = leastTime(() => new BlueprintFile(longYaml));
tell(
  took <= longestYaml,
  `reading a render.yaml of 1,000 services: ${took.toFixed(1)} ms, goal ${longestYaml}`,
);
for (const reading of readings) {
  const { power, longest } = growthOf(reading, steepest);
  tell(
    power <= steepest,
    `${reading.name}: grows with size to the power of ${power.toFixed(2)} (${longest.toFixed(1)} ms for the largest), goal ${steepest}`,
  );
}
/** What a person with a large account may expect. */
const account10k = {
  /** Times as long as the same pages read by a bare client. */
  loading: 1.1,
  /** How long nothing else has its turn, in milliseconds. */
  block: 50,
  /** Bytes kept for each service. */
  bytesEach: 2_000,
  /** From a key typed into the filter to the rows that are left, in milliseconds. */
  filter: 16,
  /** Of four workspaces, each page of which takes a while: times as long as one page after the other. */
  sideBySide: 0.6,
};

const alone = { workspaces: 1, delay: 0 };
const small = await loadLargeAccount({ ...alone, services: 100, rounds: 8 });
const middle = await loadLargeAccount({ ...alone, services: 1_000, rounds: 8 });
const large = await loadLargeAccount({ ...alone, services: 10_000, rounds: 8 });
const several = await loadLargeAccount({ services: 4_000, workspaces: 4, delay: 40, rounds: 2 });
const timesPages = ({ took, pages }: AccountFigures): number => took / pages;
const timesText = (figures: AccountFigures): string =>
  `${figures.took.toFixed(0)} ms, ${timesPages(figures).toFixed(2)} × its pages read one after the other by a bare client (${figures.pages.toFixed(0)} ms)`;
tell(
  timesPages(large) <= account10k.loading,
  `loading 10,000 services: ${timesText(large)}, goal ${account10k.loading} ×`,
);
tell(
  large.pagesToFirstRows <= 2,
  `loading 10,000 services: first rows when page ${large.pagesToFirstRows} was asked for, ${large.changes} changes in all`,
);
tell(
  large.block <= account10k.block,
  `loading 10,000 services: ${large.block.toFixed(0)} ms at most without a turn for others, goal ${account10k.block}`,
);
tell(
  large.bytesEach <= account10k.bytesEach,
  `10,000 services: ${large.bytesEach.toFixed(0)} bytes kept for each, goal ${account10k.bytesEach}`,
);
tell(
  large.filter <= account10k.filter,
  `filtering 10,000 services: ${large.filter.toFixed(1)} ms for a key, goal ${account10k.filter}`,
);
const power = (Math.log10(large.cpu) - Math.log10(small.cpu)) / 2;
tell(
  power <= steepest,
  `loading 100, 1,000 and 10,000 services: ${[small, middle, large].map(({ cpu }) => cpu.toFixed(0)).join(", ")} ms of the processor, grows with size to the power of ${power.toFixed(2)}, goal ${steepest}`,
);
tell(
  timesPages(several) <= account10k.sideBySide,
  `loading 4,000 services of 4 workspaces from afar: ${timesText(several)}, goal ${account10k.sideBySide} ×`,
);
const size = await startSize();
tell(size <= largestStart, `read at the start: ${size} bytes, goal ${largestStart}`);
if (missed > 0) process.exitCode = 1;
