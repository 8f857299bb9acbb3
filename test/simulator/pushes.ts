import { verdictOf } from "./autoDeploy";
import type { Context } from "./context";
import type { DeployRecord, ServiceRecord } from "./records";
import { datedCommit, timestamp } from "./timestamps";
import type { Commit } from "./wire";

/** The newest commit of a push. */
export interface PushedCommit {
  id: string;
  message: string;
  createdAt?: string;
  /** What the push changes, from the root of the repository; without it, a file that matters to every service. */
  files?: readonly string[];
}

/** What Git pushes cause. */
export class Pushes {
  readonly #context: Context;
  /** What was pushed to services that deploy after checks. */
  #awaitingChecks: { record: ServiceRecord; commit: Commit }[] = [];

  constructor(context: Context) {
    this.#context = context;
  }

  /** Moves the branch of a service, and gives the deploy of that service which the push caused. */
  push({ service }: ServiceRecord, { files, ...named }: PushedCommit): DeployRecord | undefined {
    const { state, clock } = this.#context;
    const { id, repo, branch, name } = service;
    if (repo === undefined) throw new Error(`${name} has no Git repository`);
    const commit = datedCommit(named, clock.now());
    state.moveBranch(repo, branch ?? "", commit);
    const caused = state.services
      .filter(other => other.service.repo === repo && other.service.branch === branch)
      .map(record => ({ record, deploy: this.#takeUp(record, commit, files) }));
    return caused.find(({ record }) => record.service.id === id)?.deploy;
  }

  /** Deploys what waited for the checks of a commit. */
  passChecks(commitId: string): void {
    const waiting = this.#awaitingChecks;
    this.#awaitingChecks = waiting.filter(({ commit }) => commit.id !== commitId);
    for (const { record, commit } of waiting)
      if (commit.id === commitId) this.#context.deploys.trigger(record, { trigger: "new_commit", commit });
  }

  /** Forgets what waits for checks. */
  reset(): void {
    this.#awaitingChecks = [];
  }

  #takeUp(
    record: ServiceRecord,
    commit: Commit,
    files: readonly string[] | undefined,
  ): DeployRecord | undefined {
    const { state, deploys, settings, clock } = this.#context;
    const { service } = record;
    const push = { message: commit.message, ...(files && { files }) };
    const verdict = verdictOf(service, push, settings.quirks);
    if (verdict === "ignored") {
      const url = `${service.repo ?? ""}/commit/${commit.id}`;
      state.happened(record, "commit_ignored", timestamp(clock.now()), { id: commit.id, url });
    }
    if (verdict !== "deploys") return undefined;
    if (service.autoDeployTrigger !== "checksPass")
      return deploys.trigger(record, { trigger: "new_commit", commit }).deploy;
    this.#awaitingChecks.push({ record, commit });
    return undefined;
  }
}
