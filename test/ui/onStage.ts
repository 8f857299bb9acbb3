import type { EditorWindow } from "../vscode/editorWindow.js";
import { keepEvidence } from "../vscode/evidence.js";
import { Stage, type StageOptions } from "./stage.js";
import { WorkingCopy } from "./workingCopy.js";

export interface OnStageOptions extends StageOptions {
  /** Done with the stage before the window opens. */
  readonly prepare?: () => Promise<void>;
  /** Opens the view "Render" at the start. */
  readonly view?: boolean;
  /**
   * What is made anew for each test: `render` (unless told) is the data of Render, and a window without notifications
   * and with nothing open that Escape leaves; `repository` is that together with the repository and its remote.
   */
  readonly anew?: "nothing" | "render" | "repository";
  /** Done to Render's data each time that it was made anew. */
  readonly withRender?: () => void;
}

/** What the tests of the `describe` that runs work with: `onStage` sets it before the first of them. */
export let stage: Stage;
/** The window of a user who has signed in. */
export let window: EditorWindow;
/** The stage's repository. */
export let copy: WorkingCopy;
/** The SHA of the commit before HEAD, which is the one that is live. */
export let live: string;

/** For a `describe` whose tests share a stage: opens it, makes it anew for each test, and closes it. */
export function onStage(options: OnStageOptions = {}): void {
  const { prepare, view = false, anew = "render", withRender, ...stageOptions } = options;
  let isNew = true;
  before(async () => {
    stage = await Stage.open(stageOptions);
    copy = await WorkingCopy.of(stage);
    live = await copy.sha("HEAD~1");
    await prepare?.();
    window = await stage.signedInWindow();
    if (view) await window.openView("Render");
  });
  if (anew !== "nothing")
    beforeEach(async () => {
      stage.simulator.reset();
      withRender?.();
      // For the first test, all else is as it was opened.
      const isFirst = isNew;
      isNew = false;
      if (isFirst) return;
      // What a failed test left open must not fail the others too.
      for (let i = 0; i < 2; i++) await window.page.keyboard.press("Escape");
      if (anew === "repository") await copy.reset();
      await window.clearToasts();
    });
  after(() => stage.close());
}

/** For a test with a stage of its own: opens it, and closes it whatever comes of the test. */
export async function withStage(options: StageOptions, work: (stage: Stage) => Promise<void>): Promise<void> {
  const stage = await Stage.open(options);
  try {
    await work(stage);
  } catch (error) {
    // Before the stage closes, as afterwards there is nothing to see.
    await keepEvidence();
    throw error;
  } finally {
    await stage.close();
  }
}
