/** User settings of an editor. */
export type Settings = Readonly<Record<string, unknown>>;

/**
 * What keeps a fresh editor from talking to the network and from covering the window with welcomes. It also makes it
 * start in half the time. Keys that a version does not know do no harm.
 */
export const quietSettings: Settings = {
  "chat.disableAIFeatures": true,
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "git.autofetch": false,
  "git.openRepositoryInParentFolders": "never",
  "github.gitAuthentication": false,
  "json.schemaDownload.enable": false,
  "npm.fetchOnlinePackageInfo": false,
  "telemetry.telemetryLevel": "off",
  "typescript.disableAutomaticTypeAcquisition": true,
  "update.mode": "none",
  "window.confirmBeforeClose": "never",
  "workbench.enableExperiments": false,
  "workbench.reduceMotion": "on",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.welcomePage.walkthroughs.openOnInstall": false,
};

/** Leaves the folder in Restricted Mode, without the dialog and the banner that ask about it. */
export const restrictedModeSettings: Settings = {
  "security.workspace.trust.enabled": true,
  "security.workspace.trust.startupPrompt": "never",
  "security.workspace.trust.banner": "never",
};

/** For pictures: no controls that have nothing to do with us, and the colours the browser context asks for. */
export const pictureSettings: Settings = {
  "window.autoDetectColorScheme": true,
  "window.commandCenter": false,
  "window.menuBarVisibility": "hidden",
  "workbench.layoutControl.enabled": false,
  "workbench.navigationControl.enabled": false,
};
