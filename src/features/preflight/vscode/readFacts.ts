import type { FollowedDeploy } from "../../following/followedDeploy.js";
import type { DeployChoice } from "../../whatToDeploy/plan.js";
import { liveOf } from "../../../services/deployList.js";
import type { PreflightFacts } from "../facts.js";
import type { CommitFacts } from "../../../git/commitFacts.js";
import { asksForFiles } from "../../autoDeploy/autoDeployRule.js";
import { headIn } from "../../../git/head.js";
import { headFor, isCloneOf, isLinkedIn, type Commit, type GitReading } from "../../../git/repository.js";
import type { Clock, Logger } from "../../../ports.js";
import type { Service } from "../../../render/shapes.js";
import type { Place } from "../../../services/place.js";
import { isCronJob } from "../../../services/serviceKind.js";
import type { Git } from "../../../git/vscode/git.js";
import type { GitRepository } from "../../../git/vscode/gitApi.js";
import { readCommitFacts } from "../../../git/vscode/readCommitFacts.js";
import { commitOf } from "../../../git/vscode/snapshot.js";
import type { Services } from "../../../services/vscode/services.js";
import type { Wish } from "../../whatToDeploy/vscode/defaultWish.js";

export interface FactParts {
  readonly services: Services;
  readonly git: Git;
  readonly matches: { readonly readingFor: (service: Service) => GitReading };
  readonly tracker: { readonly running: readonly FollowedDeploy[] };
  readonly clock: Clock;
  /** Told all that Git writes when it fails. */
  readonly log: Logger;
}

/** Reads everything that the preflight looks at: the service's deploys from Render, the rest from Git. */
export async function readFacts(
  parts: FactParts,
  service: Service,
  { choice, noHead }: Wish,
  repository: GitRepository | undefined,
): Promise<PreflightFacts> {
  const { services, matches, tracker, clock } = parts;
  const place = services.place(service);
  const deploys = await services.readDeploys(service.id);
  const followed = tracker.running.find(({ order }) => order.service.id === service.id);
  const { repo } = service;
  const live = choice.kind === "commit" ? liveOf(deploys)?.commit?.id : undefined;
  const head = repository && choice.kind === "newest" ? await headOf(repository) : undefined;
  const target = choice.kind === "commit" ? choice.commit : head;
  const isLinked = isLinkedIn(matches.readingFor(service), repository?.rootUri.toString());
  const read =
    repository && target && repo !== undefined
      ? await readCommitFacts(repository, target, { repo, isLinked, mindsFiles: asksForFiles(service) }, live)
      : undefined;
  const commit = read && repository && (await withPush(read, parts.git, repository));
  return {
    service,
    protection: protectionOf(service, place),
    choice,
    now: clock.now(),
    ...(place.environment !== undefined && { environment: place.environment }),
    ...(noHead && { noHead }),
    ...(commit && (head ? { head: commit } : { commit })),
    ...(deploys && { deploys }),
    ...(followed && { followed }),
  };
}

/**
 * The open clone that a commit is of: the one whose HEAD was chosen, else the first that has it. For a cron job, to which
 * Render lets nobody name a commit, the one whose HEAD a person would expect to be built.
 */
export async function cloneOfChoice(
  { git, matches }: Pick<FactParts, "git" | "matches">,
  service: Service,
  choice: DeployChoice,
): Promise<GitRepository | undefined> {
  const { repo } = service;
  const reading = matches.readingFor(service);
  if (repo === undefined || !reading.ok) return undefined;
  if (choice.kind === "newest" && isCronJob(service)) {
    const head = headFor(repo, reading);
    return head.kind === "head" ? git.repository(head.repository.root) : undefined;
  }
  if (choice.kind !== "commit") return undefined;
  if (choice.head) return git.repository(choice.head.root);
  const clones = reading.repositories.filter(each => isCloneOf(each, repo));
  for (const { root } of clones)
    if (await git.findCommit(choice.commit.id, [root])) return git.repository(root);
  return clones[0] && git.repository(clones[0].root);
}

async function headOf(repository: GitRepository): Promise<Commit | undefined> {
  const id = headIn(repository.state.HEAD).commit;
  return id === undefined ? undefined : commitOf(repository, id);
}

async function withPush(commit: CommitFacts, git: Git, { rootUri }: GitRepository): Promise<CommitFacts> {
  const push = git.pushOf(rootUri.toString(), commit.commit.id);
  if (!push) return commit;
  const pushedPaths = await push.files();
  return { ...commit, pushedAt: push.at, ...(pushedPaths && { pushedPaths }) };
}

/** An environment that could not be read may be protected. */
function protectionOf({ environmentId }: Service, place: Place): PreflightFacts["protection"] {
  if (place.isProtected) return "protected";
  return environmentId !== undefined && place.environment === undefined ? "unknown" : "open";
}
