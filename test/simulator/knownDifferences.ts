import { objectAt, pointer } from "../contract/json";
import type { KnownDifference } from "./openApi";

const schemas = ["components", "schemas"];

const schema = (document: Record<string, unknown>, name: string, field: string): Record<string, unknown> =>
  objectAt(pointer(document, [...schemas, name, "properties", field]));

const orNull = (document: Record<string, unknown>, name: string, field: string): void => {
  const inner = { ...schema(document, name, field) };
  objectAt(pointer(document, [...schemas, name, "properties"]))[field] = { anyOf: [inner, { type: "null" }] };
};

const optional = (document: Record<string, unknown>, name: string, field: string): void => {
  const object = objectAt(pointer(document, [...schemas, name]));
  object["required"] = (object["required"] as string[]).filter(required => required !== field);
};

const parents = [
  "webServiceDetails",
  "privateServiceDetails",
  "backgroundWorkerDetails",
  "staticSiteDetails",
] as const;
const servers = [
  "webServiceDetails",
  "privateServiceDetails",
  "backgroundWorkerDetails",
  "cronJobDetails",
] as const;

/** Where Render's document and its service are known to differ. Nothing else may. */
export const knownDifferences: readonly KnownDifference[] = [
  {
    name: "service.autoDeployTrigger",
    reason: "recorded in replies since May 2025; only the newer schema names it",
    apply: document => {
      objectAt(pointer(document, [...schemas, "service", "properties"]))["autoDeployTrigger"] = {
        type: "string",
        enum: ["off", "commit", "checksPass"],
      };
    },
  },
  {
    name: "error.code",
    reason: "named by the newer schema, on some errors",
    apply: document => {
      objectAt(pointer(document, [...schemas, "error", "properties"]))["code"] = { type: "string" };
    },
  },
  {
    name: "error.error",
    reason: "recorded as the text of 429; other errors have it as `message`",
    apply: document => {
      objectAt(pointer(document, [...schemas, "error", "properties"]))["error"] = { type: "string" };
    },
  },
  {
    name: "a web service's openPorts are null",
    reason: "recorded for every free web service",
    apply: document => {
      orNull(document, "webServiceDetails", "openPorts");
    },
  },
  {
    name: "services of 2022 and 2023",
    reason: "recorded without a dashboard's address or `runtime`, and with null for no parent and no filter",
    apply: document => {
      optional(document, "service", "dashboardUrl");
      orNull(document, "service", "buildFilter");
      for (const name of servers) optional(document, name, "runtime");
      for (const name of parents) orNull(document, name, "parentServer");
    },
  },
  {
    name: "deploy.commit is null",
    reason: "recorded for the deploys of images; the document marks hardly any field as nullable",
    apply: document => {
      orNull(document, "deploy", "commit");
    },
  },
  {
    name: "deploy.finishedAt is null",
    reason: "recorded until early 2025 for deploys under way",
    apply: document => {
      orNull(document, "deploy", "finishedAt");
    },
  },
  {
    name: "an environment's lists are null",
    reason: "recorded for empty lists",
    apply: document => {
      for (const field of ["databasesIds", "redisIds", "serviceIds", "envGroupIds"]) {
        orNull(document, "environment", field);
      }
    },
  },
  {
    name: "environment.networkIsolationEnabled is missing",
    reason: "recorded in January 2025 although it is required",
    apply: document => {
      optional(document, "environment", "networkIsolationEnabled");
    },
  },
  {
    name: "an event's cursor",
    reason: "it is required but not described, and the newest generated type of a list item has none",
    apply: document => {
      const item = objectAt(pointer(document, [...schemas, "serviceEventWithCursor"]));
      item["required"] = ["event"];
      objectAt(item["properties"])["cursor"] = { $ref: "#/components/schemas/cursor" };
    },
  },
  {
    name: "serviceDetails by the service's type",
    reason: "the five shapes have no discriminator inside, and a web service's details fit three of them",
    apply: document => {
      const service = objectAt(pointer(document, [...schemas, "service"]));
      objectAt(service["properties"])["serviceDetails"] = {};
      service["allOf"] = Object.entries({
        static_site: "staticSiteDetails",
        web_service: "webServiceDetails",
        private_service: "privateServiceDetails",
        background_worker: "backgroundWorkerDetails",
        cron_job: "cronJobDetails",
      }).map(([type, details]) => ({
        if: { properties: { type: { const: type } } },
        then: { properties: { serviceDetails: { $ref: `#/components/schemas/${details}` } } },
      }));
    },
  },
  {
    name: "an event's details by its type",
    reason:
      "several of the forty shapes are alike, so that exactly one can never fit; each is marked with its type",
    apply: document => {
      const path = [...schemas, "serviceEventWithCursor", "properties", "event"];
      const event = objectAt(pointer(document, path));
      const details = objectAt(pointer(document, [...path, "properties", "details"]));
      const shapes = details["oneOf"] as Record<"x-event", string>[];
      // Other parts of the document point at the shapes, so they stay, under a word that asks for nothing.
      delete details["oneOf"];
      details["x-shapes"] = shapes;
      redirect(document, `#/${path.join("/")}/properties/details/oneOf/`, "/oneOf/", "/x-shapes/");
      event["allOf"] = shapes.map((shape, index) => ({
        if: { properties: { type: { const: shape["x-event"] } } },
        then: {
          properties: { details: { $ref: `#/${path.join("/")}/properties/details/x-shapes/${index}` } },
        },
      }));
      // GET /events/{eventId} repeats the shape for every kind of resource; a service's event is the same one.
      const single = objectAt(
        pointer(document, [
          "paths",
          "/events/{eventId}",
          "get",
          "responses",
          "200",
          "content",
          "application/json",
        ]),
      );
      single["schema"] = { $ref: `#/${path.join("/")}` };
    },
  },
  {
    name: "400 on lists",
    reason: "what a limit above 100, a bad cursor or a bad filter is answered with is not documented",
    apply: document => {
      for (const path of ["/services", "/owners", "/services/{serviceId}/deploys", "/blueprints"]) {
        objectAt(pointer(document, ["paths", path, "get", "responses"]))["400"] = {
          $ref: "#/components/responses/400BadRequest",
        };
      }
    },
  },
];

/** Lets every reference that begins with `start` go another way. */
function redirect(value: unknown, start: string, from: string, to: string): void {
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (key === "$ref" && typeof inner === "string" && inner.startsWith(start)) {
      Object.assign(value, { $ref: inner.replace(from, to) });
    }
    redirect(inner, start, from, to);
  }
}
