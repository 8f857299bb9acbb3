/** The name of the output. */
export const outputName = "Render";

/** Who asked for something, where it is not known whose the API key is. */
export const unknownPerson = "you";
