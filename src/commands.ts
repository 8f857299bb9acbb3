/** Every command, and the part that answers it (see `start/parts.ts`). package.json contributes the same ones, by test. */
export const answeredBy = {
  "render.triggerDeploy": "deploy",
  "render.triggerDeployWithOptions": "deploy",
  "render.deployCommit": "deploy",
  "render.showShipPreview": "deploy",
  "render.deployServices": "batch",
  "render.deployEnvironment": "batch",
  "render.watchDeploy": "deployTask",
  "render.showLog": "deployLog",
  "render.compareLogs": "deployLog",
  "render.tailLogs": "deployLog",
  "render.stopTailingLogs": "deployLog",
  "render.cancelDeploy": "following",
  "render.rollBackDeploy": "following",
  "render.suspendService": "serviceActions",
  "render.resumeService": "serviceActions",
  "render.restartService": "serviceActions",
  "render.linkService": "servicesView",
  "render.unlinkService": "servicesView",
  "render.setApiKey": "account",
  "render.setApiKeyForSession": "account",
  "render.removeApiKey": "account",
  "render.refreshServices": "servicesView",
  "render.filterServices": "servicesView",
  "render.clearFilter": "servicesView",
  "render.showPreviews": "servicesView",
  "render.hidePreviews": "servicesView",
  "render.openInDashboard": "servicesView",
  "render.openSite": "servicesView",
  "render.copyId": "servicesView",
  "render.showDeploys": "servicesView",
  "render.openService": "servicesView",
  "render.validateBlueprint": "renderYaml",
  "render.showOutput": "start",
} as const;

export type CommandId = keyof typeof answeredBy;

/** The commands of one part: what its `commands` must hold, no more and no less. */
export type CommandsOf<Part extends string> = {
  [Id in CommandId]: (typeof answeredBy)[Id] extends Part ? Id : never;
}[CommandId];

/**
 * What is run when a person, a menu or another extension asks for a command.
 *
 * @param argument what the place it was called from passes on, or what another extension or a key binding gave
 * @param others what some places pass besides
 */
export type Command = (argument: unknown, ...others: unknown[]) => void | Promise<void>;
