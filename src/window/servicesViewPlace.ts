import * as vscode from "vscode";

/** A row of the services view, as far as its place knows one. */
export interface ViewRow {
  readonly id: string;
  readonly kind: string;
}

/** What fills the view. */
export interface ViewContent<Row extends ViewRow> {
  getTreeItem(row: Row): vscode.TreeItem | Promise<vscode.TreeItem>;
  /** Adds what is only seen on hover. @param token says that nobody looks any more */
  resolveTreeItem(item: vscode.TreeItem, row: Row, token: vscode.CancellationToken): Promise<vscode.TreeItem>;
  getChildren(row?: Row): Promise<Row[]>;
  getParent(row: Row): Row | undefined;
}

/** The view `render.services`: there from the start, and filled when VS Code first asks for a row. */
export class ServicesViewPlace implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<ViewRow | undefined>();
  #content: () => Promise<ViewContent<ViewRow>> = () =>
    Promise.reject(new Error("The view is not filled yet."));
  readonly view: vscode.TreeView<ViewRow>;

  constructor() {
    this.view = vscode.window.createTreeView<ViewRow>("render.services", {
      treeDataProvider: {
        onDidChangeTreeData: this.#changed.event,
        getTreeItem: async row => (await this.#content()).getTreeItem(row),
        resolveTreeItem: async (item, row, token) =>
          (await this.#content()).resolveTreeItem(item, row, token),
        getChildren: async row => (await this.#content()).getChildren(row),
        getParent: async row => (await this.#content()).getParent(row),
      },
      showCollapseAll: true,
    });
  }

  /** @param content loads what fills the view, and gives the same each time; rows are only ever those that it gave out */
  fillWith<Row extends ViewRow>(content: () => Promise<ViewContent<Row>>): void {
    this.#content = content;
  }

  /** Has VS Code ask for a row and all below it again; for all without one. */
  redraw(row: ViewRow | undefined): void {
    this.#changed.fire(row);
  }

  dispose(): void {
    this.view.dispose();
    this.#changed.dispose();
  }
}
