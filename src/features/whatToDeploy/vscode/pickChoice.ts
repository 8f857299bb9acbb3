import * as vscode from "vscode";
import { parseCommitId, isFullCommitId } from "../../../git/commitId.js";
import {
  headFor,
  headOf,
  isCloneOf,
  isNotRead,
  type Commit,
  type GitReading,
  type RepositorySnapshot,
} from "../../../git/repository.js";
import { completeImage, sameImage } from "../imageReference.js";
import { canClearCache, headChoice, type DeployChoice } from "../plan.js";
import { noHeadText } from "../noHeadTexts.js";
import { ageText } from "../../../text/durationText.js";
import {
  cacheRows,
  choiceRow,
  choiceRows,
  choiceTitle,
  commitPrompt,
  headRow,
  imagePrompt,
  noImage,
  refusalText,
} from "../choiceTexts.js";
import { joined } from "../../../text/listText.js";
import { plainText, shortSha, subjectOf, plainName } from "../../../text/plainText.js";
import type { Service } from "../../../render/shapes.js";
import { isCronJob, sourceOf } from "../../../services/serviceKind.js";
import type { Git } from "../../../git/vscode/git.js";
import type { Matches } from "../../../matching/vscode/matches.js";

/** What a person chose to deploy. */
export interface Chosen {
  readonly choice: DeployChoice;
  readonly clearCache: boolean;
}

type Step = Parameters<typeof choiceTitle>[1];

type Next = { readonly choice: DeployChoice } | "history" | "typeCommit" | "typeImage";

interface Item<T> extends vscode.QuickPickItem {
  readonly value?: T;
}

/** How many commits the history shows. */
const historyLength = 50;

/** Asks what to deploy, HEAD first, then whether to keep the build cache. Undefined when the person left. */
export async function pickChoice(
  service: Service,
  { git, matches }: { readonly git: Git; readonly matches: Matches },
): Promise<Chosen | undefined> {
  const reading = matches.readingFor(service);
  const clones = clonesOf(service, reading);
  const next = await pick("what", firstItems(service, clones, reading), service);
  const choice = next && (await resolve(next, service, git, clones));
  if (!choice) return undefined;
  if (!canClearCache(service, choice)) return { choice, clearCache: false };
  const clearCache = await pick("cache", cacheItems, service);
  return clearCache === undefined ? undefined : { choice, clearCache };
}

/** Asks which of several clones of a service's repository is meant. Undefined when the person left. */
export async function pickRepository(
  repositories: readonly RepositorySnapshot[],
  service: Service,
): Promise<RepositorySnapshot | undefined> {
  const items = repositories.map(repository => ({
    label: `$(repo) ${plainText(repository.name, 80)}`,
    description: plainText(
      joined([repository.branch ?? "", repository.head ? shortSha(repository.head.id) : ""], " "),
    ),
    detail: vscode.Uri.parse(repository.root).fsPath,
    value: repository,
  }));
  return pick("repository", items, service);
}

function clonesOf({ repo }: Service, reading: GitReading): readonly RepositorySnapshot[] {
  return reading.ok && repo !== undefined ? reading.repositories.filter(each => isCloneOf(each, repo)) : [];
}

const cacheItems: Item<boolean>[] = [
  { ...cacheRows.keep, value: false },
  { ...cacheRows.clear, value: true },
];

function firstItems(
  service: Service,
  clones: readonly RepositorySnapshot[],
  reading: GitReading,
): Item<Next>[] {
  const items: Item<Next>[] = [];
  if (sourceOf(service) === "image") {
    items.push({
      label: `$(package) ${choiceRows.configuredImage}`,
      description: plainText(service.imagePath ?? ""),
      value: { choice: { kind: "image" } },
    });
    items.push({ label: `$(tag) ${choiceRows.typeImage}`, value: "typeImage" });
  } else {
    const takesCommit = service.repo !== undefined && !isCronJob(service);
    if (takesCommit) items.push(...clones.flatMap(clone => headItem(service, clone, clones.length > 1)));
    const newest: DeployChoice = { kind: "newest" };
    items.push({
      label: `$(git-branch) ${choiceRow(service, newest)}`,
      ...(takesCommit && noHeadDetail(service, reading)),
      value: { choice: newest },
    });
    if (takesCommit && clones.length > 0)
      items.push({ label: `$(git-commit) ${choiceRows.history}`, value: "history" });
    if (takesCommit) items.push({ label: `$(edit) ${choiceRows.typeCommit}`, value: "typeCommit" });
  }
  const redeploy: DeployChoice = { kind: "redeploy" };
  items.push({ label: `$(redo) ${choiceRow(service, redeploy)}`, value: { choice: redeploy } });
  return items;
}

