import * as vscode from "vscode";
import type { Matches } from "../../../matching/vscode/matches.js";
import type { Service } from "../../../render/shapes.js";
import type { Services } from "../../../services/vscode/services.js";
import { inTime } from "../../../window/clock.js";
import type { TriggerDeploy } from "../../deploy/vscode/triggerDeploy.js";
import { readDefinition, taskType, type DeployDefinition } from "../definition.js";
import { isServiceId, serviceNamed } from "../serviceNamed.js";
import { noServiceText, severalServicesText, taskDetail, taskName, taskSource } from "../taskTexts.js";
import { DeployTerminal, type Begin, type DeployTerminalParts } from "./deployTerminal.js";

/** How long VS Code's list of tasks waits for those of what is open, in milliseconds. */
const longestLook = 3_000;

export interface DeployTasksParts {
  readonly services: Services;
  readonly matches: Matches;
  readonly trigger: Pick<TriggerDeploy, "run">;
  /** Whether there is a key that can be read. */
  readonly isSignedIn: () => Promise<boolean>;
  /** Makes sure that there is a key, asking for one where there is none. False when the person left. */
  readonly signIn: () => Promise<boolean>;
  readonly terminal: DeployTerminalParts;
}

/** The tasks that deploy: one for each service that has to do with what is open, and those that tasks.json defines. */
export class DeployTasks implements vscode.TaskProvider {
  readonly #parts: DeployTasksParts;

  constructor(parts: DeployTasksParts) {
    this.#parts = parts;
  }

  /** None where nobody has signed in: a list asks for no key. */
  async provideTasks(): Promise<vscode.Task[]> {
    const { services, matches, isSignedIn } = this.#parts;
    if (!(await isSignedIn())) return [];
    await inTime(Promise.all([services.load(), matches.read({ fresh: false })]), longestLook);
    const all = services.listing.services;
    return matches.all().map(({ service }) => {
      const isOnly = serviceNamed(service.name, all).kind === "one";
      const definition = { type: taskType, service: isOnly ? service.name : service.id } as const;
      const task = this.#task(definition, taskName(service.name), vscode.TaskScope.Workspace);
      task.detail = taskDetail(services.place(service));
      return task;
    });
  }

  /** The same task, with what it does; what is wrong with its definition is told where it runs. */
  resolveTask({ definition, name, scope }: vscode.Task): vscode.Task {
    return this.#task(definition as DeployDefinition, name, scope ?? vscode.TaskScope.Workspace);
  }

  #task(
    definition: DeployDefinition,
    name: string,
    scope: vscode.WorkspaceFolder | vscode.TaskScope,
  ): vscode.Task {
    // What VS Code passes has the values of variables in their place.
    const execution = new vscode.CustomExecution(resolved => Promise.resolve(this.#terminalFor(resolved)));
    // No patterns of its own: with none told, VS Code asks for some.
    return new vscode.Task(definition, scope, name, taskSource, execution, []);
  }

  #terminalFor(definition: vscode.TaskDefinition): DeployTerminal {
    const read = readDefinition(definition);
    if (!read.ok) return this.#terminal(() => Promise.resolve({ kind: "refused", text: read.text }));
    const { service: named, wanted, wait } = read.order;
    return this.#terminal(async begun => {
      if (!(await this.#parts.signIn())) return { kind: "left" };
      const found = await this.#find(named);
      if (typeof found === "string") return { kind: "refused", text: found };
      return this.#parts.trigger.run({ origin: "task", service: found, wanted, withOptions: false, begun });
    }, wait);
  }

  #terminal(begin: Begin, wait?: boolean): DeployTerminal {
    return new DeployTerminal(this.#parts.terminal, begin, wait);
  }

  /** The service, or why it cannot be told which it is. @throws what the services could not be loaded for */
  async #find(named: string): Promise<Service | string> {
    const { services } = this.#parts;
    await services.load();
    const { listing } = services;
    const found = serviceNamed(named, listing.services);
    if (found.kind === "one") return found.service;
    if (found.kind === "several") return severalServicesText(named, found.services.length);
    if (listing.state === "failed") throw listing.error;
    const unlisted = isServiceId(named) ? await services.find(named) : undefined;
    return unlisted ?? noServiceText(named);
  }
}
