import * as vscode from "vscode";
import type { RenderClient } from "../../../render/client.js";
import type { Deploy, Service } from "../../../render/shapes.js";
import { rootOf } from "../../../services/serviceKind.js";
import type { Services } from "../../../services/vscode/services.js";
import { Owned } from "../../../window/owned.js";
import { ownLines } from "../cause.js";
import type { LogLine } from "../logLines.js";
import { ownProblems, type OwnProblem } from "../ownProblems.js";
import { problemCode, problemSource, problemText } from "../problemTexts.js";
import { logBefore, readLog } from "../readLog.js";
import { repositoryFiles } from "../repositoryFiles.js";
import type { ReadFailure } from "../whyFailed.js";
import type { Deployed, DeployedCode } from "./deployedCode.js";

/** So many pages of 100 lines more are read for problems: a build prints what is wrong before all that follows from it. */
const pagesBefore = 7;

export interface ProblemsPanelParts {
  /** Reads in the background, so that what a person waits for comes first. */
  readonly watch: Pick<RenderClient, "logs">;
  readonly services: Services;
  readonly code: DeployedCode;
}

/** What is shown of the last deploy of a service that failed. */
interface Shown {
  readonly deploy: Deploy;
  readonly problems: vscode.DiagnosticCollection;
  /** Aborted when it is not shown any more. */
  readonly end: AbortController;
}

/** The errors in a person's code that builds printed, in the Problems panel: of each service those of its last deploy. */
export class ProblemsPanel implements vscode.Disposable {
  readonly #parts: ProblemsPanelParts;
  readonly #own = new Owned();
  readonly #shown = new Map<string, Shown>();

  constructor(parts: ProblemsPanelParts) {
    this.#parts = parts;
    this.#own.add(
      parts.services.onDidChangeDeploys(serviceId => {
        if (this.#isReplaced(serviceId)) this.#clear(serviceId);
      }),
    );
  }

  /** Shows what the log of a deploy that failed says of files. Resolves when all of it was read. */
  async show(service: Service, deploy: Deploy, { log, of }: ReadFailure): Promise<void> {
    this.#clear(service.id);
    const shown: Shown = {
      deploy,
      problems: vscode.languages.createDiagnosticCollection(`render-${service.id}`),
      end: new AbortController(),
    };
    this.#shown.set(service.id, shown);
    if (this.#isReplaced(service.id)) {
      this.#clear(service.id);
      return;
    }
    const deployed = await this.#parts.code.of(service, deploy);
    if (!deployed) return;
    await this.#publish(service, shown, deployed, log.lines);
    const before = deploy.status === "build_failed" ? logBefore(log, of) : undefined;
    if (!before || shown.end.signal.aborted) return;
    const { lines } = await readLog(this.#parts.watch, before, pagesBefore, shown.end.signal);
    await this.#publish(service, shown, deployed, [...lines, ...log.lines]);
  }

  /** Nothing is shown any more. */
  clear(): void {
    for (const serviceId of [...this.#shown.keys()]) this.#clear(serviceId);
  }

  dispose(): void {
    this.#own.dispose();
    this.clear();
  }

  #clear(serviceId: string): void {
    const shown = this.#shown.get(serviceId);
    this.#shown.delete(serviceId);
    shown?.end.abort();
    shown?.problems.dispose();
  }

  /** Whether the next deploy of the service has begun. */
  #isReplaced(serviceId: string): boolean {
    const { id, createdAt = Infinity } = this.#shown.get(serviceId)?.deploy ?? {};
    const deploys = this.#parts.services.deploysOf(serviceId)?.deploys ?? [];
    return deploys.some(
      each => each.id !== id && each.status !== "queued" && (each.createdAt ?? 0) > createdAt,
    );
  }

  async #publish(
    service: Service,
    { problems: collection, end }: Shown,
    deployed: Deployed,
    lines: readonly LogLine[],
  ): Promise<void> {
    const texts = ownLines(lines).map(({ text }) => text);
    const files = repositoryFiles(deployed.files.keys());
    const found = ownProblems(texts, { files, rootDir: rootOf(service) });
    const paths = [...new Set(found.map(({ place }) => place.path))];
    const entries = await Promise.all(
      paths.map(async path => {
        const problems = found.filter(({ place }) => place.path === path);
        const diagnostics = problems.map(problem => diagnosticOf(problem, service.name));
        return [await this.#parts.code.documentOf(deployed, path), diagnostics] as [
          vscode.Uri,
          vscode.Diagnostic[],
        ];
      }),
    );
    if (!end.signal.aborted) collection.set(entries);
  }
}

function diagnosticOf(problem: OwnProblem, serviceName: string): vscode.Diagnostic {
  const { DiagnosticSeverity } = vscode;
  const severity = problem.severity === "error" ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning;
  const diagnostic = new vscode.Diagnostic(rangeOf(problem), problemText(problem), severity);
  diagnostic.source = problemSource(problem, serviceName);
  const code = problemCode(problem);
  if (code !== undefined) diagnostic.code = code;
  return diagnostic;
}

/** A place without a column is its whole line, one without a line the first. */
function rangeOf({ place }: OwnProblem): vscode.Range {
  const { line = 1, column, endLine = line, endColumn } = place;
  if (column === undefined) return new vscode.Range(line - 1, 0, line - 1, Number.MAX_SAFE_INTEGER);
  // VS Code underlines the word there where an end is not known.
  return new vscode.Range(line - 1, column - 1, Math.max(line, endLine) - 1, (endColumn ?? column) - 1);
}
