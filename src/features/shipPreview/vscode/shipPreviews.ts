import { type NoPreview, type ShipPreview, sortedFiles } from "../shipPreview.js";
import { fetchButton, lookingText, noPreviewText, readingFiles, shipTitle } from "../shipTexts.js";
import * as vscode from "vscode";
import { liveOf } from "../../../services/deployList.js";
import type { Relation } from "../../../git/relation.js";
import { headFor, headOf, isNotRead, type Commit } from "../../../git/repository.js";
import { noHeadText } from "../../whatToDeploy/noHeadTexts.js";
import type { Logger } from "../../../ports.js";
import type { Service } from "../../../render/shapes.js";
import { awaitGit } from "../../../git/vscode/awaitGit.js";
import { pickRepository } from "../../whatToDeploy/vscode/pickChoice.js";
import { withProgress, waitFor } from "../../../dialogs/progress.js";
import { pickShipped, type ShippedActions } from "./pickShipped.js";
import type { Git } from "../../../git/vscode/git.js";
import type { GitRepository } from "../../../git/vscode/gitApi.js";
import { readCommit } from "../../../git/vscode/objects.js";
import type { Matches } from "../../../matching/vscode/matches.js";
import { compare, filesBetween, missing, type ComparedFile } from "../../../git/vscode/compare.js";
import { show } from "../../../dialogs/notices.js";
import type { Services } from "../../../services/vscode/services.js";
import { fetchBoth } from "../../../git/vscode/pushPullFetch.js";

export interface ShipPreviewParts {
  readonly services: Services;
  readonly git: Git;
  readonly matches: Matches;
  readonly log: Logger;
}

/** What is compared: a commit of a clone with what is live on a service. */
interface Compared {
  readonly service: Service;
  readonly repository: GitRepository;
  readonly target: Commit;
  readonly live: string;
}

/** More files than this are opened only when asked for: the editor would be busy for long. */
const mostOpened = 200;

type Change = readonly [resource: vscode.Uri, before: vscode.Uri | undefined, after: vscode.Uri | undefined];

/** Shows what a deploy would change: all files in one editor, and commits and files as a list. */
export class ShipPreviews {
  readonly #parts: ShipPreviewParts;

  constructor(parts: ShipPreviewParts) {
    this.#parts = parts;
  }

  /** What would ship if HEAD were deployed. Resolves when the person has left the list. */
  async show(service: Service): Promise<void> {
    const { git, services, matches } = this.#parts;
    const deploys = withProgress(lookingText, () => services.readDeploys(service.id));
    if (!(await awaitGit(git, git.read({ fresh: true }), () => matches.isReadFor(service)))) return;
    const found = service.repo === undefined ? undefined : headFor(service.repo, matches.readingFor(service));
    const picked = found?.kind === "several" ? await pickRepository(found.repositories, service) : undefined;
    if (found?.kind === "several" && !picked) return;
    const reading = picked ? headOf(picked) : found;
    if (reading?.kind === "none" && reading.why === "unborn") return tell(service, { why: "noHead" });
    if (reading?.kind === "none" && isNotRead(reading.why)) return show("info", noHeadText(reading, service));
    const repository = reading?.kind === "head" ? git.repository(reading.repository.root) : undefined;
    if (reading?.kind !== "head" || !repository) return tell(service, { why: "noClone" });
    const read = await deploys;
    const live = liveOf(read)?.commit?.id;
    if (live === undefined) return tell(service, { why: read ? "nothingLive" : "deploysUnread" });
    await this.showBetween({ service, repository, target: reading.head, live });
  }

  /** What would ship if a commit were deployed. Resolves when the person has left the list. */
  async showBetween(compared: Compared): Promise<void> {
    const { service, repository, target, live } = compared;
    const relation = await compare(repository, target.id, live);
    if (relation.kind === "unknown") return this.#offerFetch(compared, relation.why);
    if (relation.kind === "same") return tell(service, { why: "same", live });
    const found = await waitFor(
      withProgress(lookingText, () => read(compared, relation)),
      readingFiles,
    );
    if (!found) return;
    const { preview, files } = found;
    if (files.length <= mostOpened) await this.#openAll(shipTitle(preview), files, compared);
    await pickShipped(preview, this.#actions(preview, files, compared));
  }

  async #offerFetch(compared: Compared, why: Extract<Relation, { kind: "unknown" }>["why"]): Promise<void> {
    const { service, repository, live } = compared;
    const text = noPreviewText(service.name, { why, live });
    const pressed = await vscode.window.showWarningMessage(text, fetchButton);
    if (pressed !== fetchButton) return;
    if (await fetchBoth(this.#parts, repository, service, [compared.target.id, live]))
      await this.showBetween(compared);
  }

  #actions(preview: ShipPreview, files: readonly ComparedFile[], compared: Compared): ShippedActions {
    return {
      openAll: () => this.#openAll(shipTitle(preview), files, compared),
      openFile: async path => {
        const file = files.find(each => each.path === path);
        if (file) await this.#openFile(file, compared);
      },
      openCommit: async commit => {
        const [parent] = (await readCommit(compared.repository, commit.id)).parents;
        if (parent === undefined) return;
        const changed = await filesBetween(compared.repository, parent, commit.id, { kind: "ahead", by: 1 });
        await this.#openAll(shipTitle({ ...preview, live: parent, target: commit }), changed, {
          live: parent,
          target: commit,
        });
      },
    };
  }

  async #openAll(
    title: string,
    files: readonly ComparedFile[],
    sides: Pick<Compared, "live" | "target">,
  ): Promise<void> {
    const changes = files.map((file): Change => [file.uri, ...this.#sidesOf(file, sides)]);
    await vscode.commands.executeCommand("vscode.changes", title, changes);
  }

  async #openFile(file: ComparedFile, sides: Pick<Compared, "live" | "target">): Promise<void> {
    const [before, after] = this.#sidesOf(file, sides);
    const options: vscode.TextDocumentShowOptions = { preserveFocus: true, preview: true };
    if (before && after)
      await vscode.commands.executeCommand("vscode.diff", before, after, file.path, options);
    else await vscode.commands.executeCommand("vscode.open", before ?? after, options, file.path);
  }

  /** An added file has nothing before, a deleted one nothing after. */
  #sidesOf(
    { change, liveUri, uri }: ComparedFile,
    { live, target }: Pick<Compared, "live" | "target">,
  ): [before: vscode.Uri | undefined, after: vscode.Uri | undefined] {
    const { git } = this.#parts;
    return [
      change === "added" ? undefined : git.fileAt(liveUri, live),
      change === "deleted" ? undefined : git.fileAt(uri, target.id),
    ];
  }
}

async function read(
  { service, repository, target, live }: Compared,
  relation: ShipPreview["relation"],
): Promise<{ readonly preview: ShipPreview; readonly files: readonly ComparedFile[] }> {
  const [comes, goes, found] = await Promise.all([
    missing(repository, target.id, live),
    missing(repository, live, target.id),
    filesBetween(repository, live, target.id, relation),
  ]);
  const files = sortedFiles(found);
  return { preview: { serviceName: service.name, target, live, relation, comes, goes, files }, files };
}

function tell(service: Service, reason: NoPreview): Promise<void> {
  const remedies = reason.why === "noClone" ? (["openFolder"] as const) : [];
  return show("info", { text: noPreviewText(service.name, reason), remedies });
}
