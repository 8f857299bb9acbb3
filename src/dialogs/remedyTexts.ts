import type { Remedy } from "../text/explanation.js";

/** The titles of the buttons that help. */
export const remedyTitles: Record<Remedy, string> = {
  setApiKey: "Set API Key",
  setApiKeyForSession: "Set API Key for This Session",
  retry: "Retry",
  openDashboard: "Open in Dashboard",
  showOutput: "Show Output",
  showLog: "Show Log",
  openSettings: "Open Settings",
  openSite: "Open Site",
  openFolder: "Open Folder",
  manageTrust: "Manage Workspace Trust",
  openSourceControl: "Open Source Control",
  openRepository: "Open Repository",
  openParentRepository: "Open Repository Above…",
  manageUnsafeRepositories: "Manage Unsafe Repositories…",
  enableGit: "Open Git Settings",
  chooseOther: "Choose What to Deploy",
  linkService: "Link Service to Folder…",
  unlinkService: "Unlink",
  showProblems: "Show Problems",
  chooseWorkspace: "Choose Workspace",
  deploy: "Deploy",
};

/** In the output, with everything about the error. @param doing "load the services" */
export function failedLine(doing: string, details: string): string {
  return `Could not ${doing}: ${details}`;
}
