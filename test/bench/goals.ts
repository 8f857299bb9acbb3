/** What the bench and tests hold alike: figures that are the same on every machine. */

/** What is loaded besides what starts, by the moment. */
export const loadedFor = {
  /** A window with a Git repository in which nothing was clicked. */
  idle: ["src/git/vscode/createConnection.ts"],
  /** From the click on Trigger Deploy to the end of a deploy, in a folder without a Blueprint. */
  firstDeploy: [
    "src/dialogs/create.ts",
    "src/account/vscode/create.ts",
    "src/git/vscode/createConnection.ts",
    "src/git/vscode/create.ts",
    "src/services/vscode/create.ts",
    "src/matching/vscode/create.ts",
    "src/features/statusBar/vscode/create.ts",
    "src/features/deployLog/vscode/create.ts",
    "src/features/following/vscode/create.ts",
    "src/features/deploy/vscode/create.ts",
    "node_modules/node-fetch/src/index.js",
    "node_modules/ws/lib/websocket.js",
  ],
} as const;

/** What may be read at most. The bytes of the start and the idle window are promised; the others keep what is so today. */
export const mostRead = {
  start: { bytes: 25_000, files: 3 },
  idle: { bytes: 35_000, files: 10 },
  firstDeploy: { bytes: 380_000, files: 62 },
} as const;

/** How often one followed deploy may be looked at in its first minute. */
export const mostLooks = 30;
