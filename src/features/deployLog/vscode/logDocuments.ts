import * as vscode from "vscode";
import { phaseName } from "../logTexts.js";
import { phasesOf } from "../phases.js";

const scheme = "render-log";

/** The logs that are shown: read-only documents, with a fold and an entry of the outline for each phase. */
export class LogDocuments implements vscode.Disposable {
  readonly #texts = new Map<string, string>();
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
      workspace.onDidCloseTextDocument(({ uri }) => this.#texts.delete(uri.toString())),
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

  /** Shows a text under a name, in place of what was shown of the same deploy. */
  async show(deployId: string, name: string, text: string): Promise<void> {
    const uri = vscode.Uri.from({ scheme, path: `/${name}`, query: deployId });
    const isShown = this.#texts.has(uri.toString());
    this.#texts.set(uri.toString(), text);
    if (isShown) this.#changed.fire(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    const editor = await vscode.window.showTextDocument(document, { preview: true });
    const end = document.lineAt(document.lineCount - 1).range.end;
    editor.selection = new vscode.Selection(end, end);
    editor.revealRange(new vscode.Range(end, end));
  }

  dispose(): void {
    this.#registered.dispose();
  }
}
