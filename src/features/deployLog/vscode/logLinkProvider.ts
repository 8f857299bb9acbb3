import * as vscode from "vscode";
import type { Deploy, Service } from "../../../render/shapes.js";
import { rootOf } from "../../../services/serviceKind.js";
import { linksIn } from "../logLinks.js";
import { ProblemPaths } from "../problemPaths.js";
import { repositoryFiles } from "../repositoryFiles.js";
import type { Deployed, DeployedCode } from "./deployedCode.js";
import { logLanguage } from "./logLanguage.js";

/** What a log is of. */
export interface LogSubject {
  readonly service: Service;
  readonly deploy: Deploy;
}

/** Of a log that grows, so many of its last lines have links: each change asks for all of them anew. */
const mostLines = 2_000;

/** So many deploys' files are remembered. */
const mostRemembered = 5;

class FileLink extends vscode.DocumentLink {
  constructor(
    range: vscode.Range,
    readonly place: { readonly path: string; readonly line: number; readonly column?: number },
    readonly deployed: Deployed,
  ) {
    super(range);
  }
}

/** Links from what logs print to the files of the commit that was deployed. */
export class LogLinkProvider implements vscode.DocumentLinkProvider<FileLink>, vscode.Disposable {
  readonly #code: DeployedCode;
  readonly #subjectOf: (document: vscode.Uri) => Promise<LogSubject | undefined>;
  readonly #registered: vscode.Disposable;
  readonly #deployed = new Map<string, Promise<Deployed | undefined>>();

  /** @param subjectOf what a document shows the log of; undefined for what is none */
  constructor(code: DeployedCode, subjectOf: (document: vscode.Uri) => Promise<LogSubject | undefined>) {
    this.#code = code;
    this.#subjectOf = subjectOf;
    this.#registered = vscode.languages.registerDocumentLinkProvider({ language: logLanguage }, this);
  }

  async provideDocumentLinks(document: vscode.TextDocument): Promise<FileLink[]> {
    const first = Math.max(0, document.lineCount - mostLines);
    const lines = Array.from(
      { length: document.lineCount - first },
      (_, i) => document.lineAt(first + i).text,
    );
    const printed = lines.flatMap((text, at) => linksIn(text).map(link => ({ ...link, at })));
    const subject = printed.length === 0 ? undefined : await this.#subjectOf(document.uri);
    const deployed = subject && (await this.#deployedOf(subject));
    if (!deployed) return [];
    const files = repositoryFiles(deployed.files.keys());
    const paths = new ProblemPaths(lines, files, rootOf(subject.service), printed);
    return printed.flatMap(({ from, to, at, line, column, path }) => {
      const found = paths.find({ path, at });
      if (found === undefined) return [];
      const range = new vscode.Range(first + at, from, first + at, to);
      return new FileLink(range, { path: found, line, ...(column !== undefined && { column }) }, deployed);
    });
  }

  async resolveDocumentLink(link: FileLink): Promise<FileLink> {
    const { path, line, column = 1 } = link.place;
    const document = await this.#code.documentOf(link.deployed, path);
    link.target = document.with({ fragment: `L${line},${column}` });
    return link;
  }

  dispose(): void {
    this.#registered.dispose();
  }

  #deployedOf({ service, deploy }: LogSubject): Promise<Deployed | undefined> {
    const known = this.#deployed.get(deploy.id) ?? this.#code.of(service, deploy).catch(() => undefined);
    this.#deployed.set(deploy.id, known);
    const [eldest] = this.#deployed.keys();
    if (this.#deployed.size > mostRemembered && eldest !== undefined) this.#deployed.delete(eldest);
    return known;
  }
}
