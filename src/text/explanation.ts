/** Every sentence about requests and deploys that a person reads: what happened, then what to do next. */

/** What a button beside a sentence does; the editor side gives each its title and its deed. */
export type Remedy =
  | "setApiKey"
  | "setApiKeyForSession"
  | "retry"
  | "openDashboard"
  | "showOutput"
  | "showLog"
  | "openSettings"
  | "openSite"
  | "openFolder"
  | "manageTrust"
  | "openSourceControl"
  | "openRepository"
  | "openParentRepository"
  | "manageUnsafeRepositories"
  | "enableGit"
  | "chooseOther"
  | "linkService"
  | "unlinkService"
  | "showProblems"
  | "chooseWorkspace"
  | "deploy";

/** A sentence with the buttons that help. */
export interface Explanation {
  readonly text: string;
  readonly remedies: readonly Remedy[];
  /** The path of the repository that "openRepository" opens. */
  readonly repository?: string;
}

export interface Notice extends Explanation {
  readonly severity: "info" | "warning" | "error";
}
