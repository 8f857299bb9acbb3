/** The question which service is deployed. */
export const triggerPick = { title: "Render: Trigger Deploy", purpose: "deploy" };

/** The question which commit of a file is meant. */
export const commitPick = {
  title: "Render: Deploy This Commit",
  placeHolder: "VS Code does not tell which row was clicked: choose the commit here",
};

/** Beside the commit whose changes the editor shows. */
export const shownInEditor = "shown in the editor";
