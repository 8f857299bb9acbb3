import { plainText } from "../plainText.js";
import type { ValidationError } from "../render/blueprintShapes.js";
import type { BlueprintFile } from "./blueprintFile.js";
import type { Span } from "./textPlaces.js";

/** An error of a Blueprint file, at its place. */
export interface Problem {
  readonly span: Span;
  readonly text: string;
}

/**
 * The errors that Render found, each at the line and column it gave, else at the field it named, else at the beginning.
 * A file that Render calls invalid without a reason has one problem that says so.
 */
export function problemsOf(errors: readonly ValidationError[], file: BlueprintFile): Problem[] {
  const known =
    errors.length > 0 ? errors : [{ error: "Render says that this file is not valid, but not why." }];
  return known.map(error => ({ span: spanOf(error, file), text: textOf(error) }));
}

function spanOf({ path, line, column }: ValidationError, file: BlueprintFile): Span {
  const field = path === undefined ? undefined : file.find(path);
  if (line === undefined) return field?.span ?? file.places.contentOf(0);
  // Render counts from 1. The field says more exactly what is meant, if it stands on the same line.
  const isThere = field?.isWhole === true && field.span.start.line === line - 1;
  return isThere && column === undefined ? field.span : file.places.contentOf(line - 1, (column ?? 1) - 1);
}

function textOf({ error, path }: ValidationError): string {
  const text = plainText(error, 500);
  return path === undefined || path === "" || text.includes(path)
    ? text
    : `${text} (${plainText(path, 100)})`;
}
