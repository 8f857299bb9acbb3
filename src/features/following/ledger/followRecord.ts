/** A followed deploy as it is written down: what is needed to go on with it after VS Code was closed. */
import * as v from "valibot";
import type { DeployStage, FollowedDeploy } from "../followedDeploy.js";

const text = v.exactOptional(v.string());
const time = v.exactOptional(v.number());

const deploySchema = v.object({
  id: v.string(),
  status: v.string(),
  trigger: text,
  commit: v.exactOptional(v.object({ id: v.string(), message: text, createdAt: time })),
  image: v.exactOptional(v.object({ ref: text, sha: text })),
  createdAt: time,
  startedAt: time,
  finishedAt: time,
  updatedAt: time,
});

const orderSchema = v.object({
  service: v.object({
    id: v.string(),
    name: v.string(),
    type: v.string(),
    dashboardUrl: text,
    url: text,
  }),
  place: v.object({ workspace: v.string(), environment: text, isProtected: v.boolean() }),
  body: v.object({
    commitId: text,
    imageUrl: text,
    clearCache: v.exactOptional(v.literal("clear")),
    deployMode: v.exactOptional(v.literal("deploy_only")),
  }),
  rollbackTo: v.exactOptional(deploySchema),
  automatic: v.exactOptional(
    v.object({
      commitId: v.string(),
      when: v.picklist(["commit", "checksPass"]),
      since: v.number(),
      isConfirmed: v.boolean(),
    }),
  ),
  what: v.string(),
  askedBy: v.string(),
  next: v.exactOptional(v.array(v.object({ id: v.string(), name: v.string() }))),
});

const followedSchema = v.object({
  key: v.string(),
  order: orderSchema,
  askedAt: v.number(),
  stage: v.variant("kind", [
    v.object({ kind: v.literal("sending") }),
    v.object({ kind: v.literal("awaited") }),
    v.object({ kind: v.literal("queued") }),
    v.object({ kind: v.literal("following"), deploy: deploySchema }),
  ]),
  sent: v.exactOptional(
    v.object({
      baseline: v.object({
        ids: v.array(v.string()),
        newest: v.number(),
        running: v.exactOptional(deploySchema),
      }),
      sentAt: time,
    }),
  ),
  steps: v.array(v.object({ status: v.string(), since: v.number(), until: time })),
  behind: v.exactOptional(deploySchema),
  lookedAt: time,
  answerLost: v.boolean(),
  cancelAsked: v.boolean(),
});

const recordSchema = v.object({
  /** Raised whenever an older version of the extension could not read what is written. */
  version: v.literal(1),
  /** The API it was asked of: scheme, host and port. */
  origin: v.string(),
  /** The window that follows it; empty when it is free to be taken up. */
  owner: v.string(),
  followed: followedSchema,
});

export interface FollowRecord {
  readonly origin: string;
  readonly owner: string;
  readonly followed: FollowedDeploy;
}

/** The record as JSON. What is over, or only said of the last look, is not part of it. */
export function writeRecord({ origin, owner, followed }: FollowRecord): string {
  const kept = { ...followed, stage: writtenStage(followed.stage), trouble: undefined };
  return JSON.stringify({ version: 1, origin, owner, followed: kept });
}

/** Undefined for what is no record, or one of a later version. */
export function readRecord(json: string): FollowRecord | undefined {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return undefined;
  }
  const result = v.safeParse(recordSchema, value);
  return result.success ? result.output : undefined;
}

/** A lost answer is looked up anew by whoever goes on: that begins from what was sent. */
function writtenStage(stage: DeployStage): DeployStage {
  return stage.kind === "lookingUp" ? { kind: "sending" } : stage;
}
