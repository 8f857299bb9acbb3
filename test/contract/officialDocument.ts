import { readFile } from "node:fs/promises";

const published = "https://api-docs.render.com/openapi/render-public-api-1.json";

/**
 * Render's own OpenAPI document: the file that is named, else as Render publishes it.
 *
 * @param path the file; in the environment, `RENDER_OPENAPI` names it
 * @throws Error when it cannot be had
 */
export async function officialDocument(
  path: string | undefined,
  download: () => Promise<string> = downloaded,
): Promise<unknown> {
  const text = path === undefined ? download() : readFile(path, "utf8");
  const document = await text.catch((cause: unknown) => {
    throw new Error(
      path === undefined
        ? `Render's OpenAPI document could not be downloaded from ${published}. Set RENDER_OPENAPI to a copy of it.`
        : `There is no OpenAPI document to read at ${path}, which RENDER_OPENAPI names.`,
      { cause },
    );
  });
  return JSON.parse(document);
}

async function downloaded(): Promise<string> {
  const answer = await fetch(published);
  if (!answer.ok) throw new Error(`it answered ${answer.status}`);
  return answer.text();
}
