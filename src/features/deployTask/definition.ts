import { parseCommitId } from "../../git/commitId.js";
import type { Wanted } from "../whatToDeploy/wanted.js";
import { definitionProblems, type DefinitionProblem } from "./definitionTexts.js";

/** The type of the tasks, as it stands in tasks.json and in package.json. */
export const taskType = "render";

/** The definition of a task, as package.json describes it for tasks.json. */
export interface DeployDefinition {
  readonly type: typeof taskType;
  readonly service: string;
}

/** What a task is to do. */
export interface DeployTaskOrder {
  /** The name or the id of a service. */
  readonly service: string;
  readonly wanted: Wanted;
  /** Whether the task ends with the deploy, rather than when Render has accepted it. */
  readonly wait: boolean;
}

export type ReadDefinition =
  { readonly ok: true; readonly order: DeployTaskOrder } | { readonly ok: false; readonly text: string };

/**
 * What the definition of a task says, which may hold anything: a person wrote it. Truths may be texts, as a variable like
 * `${input:clear}` stands for one.
 */
export function readDefinition(definition: Readonly<Record<string, unknown>>): ReadDefinition {
  const { commit, image, deployMode } = definition;
  const service = textOf(definition["service"]);
  const clearCache = truthOf(definition["clearCache"], false);
  const wait = truthOf(definition["wait"], true);
  if (service === undefined) return problem("service");
  if (commit !== undefined && !isCommit(commit)) return problem("commit");
  if (image !== undefined && textOf(image) === undefined) return problem("image");
  if (clearCache === undefined) return problem("clearCache");
  if (wait === undefined) return problem("wait");
  if (![undefined, "build_and_deploy", "deploy_only"].includes(deployMode as undefined))
    return problem("deployMode");
  if (commit !== undefined && image !== undefined) return problem("commitAndImage");
  const redeploy = deployMode === "deploy_only";
  if (redeploy && (commit !== undefined || image !== undefined || clearCache)) return problem("deployOnly");
  const wanted = {
    ...(commit !== undefined && { commit: commit.trim() }),
    ...(image !== undefined && { image: textOf(image) ?? "" }),
    clearCache,
    redeploy,
  };
  return { ok: true, order: { service, wanted, wait } };
}

function problem(kind: DefinitionProblem): ReadDefinition {
  return { ok: false, text: definitionProblems[kind] };
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}

function isCommit(value: unknown): value is string {
  const text = textOf(value);
  return text === "HEAD" || text === "newest" || (text !== undefined && parseCommitId(text) !== undefined);
}

/** Undefined for what is no truth. */
function truthOf(value: unknown, fallback: boolean): boolean | undefined {
  if (value === undefined) return fallback;
  if (value === true || value === "true") return true;
  return value === false || value === "false" ? false : undefined;
}