/** Why HEAD is not offered, where there may be one. */
function noHeadDetail(service: Service, reading: GitReading): { readonly detail: string } | undefined {
  const head = headFor(service.repo ?? "", reading);
  return head.kind === "none" && isNotRead(head.why) ? { detail: noHeadText(head, service).text } : undefined;
}

function headItem(service: Service, clone: RepositorySnapshot, named: boolean): Item<Next>[] {
  const reading = headOf(clone);
  if (reading.kind !== "head") return [];
  const choice = headChoice(reading);
  const label = `$(target) ${headRow(service, choice)}`;
  return [{ label, ...(named && { description: plainName(clone.name) }), value: { choice } }];
}

async function resolve(
  next: Next,
  service: Service,
  git: Git,
  clones: readonly RepositorySnapshot[],
): Promise<DeployChoice | undefined> {
  if (typeof next === "object") return next.choice;
  switch (next) {
    case "history":
      return pickCommit(service, git, clones);
    case "typeCommit":
      return typeCommit(service, git, clones);
    case "typeImage":
      return typeImage(service);
  }
}

async function pickCommit(
  service: Service,
  git: Git,
  clones: readonly RepositorySnapshot[],
): Promise<DeployChoice | undefined> {
  const histories = await Promise.all(clones.map(({ root }) => git.recentCommits(root, historyLength)));
  const now = Date.now();
  const items = histories.flat().map((commit): Item<Commit> => ({
    label: `$(git-commit) ${shortSha(commit.id)} ${subjectOf(commit.message)}`,
    description: commit.createdAt === undefined ? "" : ageText(now - commit.createdAt),
    value: commit,
  }));
  const commit = await pick("history", items, service);
  return commit && { kind: "commit", commit };
}

async function typeCommit(
  service: Service,
  git: Git,
  clones: readonly RepositorySnapshot[],
): Promise<DeployChoice | undefined> {
  const find = async (typed: string): Promise<Commit | undefined> => {
    const id = parseCommitId(typed);
    if (id === undefined) return undefined;
    const known = await git.findCommit(
      id,
      clones.map(({ root }) => root),
    );
    const heads = clones.map(({ head }) => head?.id);
    return known ?? (isFullCommitId(id, heads) ? { id } : undefined);
  };
  const typed = await vscode.window.showInputBox({
    title: choiceTitle(service, "typeCommit"),
    prompt: commitPrompt,
    ignoreFocusOut: true,
    validateInput: async text =>
      text.trim() === "" || (await find(text)) ? undefined : refusalText("badCommitId"),
  });
  if (typed === undefined) return undefined;
  const commit = await find(typed);
  return commit && { kind: "commit", commit };
}

async function typeImage(service: Service): Promise<DeployChoice | undefined> {
  const configured = service.imagePath ?? "";
  const problem = (text: string): string | undefined => {
    if (text.trim() === "") return undefined;
    const image = completeImage(text, configured);
    if (image === undefined) return noImage;
    return sameImage(image, configured) ? undefined : refusalText("otherImage");
  };
  const typed = await vscode.window.showInputBox({
    title: choiceTitle(service, "typeImage"),
    prompt: imagePrompt(configured),
    placeHolder: "1.5",
    ignoreFocusOut: true,
    validateInput: problem,
  });
  const imageUrl = typed === undefined ? undefined : completeImage(typed, configured);
  return imageUrl === undefined ? undefined : { kind: "image", imageUrl };
}

async function pick<T>(step: Step, items: readonly Item<T>[], service: Service): Promise<T | undefined> {
  const picked = await vscode.window.showQuickPick(items, {
    title: choiceTitle(service, step),
    ignoreFocusOut: true,
    matchOnDescription: true,
  });
  return picked?.value;
}
