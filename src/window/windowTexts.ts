/** The name of the output. */
export const outputName = "Render";

/** Who asked for something, where it is not known whose the API key is. */
export const unknownPerson = "you";

/** In the menu that hides items of the status bar. */
export const statusItemName = "Render: Trigger Deploy";

/** What a click on the item runs. */
export const commandTitle = "Trigger Deploy";

/** What the tooltip of the status bar's button offers of a deploy. */
export const showLogTitle = "Show Log";
