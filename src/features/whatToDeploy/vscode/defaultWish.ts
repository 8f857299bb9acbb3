import { defaultChoice, headChoice, type DeployChoice } from "../plan.js";
import {
  headOf,
  type GitReading,
  type HeadReading,
  type RepositorySnapshot,
} from "../../../git/repository.js";
import { noHeadText } from "../noHeadTexts.js";
import type { Service } from "../../../render/shapes.js";
import { pickRepository } from "./pickChoice.js";
import type { Explanation } from "../../../text/explanation.js";

/**
 * What one click deploys. Where several clones could be meant, the person picks one; undefined when they left.
 *
 * @param ask which of several clones is meant
 */
export async function defaultWish(
  service: Service,
  reading: GitReading,
  ask: typeof pickRepository = pickRepository,
): Promise<Wish | undefined> {
  const found = defaultChoice(service, reading);
  if (found.kind === "chosen") {
    const { choice, noHead } = found;
    return {
      choice,
      clearCache: false,
      ...(noHead && { noHead: noHeadText(noHead, service) }),
    };
  }
  const repository = await ask(found.repositories, service);
  return repository && wishFrom(headOf(repository), service);
}

/** The same question about the same clones is asked once. */
export function askingOnce(ask: typeof pickRepository = pickRepository): typeof pickRepository {
  const answers = new Map<string, RepositorySnapshot>();
  return async (repositories, service) => {
    const key = JSON.stringify(repositories.map(({ root }) => root));
    const answer = answers.get(key) ?? (await ask(repositories, service));
    if (answer) answers.set(key, answer);
    return answer;
  };
}

function wishFrom(reading: HeadReading, service: Service): Wish {
  if (reading.kind === "head") return { choice: headChoice(reading), clearCache: false };
  const noHead = reading.kind === "none" ? noHeadText(reading, service) : undefined;
  return { choice: { kind: "newest" }, clearCache: false, ...(noHead && { noHead }) };
}

/** What a person wants to be deployed, and why it is not HEAD where that would be expected. */
export interface Wish {
  readonly choice: DeployChoice;
  readonly clearCache: boolean;
  readonly noHead?: Explanation;
  /** Why this service was taken without asking, where there was something to choose. */
  readonly why?: readonly string[];
}
