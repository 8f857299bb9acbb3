/** Where the person pressed. */
export type Origin =
  | "palette"
  | "tree"
  | "statusBar"
  | "blueprint"
  | "sourceControl"
  | "editor"
  | "timeline"
  | "push"
  | "notification"
  | "task";

/** Where a deploy was asked for, for the output: to follow who did. */
export const originTexts: Record<Origin, string> = {
  palette: "from the command palette",
  tree: "from the services view",
  statusBar: "from the status bar",
  blueprint: "from the Blueprint file",
  sourceControl: "from Source Control",
  editor: "from the editor title",
  timeline: "from the Timeline",
  push: "after a push",
  notification: "from a notification",
  task: "from a task",
};
