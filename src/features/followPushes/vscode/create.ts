import type { AccountPart } from "../../../account/vscode/create.js";
import type { Matching } from "../../../matching/vscode/create.js";
import type { ServicesPart } from "../../../services/vscode/create.js";
import { systemClock as clock } from "../../../window/clock.js";
import type { EditorWindow } from "../../../window/editorWindow.js";
import type { Deploying } from "../../deploy/vscode/create.js";
import type { Following } from "../../following/vscode/create.js";
import { FollowPushes } from "./followPushes.js";

/** What a push starts, or why it starts nothing. */
export function create(
  { own, output: log }: EditorWindow,
  { apiKey, isSignedIn, watch, renderNow }: AccountPart,
  { services }: ServicesPart,
  { matches }: Matching,
  { tracker, awaited }: Following,
  { trigger }: Deploying,
) {
  const followPushes = own.add(
    new FollowPushes({
      services,
      matches,
      tracker,
      watch,
      clock,
      renderNow,
      awaited,
      isSignedIn,
      deploy: among => {
        const [only, ...others] = among;
        const wish = others.length === 0 && only ? { service: only } : { among };
        void trigger.run({ origin: "push", ...wish, withOptions: false });
      },
      log,
    }),
  );
  own.add(
    apiKey.onDidChange(() => {
      followPushes.stop();
    }),
  );
  return followPushes;
}
