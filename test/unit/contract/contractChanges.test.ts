import assert from "node:assert/strict";
import { contractChanges } from "../../contract/contractChanges";

const status = (...values: string[]): unknown => ({ type: "string", enum: values });
const deploy = (properties: Record<string, unknown>, required: string[] = ["id"]): unknown => ({
  components: { schemas: { deploy: { type: "object", required, properties } } },
});
const list = (...parameters: unknown[]): unknown => ({ paths: { "/services": { get: { parameters } } } });
const limit = { name: "limit", in: "query", schema: { type: "integer", maximum: 100 } };
const cursor = { $ref: "#/components/parameters/cursorParam" };
const id = { type: "string" };

describe("changes of the contract", () => {
  it("are none when nothing changed, whatever the order", () => {
    const before = deploy({ id, status: status("live", "queued") }, ["id", "status"]);
    const after = deploy({ status: status("queued", "live"), id }, ["status", "id"]);
    assert.deepEqual(contractChanges(before, after), []);
    assert.deepEqual(contractChanges(list(limit, cursor), list(cursor, limit)), []);
  });

  it("name a field and an enum's value that came or went", () => {
    assert.deepEqual(
      contractChanges(
        deploy({ id, status: status("live", "created") }),
        deploy({ id, status: status("live", "queued"), buildId: id }),
      ),
      [
        "- components › schemas › deploy › properties › status › enum › created",
        "+ components › schemas › deploy › properties › status › enum › queued",
        "+ components › schemas › deploy › properties › buildId",
      ],
    );
  });

  it("name a field that is required now, and a type that is another", () => {
    assert.deepEqual(
      contractChanges(
        deploy({ id, createdAt: { type: "string" } }),
        deploy({ id, createdAt: { type: "integer", format: "int64" } }, ["id", "createdAt"]),
      ),
      [
        "+ components › schemas › deploy › required › createdAt",
        '~ components › schemas › deploy › properties › createdAt › type: "string" → "integer"',
        '+ components › schemas › deploy › properties › createdAt › format: "int64"',
      ],
    );
  });

  it("name a path, a parameter by its name, and what became of one", () => {
    assert.deepEqual(
      contractChanges(
        { ...(list(limit, cursor) as object) },
        {
          paths: { ...pathsOf(list({ ...limit, schema: { type: "integer", maximum: 200 } })), "/tasks": {} },
        },
      ),
      [
        "~ paths › /services › get › parameters › limit › schema › maximum: 100 → 200",
        "- paths › /services › get › parameters › #/components/parameters/cursorParam",
        "+ paths › /tasks",
      ],
    );
  });

  it("name one of several shapes by its event, and others by their place", () => {
    const shapes = (...oneOf: unknown[]): unknown => ({ details: { oneOf } });
    const started = { "x-event": "deploy_started", required: ["deployId"] };
    const ended = { "x-event": "deploy_ended" };
    assert.deepEqual(contractChanges(shapes(started, ended), shapes(ended, { ...started, required: [] })), [
      "- details › oneOf › deploy_started › required › deployId",
    ]);
    assert.deepEqual(contractChanges(shapes({ type: "string" }), shapes({ type: "null" }, id)), [
      '~ details › oneOf › 0 › type: "string" → "null"',
      "+ details › oneOf › 1",
    ]);
  });
});

function pathsOf(document: unknown): object {
  return (document as { paths: object }).paths;
}
