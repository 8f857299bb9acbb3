import { plainText } from "../../text/plainText.js";
import type { ValidationError } from "../../render/blueprintShapes.js";
import type { BlueprintFile } from "../../blueprints/blueprintFile.js";
import { PointedAt } from "../../blueprints/pointedAt.js";
import type { Span } from "../../blueprints/textPlaces.js";
import { unexplainedError } from "./validationTexts.js";

/** An error of a Blueprint file, at its place. */
export interface Problem {
  readonly span: Span;
  readonly text: string;
}

/** More errors of one file than anybody works through are not shown. */
const mostProblems = 500;

/**
 * The errors that Render found, each at the line and column it gave, else at the field it named, else where its text
 * points, else at the first line that says something. A file that Render calls invalid without a reason has one problem
 * that says so.
 */
export function problemsOf(errors: readonly ValidationError[], file: BlueprintFile): Problem[] {
  const known = errors.length > 0 ? errors : [{ error: unexplainedError }];
  const pointed = new PointedAt(file);
  return known
    .slice(0, mostProblems)
    .map(error => ({ span: spanOf(error, file, pointed), text: textOf(error) }));
}

function spanOf(
  { error, path, line, column }: ValidationError,
  file: BlueprintFile,
  pointed: PointedAt,
): Span {
  const field = path === undefined ? undefined : file.find(path);
  if (line !== undefined) {
    // Render counts from 1. The field says more exactly what is meant, if it stands on the same line.
    const isThere = field?.isWhole === true && field.span.start.line === line - 1;
    return isThere && column === undefined ? field.span : file.places.contentOf(line - 1, (column ?? 1) - 1);
  }
  if (!field) return pointed.find(error) ?? file.places.contentOf(file.places.firstLine);
  return pointed.within(error, field.node) ?? field.span;
}

function textOf({ error, path }: ValidationError): string {
  const text = plainText(error, 500);
  return path === undefined || path === "" || text.includes(path)
    ? text
    : `${text} (${plainText(path, 100)})`;
}
