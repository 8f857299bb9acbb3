import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { calls } from "../../contract/calls";
import { contractFile } from "../../contract/contractFile";
import { distil } from "../../contract/distil";

const boat = {
  title: "Boat",
  description: "What lies in a harbour.",
  type: "object",
  required: ["description"],
  properties: {
    // Fields may be called as the keys are that are left out.
    description: { type: "string", description: "In words.", example: "A dinghy", "x-go-type": "string" },
    title: { type: "string", nullable: true, enum: ["dinghy", "ferry"] },
    berth: { $ref: "#/paths/~1berths~1%7BberthId%7D/parameters/0/schema" },
    happened: {
      oneOf: [{ title: "Boat Sank", type: "object" }, { $ref: "#/components/schemas/error" }],
    },
  },
};
const document = {
  openapi: "3.0.2",
  info: { title: "Harbour", description: "All of it." },
  paths: {
    "/boats": {
      parameters: [{ $ref: "#/components/parameters/limit" }],
      get: {
        summary: "List boats",
        tags: ["Boats"],
        parameters: [
          {
            name: "kind",
            in: "query",
            description: "Which ones.",
            example: "ferry",
            style: "form",
            explode: false,
            schema: { type: "array", items: { type: "string", enum: ["dinghy", "ferry"] } },
          },
        ],
        responses: {
          200: {
            description: "The boats",
            content: {
              "application/json": {
                schema: { type: "array", items: { $ref: "#/components/schemas/boat" } },
                example: [{}],
              },
            },
          },
          204: { description: "None" },
          429: { $ref: "#/components/responses/tooMany" },
        },
      },
      delete: { description: "Not used here.", responses: {} },
    },
    "/berths/{berthId}": {
      parameters: [{ name: "berthId", in: "path", schema: { type: "string", pattern: "^brt-" } }],
    },
  },
  components: {
    parameters: {
      limit: { name: "limit", in: "query", schema: { type: "integer", maximum: 100, default: 20 } },
    },
    responses: {
      tooMany: {
        description: "Too many.",
        content: { "application/json": { schema: { $ref: "#/components/schemas/error" } } },
      },
    },
    schemas: {
      unused: { type: "string" },
      error: { type: "object", description: "A fault.", properties: { message: { type: "string" } } },
      boat,
    },
  },
};

describe("distilling an OpenAPI document", () => {
  it("keeps the facts of the calls asked for and of what they refer to, and no text for people", () => {
    assert.deepEqual(distil(document, { "/boats": ["get"] }), {
      paths: {
        "/boats": {
          parameters: [{ $ref: "#/components/parameters/limit" }],
          get: {
            parameters: [
              {
                name: "kind",
                in: "query",
                style: "form",
                explode: false,
                schema: { type: "array", items: { type: "string", enum: ["dinghy", "ferry"] } },
              },
            ],
            responses: {
              200: {
                content: {
                  "application/json": {
                    schema: { type: "array", items: { $ref: "#/components/schemas/boat" } },
                  },
                },
              },
              204: {},
              429: { $ref: "#/components/responses/tooMany" },
            },
          },
        },
      },
      components: {
        parameters: {
          limit: { name: "limit", in: "query", schema: { type: "integer", maximum: 100, default: 20 } },
        },
        responses: {
          tooMany: { content: { "application/json": { schema: { $ref: "#/components/schemas/error" } } } },
        },
        schemas: {
          boat: {
            type: "object",
            required: ["description"],
            properties: {
              description: { type: "string" },
              title: { type: "string", nullable: true, enum: ["dinghy", "ferry"] },
              berth: { type: "string", pattern: "^brt-" },
              happened: {
                oneOf: [{ "x-event": "boat_sank", type: "object" }, { $ref: "#/components/schemas/error" }],
              },
            },
          },
          error: { type: "object", properties: { message: { type: "string" } } },
        },
      },
    });
  });

  it("keeps the body of a request", () => {
    const body = {
      description: "A boat",
      required: true,
      content: { "multipart/form-data": { schema: { type: "object", example: {} } } },
    };
    const post = { requestBody: body, responses: {} };
    assert.deepEqual(distil({ paths: { "/boats": { post } } }, { "/boats": ["post"] })["paths"], {
      "/boats": {
        post: {
          requestBody: { required: true, content: { "multipart/form-data": { schema: { type: "object" } } } },
          responses: {},
        },
      },
    });
  });

  it("fails on a call that the document lacks", () => {
    assert.throws(() => distil(document, { "/boats": ["patch"] }));
    assert.throws(() => distil(document, { "/piers": ["get"] }));
  });

  it("has left in the contract that is kept here every call and no text for people", async () => {
    const kept = JSON.parse(await readFile(contractFile, "utf8")) as { paths: Record<string, object> };
    const methodsOf = (item: object): string[] => Object.keys(item).filter(key => key !== "parameters");
    const kinds = Object.entries(kept.paths).map(([path, item]) => [path, methodsOf(item)]);
    assert.deepEqual(Object.fromEntries(kinds), calls);
    assert.doesNotMatch(JSON.stringify(kept), /"(?:description|summary|example|title)":"/u);
  });
});
