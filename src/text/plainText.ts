/**
 * Text that came over the network (service names, commit messages, what a server said), made safe to show.
 *
 * VS Code gives some character sequences a meaning of their own: `$(name)` is an icon in the status bar and in
 * pickers, `[label](command:…)` is a link in notifications. Text of others must never get there.
 */

/** Line breaks, other control characters, invisible format characters and characters that turn the writing direction. */
const unprintable = /[\p{Cc}\p{Cf}\u2028\u2029]+/gu;

/** What most names are: printable ASCII, single spaces within, and nothing that has a meaning. */
const plainAlready = /^(?:[!-#%-\\^-~]+(?: [!-#%-\\^-~]+)*)?$/u;

/**
 * `text` as one printable line of at most `maxLength` characters, an ellipsis at the end when it was cut.
 *
 * @param maxLength in UTF-16 units, at least 1; 200 unless told
 */
export function plainText(text: string, maxLength = 200): string {
  if (text.length <= maxLength && plainAlready.test(text)) return text;
  // Cut roughly before the expressions run, so that a text of megabytes costs nothing.
  const rough = text.slice(0, maxLength * 8);
  const line = rough
    .replace(unprintable, " ")
    .replace(/\s+/gu, " ")
    .trim()
    .replaceAll("$(", "$ (")
    .replaceAll("](", "] (");
  if (line.length <= maxLength && rough.length === text.length) return line;
  const cut = line.slice(0, maxLength - 1);
  // Half of a surrogate pair would be shown as a broken character.
  return `${/[\uD800-\uDBFF]$/u.test(cut) ? cut.slice(0, -1) : cut}…`;
}

/** The first line of a commit message, safe to show, at most `maxLength` characters. */
export function subjectOf(message: string | undefined, maxLength = 72): string {
  return plainText((message ?? "").trimStart().replace(/[\r\n].*/su, ""), maxLength);
}

/** The first seven digits of a commit's SHA, as Git and Render show it. */
export function shortSha(commitId: string): string {
  return plainText(commitId, 40).slice(0, 7);
}

/** A name that people gave, of a service, a branch or a workspace, short enough for a sentence. */
export function plainName(name: string): string {
  return plainText(name, 60);
}
