import fc from "fast-check";
import type { Overlap, Quirks } from "../../simulator/simulator.js";
import { lineFaults, type LineFault } from "./faultyLine.js";

/** The services that there are, in the order in which steps count them. */
export const serviceNames = ["harbor-api", "harbor-web"];

/** The commits that there are, in the order in which steps count them. */
export const commits = ["a", "b"].map(digit => digit.repeat(40));

/** One thing that a person, a colleague, the network or Render does. */
export type Step =
  | {
      readonly kind: "deploy";
      readonly window: number;
      readonly service: number;
      readonly commit: number;
      readonly clearCache: boolean;
      readonly twice: boolean;
    }
  | { readonly kind: "cancel" | "stopWatching"; readonly window: number; readonly which: number }
  | { readonly kind: "reload" | "kill" | "hide" | "show"; readonly window: number }
  | {
      readonly kind: "break";
      readonly window: number;
      readonly fault: LineFault;
      readonly method: "GET" | "POST";
    }
  | { readonly kind: "offline" | "online"; readonly window: number }
  | {
      readonly kind: "colleague";
      readonly service: number;
      readonly trigger: string;
      readonly commit: number;
    }
  | { readonly kind: "nextFails"; readonly service: number; readonly phase: "build" | "update" }
  | { readonly kind: "wait"; readonly seconds: number };

export interface WalkPlan {
  readonly overlap: Overlap;
  readonly quirks: Partial<Quirks>;
  /** For chance within the extension, from 0 to 1. */
  readonly luck: number;
  readonly steps: readonly Step[];
}

const window = fc.nat(1);
const service = fc.nat(serviceNames.length - 1);
const commit = fc.nat(commits.length - 1);
const which = fc.nat(3);

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("deploy" as const),
      window,
      service,
      commit,
      clearCache: fc.boolean(),
      twice: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom("cancel" as const, "stopWatching" as const),
      window,
      which,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom("reload" as const, "kill" as const, "hide" as const, "show" as const),
      window,
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("break" as const),
      window,
      fault: fc.constantFrom(...lineFaults),
      method: fc.constantFrom("GET" as const, "POST" as const, "POST" as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constantFrom("offline" as const, "online" as const), window }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("colleague" as const),
      service,
      trigger: fc.constantFrom("manual", "new_commit", "api"),
      commit,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("nextFails" as const),
      service,
      phase: fc.constantFrom("build" as const, "update" as const),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant("wait" as const),
      seconds: fc.constantFrom(0, 1, 3, 10, 40, 120),
    }),
  },
);

export const walkPlan: fc.Arbitrary<WalkPlan> = fc.record({
  overlap: fc.constantFrom("wait", "override"),
  quirks: fc.record({
    skippedDeploys: fc.constantFrom("canceled", "removed"),
    queuedAfterMs: fc.constantFrom(0, 3_000),
    newDeployHiddenMs: fc.constantFrom(0, 3_000),
    createdFirst: fc.boolean(),
    retryAfterHeader: fc.boolean(),
    listOrder: fc.constantFrom("newestFirst", "oldestFirst"),
  }) as fc.Arbitrary<Partial<Quirks>>,
  luck: fc.double({ min: 0, max: 0.999, noNaN: true }),
  steps: fc.array(step, { minLength: 3, maxLength: 14 }),
});
