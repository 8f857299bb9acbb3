/**
 * Hands on the lines of a deploy's log as they are printed, oldest first and each once, until it is stopped. It must not
 * throw. Gives what stops it.
 */
export type LogFeed = (
  deploy: { readonly serviceId: string; readonly deployId: string },
  print: (lines: readonly string[]) => void,
) => () => void;

/** Where nothing reads the log while the deploy runs: only why it failed is printed then. */
export const noLogFeed: LogFeed = () => () => undefined;
