/**
 * Whether a path matches a pattern as in Git's own conditions (Git: `gitignore`, "Pattern format", of whole paths): "*"
 * stays within a folder, "**" does not.
 */
export function wildmatch(pattern: string, path: string, { ignoreCase = false } = {}): boolean {
  try {
    return new RegExp(`^${expressionOf(pattern)}$`, ignoreCase ? "isu" : "su").test(path);
  } catch {
    // Git matches nothing with a pattern that it cannot read.
    return false;
  }
}

const token = /\\(.)|(^|\/)\*\*\/|(\/)\*\*$|(\*+)|(\?)|\[([!^]?)(\]?[^\]]*)\]|([^])/gsu;

function expressionOf(pattern: string): string {
  if (pattern === "**") return ".*";
  return pattern.replace(
    token,
    (
      whole: string,
      escaped?: string,
      folders?: string,
      below?: string,
      stars?: string,
      one?: string,
      not?: string,
      set?: string,
    ) => {
      if (escaped !== undefined) return literal(escaped);
      if (folders !== undefined) return `${folders}(?:.*/)?`;
      if (below !== undefined) return "/.*";
      if (stars !== undefined) return "[^/]*";
      if (one !== undefined) return "[^/]";
      if (set !== undefined) return `(?!/)[${not === "" ? "" : "^"}${set.replace(/[[\]\\]/gu, "\\$&")}]`;
      return literal(whole);
    },
  );
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/gu, "\\$&");
}
