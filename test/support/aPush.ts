import type { Push } from "../../src/git/push.js";
import { sha } from "./builders.js";

/** A push of commit `sha` to `main` of harbor, at 100 s. */
export function aPush(change: Partial<Push> = {}): Push {
  return {
    root: "file:///home/ada/harbor",
    branch: "main",
    remotes: ["git@github.com:harbor-labs/harbor.git"],
    commit: { id: sha, message: "Cache port lookups" },
    after: 100_000,
    files: () => Promise.resolve(["api/ports.ts"]),
    ...change,
  };
}
