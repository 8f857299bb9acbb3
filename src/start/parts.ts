import type { EditorWindow } from "../window/editorWindow.js";
import { later, partMaker } from "./part.js";

/**
 * The plan of the house: every part, and the parts it is made of. A part is what the `vscode/create.ts` of a room makes; it
 * is read from disk and made when it is first used. A part that is used before it is listed does not compile.
 */
export function partsOf(window: EditorWindow) {
  const part = partMaker(window);
  const dialogs = part(() => import("../dialogs/create.js"));
  const account = part(() => import("../account/vscode/create.js"));
  const gitConnection = part(() => import("../git/vscode/createConnection.js"));
  const git = part(() => import("../git/vscode/create.js"), gitConnection);
  const services = part(() => import("../services/vscode/create.js"), account);
  const matching = part(() => import("../matching/vscode/create.js"), account, git, services);
  const statusBar = part(() => import("../features/statusBar/vscode/create.js"), services, matching);
  const serviceActions = part(() => import("../features/serviceActions/vscode/create.js"), account, services);
  const deployLog = part(
    () => import("../features/deployLog/vscode/create.js"),
    account,
    git,
    services,
    matching,
  );
  const servicesView = part(
    () => import("../features/servicesView/vscode/create.js"),
    account,
    services,
    matching,
    later(deployLog),
  );
  const following = part(
    () => import("../features/following/vscode/create.js"),
    account,
    services,
    statusBar,
    later(deployLog),
  );
  const deploy = part(
    () => import("../features/deploy/vscode/create.js"),
    account,
    git,
    services,
    matching,
    following,
  );
  const batch = part(
    () => import("../features/batch/vscode/create.js"),
    account,
    git,
    services,
    matching,
    following,
    deploy,
  );
  const deployTask = part(
    () => import("../features/deployTask/vscode/create.js"),
    account,
    services,
    matching,
    following,
    deploy,
    deployLog,
  );
  const followPushes = part(
    () => import("../features/followPushes/vscode/create.js"),
    account,
    services,
    matching,
    following,
    deploy,
  );
  const renderYaml = part(
    () => import("../features/renderYaml/vscode/create.js"),
    account,
    git,
    services,
    matching,
  );
  return {
    dialogs,
    account,
    gitConnection,
    git,
    services,
    matching,
    statusBar,
    servicesView,
    serviceActions,
    deployLog,
    following,
    deploy,
    batch,
    deployTask,
    followPushes,
    renderYaml,
  };
}

export type Parts = ReturnType<typeof partsOf>;
