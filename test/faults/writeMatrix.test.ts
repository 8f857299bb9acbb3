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

/** One of the client's methods that change something. A new one gets a row here and nothing else. */
interface Write {
  readonly name: string;
  readonly path: RegExp;
  /** What a person tried, after "Could not". */
  readonly doing: string;
  /** The statuses of an answer; a 200 with nonsense is another error where 200 is not one of them. */
  readonly hopedFor: readonly number[];
  /** The body of a good answer is not read. */
  readonly noBody?: true;
  /** Makes what is needed; gives the call, and whether the server has done what it asks. */
  readonly prepare: (cell: MatrixCell) => {
    call: (render: RenderClient) => Promise<unknown>;
    isDone: () => boolean;
  };
}

const writes: readonly Write[] = [
  {
    name: "trigger",
    path: /^\/services\/[^/]+\/deploys$/u,
    doing: "deploy lighthouse",
    hopedFor: [201, 202],
    prepare: ({ simulator }) => ({
      call: render => render.triggerDeploy(serviceId, {}, signal),
      isDone: () => simulator.posts().length === 1,
    }),
  },
  {
    name: "cancel",
    path: /^\/services\/[^/]+\/deploys\/[^/]+\/cancel$/u,
    doing: "cancel the deploy of lighthouse",
    hopedFor: [200],
    prepare: ({ simulator }) => {
      const { id } = simulator.deployElsewhere(serviceId);
      return {
        call: render => render.cancelDeploy(serviceId, id, signal),
        isDone: () =>
          simulator.deploysOf(serviceId).some(deploy => deploy.id === id && deploy.status === "canceled"),
      };
    },
  },
];

/** Each write under each fault: sent once whatever happens, and the client knows whether it may have been done. */
describe("fault matrix: writes", () => {
  const newCell = useRig();

  for (const write of writes)
    for (const fault of faultCases)
      it(`${write.name}: ${fault.name}`, () =>
        figures.time(`${write.name}: ${fault.name}`, () => check(newCell(), write, fault)));
});

function kindOf({ fault, kind }: FaultCase, { hopedFor, noBody }: Write): FaultCase["kind"] {
  const status =
    typeof fault !== "object" ? 0 : fault.kind === "html" ? 200 : fault.kind === "status" ? fault.status : 0;
  if (status === 200 && !hopedFor.includes(200)) return "unexpectedStatus";
  const isUnread = kind === "emptyBody" || kind === "notJson" || kind === "badShape";
  return noBody === true && isUnread ? undefined : kind;
}

async function check(cell: MatrixCell, write: Write, fault: FaultCase): Promise<void> {
  const { call, isDone } = write.prepare(cell);
  const target: Target = { method: "POST", path: write.path };
  const kind = kindOf(fault, write);
  cell.put(fault, target);
  const result = await cell.finish(call(cell.render));

  figures.add("fault cells");
  let sentence = "";
  if (kind === undefined) assert.equal(result.status, "fulfilled");
  else {
    assert.ok(result.status === "rejected");
    const error: unknown = result.reason;
    assert.ok(error instanceof RenderError);
    assert.deepEqual([error.kind, error.maybeReceived], [kind, fault.unsure]);
    sentence = explain(error, write.doing).text;
    assert.equal(sentence, `Could not ${write.doing}: ${sentences[kind]}${fault.tail ?? ""}`);
  }
  assert.equal(isDone(), fault.acts);
  assert.deepEqual([cell.sentTo(target), cell.reached(target)], [1, typeof fault.fault === "string" ? 0 : 1]);
  cell.assertClean({ sentence, result });
}
