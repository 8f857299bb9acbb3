/** Longer texts than any Blueprint that is read are not looked through, in UTF-16 units. */
const longestText = 200_000;

/**
 * Whether a YAML text may be a Blueprint of Render's: it has one of the three lists that services stand in (Render docs,
 * "Blueprint YAML reference"). Other files have such a list too, as those of Docker Compose, so only its entries tell.
 */
export function looksLikeBlueprint(text: string): boolean {
  return text.length <= longestText && /^(?:services|projects|ungrouped) *:/mu.test(text);
}

/** Render's own name for the file; another one is known from the Blueprint that is made from it. */
export const usualName = "render.yaml";

/** Where any Blueprint file may be, as a glob. */
export const yamlGlob = "**/*.{yaml,yml}";
