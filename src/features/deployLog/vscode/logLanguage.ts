/** The language of logs, as package.json contributes it. */
export const logLanguage = "render-log";
