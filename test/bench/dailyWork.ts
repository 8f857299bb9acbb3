/** What is done again and again while a person works, each next to something as simple over the same data. */
import { Bench } from "tinybench";
import * as v from "valibot";
import { BlueprintFile } from "../../src/blueprints/blueprintFile.js";
import { serviceTree } from "../../src/features/servicesView/serviceTree.js";
import { matchServices, type OpenThings } from "../../src/matching/match.js";
import { servicePage } from "../../src/render/shapes.js";
import { newService } from "../simulator/newService.js";
import { aListing, aRepository, aService } from "../support/builders.js";
import { leastTime } from "./leastTime.js";
import { msText, type Row, type Section } from "./table.js";

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

const matchingAll = "Matching 2,000 services with 10 repositories";
const treeOfAll = "The tree of 2,000 services";
const readingPage = "Reading a page of 100 services";
const readingYaml = "Reading a render.yaml of 100 services";
const copying = "copying 2,000 services";
const parsing = "JSON.parse of a page of 100 services";
const goals: readonly Goal[] = [
  { name: matchingAll, against: copying, atMost: 3 },
  { name: treeOfAll, against: copying, atMost: 1 },
  { name: readingPage, against: parsing, atMost: 20 },
  { name: readingYaml, against: copying, atMost: 3 },
];

/** How long a render.yaml of 1,000 services may hold up the editor, in milliseconds. */
const longestYaml = 50;

export async function dailyWork(): Promise<Section> {
  const bench = new Bench({ time: 1_000 })
    .add(copying, () => structuredClone(services))
    .add(parsing, () => JSON.parse(page) as unknown)
    .add(matchingAll, () => matchServices(services, open))
    .add(treeOfAll, () => serviceTree(account, "", matching))
    .add(readingPage, () => v.parse(servicePage, JSON.parse(page)))
    .add(readingYaml, () => new BlueprintFile(yaml));
  await bench.run();
  const medianOf = (name: string): number => {
    const result = bench.getTask(name)?.result;
    if (!result || !("latency" in result)) throw new Error(`${name} was not measured`);
    return result.latency.p50;
  };
  const rows = goals.map(({ name, against, atMost }): Row => {
    const [took, baseline] = [medianOf(name), medianOf(against)];
    return {
      name,
      figure: msText(took),
      baseline: `${msText(baseline)} (${against})`,
      ratio: took / baseline,
      goal: `≤ ${atMost} ×`,
      isMet: took / baseline <= atMost,
    };
  });
  const [long, short] = [leastTime(() => new BlueprintFile(longYaml)), medianOf(readingYaml)];
  rows.push({
    name: "Reading a render.yaml of 1,000 services",
    figure: msText(long),
    baseline: `${msText(short)} (one of 100 services)`,
    ratio: long / short,
    goal: `≤ ${longestYaml} ms`,
    isMet: long <= longestYaml,
  });
  return { title: "Daily work", rows };
}
