/** In the menu that hides items of the status bar. */
export const statusItemName = "Render: Trigger Deploy";

/** What a click on the item runs. */
export const commandTitle = "Trigger Deploy";
