import * as vscode from "vscode";
import { isBlob } from "../../../git/blobId.js";
import type { ListedFiles } from "../../../git/listedFiles.js";
import { headFor } from "../../../git/repository.js";
import type { Git } from "../../../git/vscode/git.js";
import type { Matches } from "../../../matching/vscode/matches.js";
import type { Deploy, Service } from "../../../render/shapes.js";

/** A repository as it was deployed. */
export interface Deployed {
  readonly root: vscode.Uri;
  readonly files: ListedFiles;
  /** Undefined where the clone does not have it: then the files are those that are tracked now. */
  readonly commitId: string | undefined;
}

/** The code of deploys, as far as it is in what is open here. */
export class DeployedCode {
  readonly #git: Git;
  readonly #matches: Matches;

  constructor(git: Git, matches: Matches) {
    this.#git = git;
    this.#matches = matches;
  }

  /** What was deployed; undefined where no clone of the service's repository is open. */
  async of(service: Service, deploy: Deploy): Promise<Deployed | undefined> {
    if (service.repo === undefined) return undefined;
    await this.#git.read({ fresh: false });
    const head = headFor(service.repo, this.#matches.readingFor(service));
    const { id } = deploy.commit ?? {};
    const roots = head.kind === "several" ? head.repositories.map(({ root }) => root) : [];
    if (head.kind === "head") roots.push(head.repository.root);
    for (const root of id === undefined ? [] : roots) {
      const files = await this.#git.filesAt(root, id ?? "");
      if (files) return { root: vscode.Uri.parse(root), files, commitId: id };
    }
    const [root] = roots;
    if (root === undefined) return undefined;
    return { root: vscode.Uri.parse(root), files: await this.#git.filesNow(root), commitId: undefined };
  }

  /** A file; as it was deployed where it is another one by now, so that its lines are those that were printed. */
  async documentOf({ root, files, commitId }: Deployed, path: string): Promise<vscode.Uri> {
    const file = vscode.Uri.joinPath(root, path);
    const id = files.get(path);
    if (commitId === undefined || id === undefined) return file;
    const contents = await Promise.resolve(vscode.workspace.fs.readFile(file)).catch(() => undefined);
    const isSame = contents !== undefined && isBlob(Buffer.from(contents), id);
    return isSame ? file : this.#git.fileAt(file, commitId);
  }
}
