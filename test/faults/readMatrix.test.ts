import assert from "node:assert/strict";
import { explain } from "../../src/core/messages.js";
import type { RenderClient } from "../../src/core/render/client.js";
import { RenderError } from "../../src/core/render/errors.js";
import { sampleRepository } from "../simulator/simulator.js";
import { faultCases, type FaultCase } from "./faultTable.js";
import { figures } from "./figures.js";
import { useRig, type MatrixCell, type Target } from "./matrixRig.js";
import { sentences } from "./sentences.js";

const serviceId = sampleRepository.lighthouse.serviceId;
const signal = new AbortController().signal;

interface Read {
  readonly name: string;
  readonly path: RegExp;
  /** What a person tried, after "Could not". */
  readonly doing: string;
  readonly call: (render: RenderClient, cell: MatrixCell) => Promise<unknown>;
  /** Somebody waits for the answer, so it is sent once only. */
  readonly once?: true;
}

async function all<T>(pages: AsyncGenerator<T[]>): Promise<T[]> {
  const items: T[] = [];
  for await (const page of pages) items.push(...page);
  return items;
}

const reads: readonly Read[] = [
  { name: "user", path: /^\/users$/u, doing: "check the key", call: r => r.getUser(signal), once: true },
  { name: "owners", path: /^\/owners$/u, doing: "load the services", call: r => all(r.owners(signal)) },
  {
    name: "services",
    path: /^\/services$/u,
    doing: "load the services",
    call: r => all(r.services({ includePreviews: false }, signal)),
  },
  { name: "projects", path: /^\/projects$/u, doing: "load the services", call: r => all(r.projects(signal)) },
  {
    name: "environments",
    path: /^\/environments$/u,
    doing: "load the services",
    call: async r => {
      const projects = await all(r.projects(signal));
      return all(
        r.environments(
          projects.map(({ id }) => id),
          signal,
        ),
      );
    },
  },
  {
    name: "service",
    path: /^\/services\/[^/]+$/u,
    doing: "load the service",
    call: r => r.getService(serviceId, signal),
  },
  {
    name: "deploys",
    path: /^\/services\/[^/]+\/deploys$/u,
    doing: "load the deploys",
    call: r => r.listDeploys(serviceId, { limit: 20 }, signal),
  },
  {
    name: "deploy",
    path: /^\/services\/[^/]+\/deploys\/[^/]+$/u,
    doing: "load the deploy",
    call: (r, { simulator }) => r.getDeploy(serviceId, simulator.deploysOf(serviceId)[0]?.id ?? "", signal),
  },
];

/** Each read under each fault that lasts: the error, the sentence, the tries; and under each that passes: its value. */
describe("fault matrix: reads", () => {
  const newCell = useRig();

  for (const read of reads)
    for (const fault of faultCases)
      it(`${read.name}: ${fault.name}`, () =>
        figures.time(`${read.name}: ${fault.name}`, async () => {
          await checkLasting(newCell(), read, fault);
          await checkPassing(newCell(), read, fault);
        }));
});

async function checkLasting(cell: MatrixCell, read: Read, fault: FaultCase): Promise<void> {
  const target: Target = { method: "GET", path: read.path };
  cell.put(fault, target);
  const result = await cell.finish(read.call(cell.render, cell));
  const tries = read.once === true ? 1 : fault.tries;
  expectCounts(cell, fault, target, tries);
  expectResult(cell, read, fault, result, fault.kind);
}

/** A fault that only the first request meets. */
async function checkPassing(cell: MatrixCell, read: Read, fault: FaultCase): Promise<void> {
  const target: Target = { method: "GET", path: read.path, times: 1 };
  cell.put(fault, target);
  const result = await cell.finish(read.call(cell.render, cell));
  const recovers = fault.tries > 1 && read.once !== true;
  const arrived = (typeof fault.fault === "string" ? 0 : 1) + (recovers ? 1 : 0);
  assert.deepEqual([cell.sentTo(target), cell.reached(target)], [recovers ? 2 : 1, arrived]);
  expectResult(cell, read, fault, result, recovers ? undefined : fault.kind);
}

function expectCounts(cell: MatrixCell, fault: FaultCase, target: Target, tries: number): void {
  const arrived = typeof fault.fault === "string" ? 0 : tries;
  assert.deepEqual([cell.sentTo(target), cell.reached(target)], [tries, arrived]);
}

function expectResult(
  cell: MatrixCell,
  { doing }: Read,
  fault: FaultCase,
  result: PromiseSettledResult<unknown>,
  kind: FaultCase["kind"],
): void {
  figures.add("fault cells");
  let sentence = "";
  if (kind === undefined) assert.equal(result.status, "fulfilled");
  else {
    assert.ok(result.status === "rejected");
    const error: unknown = result.reason;
    assert.ok(error instanceof RenderError);
    assert.equal(error.kind, kind);
    sentence = explain(error, doing).text;
    assert.equal(sentence, `Could not ${doing}: ${sentences[kind]}${fault.tail ?? ""}`);
  }
  assert.equal(cell.simulator.requests.filter(({ method }) => method !== "GET").length, 0);
  cell.assertClean({ sentence, result });
}
