import { randomUUID } from "node:crypto";
import type { AccountPart } from "../../../account/vscode/create.js";
import type { Command, CommandsOf } from "../../../commands.js";
import { show } from "../../../dialogs/notices.js";
import type { GitPart } from "../../../git/vscode/create.js";
import type { Matching } from "../../../matching/vscode/create.js";
import type { ServicesPart } from "../../../services/vscode/create.js";
import { systemClock as clock } from "../../../window/clock.js";
import type { EditorWindow } from "../../../window/editorWindow.js";
import type { RememberedService } from "../../../window/state.js";
import type { Deploying } from "../../deploy/vscode/create.js";
import type { Following } from "../../following/vscode/create.js";
import { rowOf } from "../../servicesView/rowArgument.js";
import { rowGone } from "../../servicesView/viewTexts.js";
import { unstartedLine, unstartedText } from "../batchTexts.js";
import { BatchNotices } from "./batchNotices.js";
import { DeploySeveral } from "./deploySeveral.js";

/** Several deploys with one question. */
export function create(
  { own, output: log }: EditorWindow,
  { signIn, renderNow, person }: AccountPart,
  { git }: GitPart,
  { services }: ServicesPart,
  { matches }: Matching,
  { tracker, cancel, awaited }: Following,
  { trigger }: Deploying,
) {
  const batches = own.add(new BatchNotices({ tracker, cancel, log }));
  tracker.tell(batches);
  const several = new DeploySeveral({
    services,
    git,
    matches,
    tracker,
    clock,
    renderNow,
    log,
    signIn,
    trigger,
    batches,
    awaited,
    newId: randomUUID,
    askedBy: from => `${person()}, ${from}`,
  });
  const commands: Record<CommandsOf<"batch">, Command> = {
    "render.deployServices": () => several.run(undefined),
    "render.deployEnvironment": async argument => {
      const row = rowOf(argument);
      if (row?.kind === "environment") await several.run(row.id);
      else void show("info", rowGone);
    },
  };
  return {
    /** Tells of what a window that was closed did not come to start. */
    tellUnstarted: (unstarted: readonly RememberedService[]): void => {
      const names = unstarted.map(({ name }) => name);
      log.warn(unstartedLine(names));
      const deploy = (): void => {
        several.runFor(unstarted.map(({ id }) => id));
      };
      void show("warning", unstartedText(names), { deploy });
    },
    commands,
  };
}
