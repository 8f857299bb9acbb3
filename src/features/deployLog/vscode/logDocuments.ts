import * as vscode from "vscode";
import { phaseName } from "../logTexts.js";
import { phasesOf } from "../phases.js";
import { logLanguage } from "./logLanguage.js";
import type { LogSubject } from "./logLinkProvider.js";

const scheme = "render-log";

/** A log, and what its editor is called. */
export interface NamedLog {
  readonly subject: LogSubject;
  readonly name: string;
  readonly text: string;
}

/** The logs that are shown: read-only documents, with a fold and an entry of the outline for each phase. */
export class LogDocuments implements vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #subjects = new Map<string, LogSubject>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #registered: vscode.Disposable;

  constructor() {
    const { workspace, languages } = vscode;
    this.#registered = vscode.Disposable.from(
      this.#changed,
      workspace.registerTextDocumentContentProvider(scheme, {
        onDidChange: this.#changed.event,
        provideTextDocumentContent: uri => this.#texts.get(uri.toString()) ?? "",
      }),
      workspace.onDidCloseTextDocument(({ uri, isClosed }) => {
        // It is told of a change of the language too.
        if (!isClosed) return;
        this.#texts.delete(uri.toString());
        this.#subjects.delete(uri.toString());
      }),
      languages.registerFoldingRangeProvider(
        { scheme },
        {
          provideFoldingRanges: document =>
            phasesOf(document.getText()).map(({ from, to }) => new vscode.FoldingRange(from, to)),
        },
      ),
      languages.registerDocumentSymbolProvider(
        { scheme },
        {
          provideDocumentSymbols: document =>
            phasesOf(document.getText()).map(({ title, from, to }) => {
              const range = new vscode.Range(from, 0, to, Number.MAX_SAFE_INTEGER);
              const name = phaseName(title);
              return new vscode.DocumentSymbol(name, "", vscode.SymbolKind.Event, range, range);
            }),
        },
      ),
    );
  }

  /** What a document shows the log of. */
  subjectOf(document: vscode.Uri): LogSubject | undefined {
    return this.#subjects.get(document.toString());
  }

  /** Shows a log, in place of what was shown of the same deploy. */
  async show(log: NamedLog): Promise<void> {
    const uri = this.#put(log.subject.deploy.id, log);
    const document = await openAsLog(uri);
    const editor = await vscode.window.showTextDocument(document, { preview: true });
    const end = document.lineAt(document.lineCount - 1).range.end;
    editor.selection = new vscode.Selection(end, end);
    editor.revealRange(new vscode.Range(end, end));
  }

  /** Shows what two texts have that the other has not. */
  async compare(before: NamedLog, after: NamedLog, title: string): Promise<void> {
    const [left, right] = [before, after].map(log =>
      // What is compared has no times, so it is another document than the log itself.
      this.#put(`${log.subject.deploy.id}/compared`, log),
    );
    for (const uri of [left, right]) if (uri) await openAsLog(uri);
    await vscode.commands.executeCommand("vscode.diff", left, right, title, { preview: true });
  }

  #put(id: string, { subject, name, text }: NamedLog): vscode.Uri {
    const uri = vscode.Uri.from({ scheme, path: `/${name}`, query: id });
    const isShown = this.#texts.has(uri.toString());
    this.#texts.set(uri.toString(), text);
    this.#subjects.set(uri.toString(), subject);
    if (isShown) this.#changed.fire(uri);
    return uri;
  }

  dispose(): void {
    this.#registered.dispose();
  }
}

/** Its name ends as those of other logs do, which VS Code colours in another way. */
async function openAsLog(uri: vscode.Uri): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(uri);
  return vscode.languages.setTextDocumentLanguage(document, logLanguage);
}
