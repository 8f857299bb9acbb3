import type { RenderClient, TriggerAnswer } from "../../src/render/client.js";
import type { ServiceEvent } from "../../src/render/eventShapes.js";
import type { Deploy } from "../../src/render/shapes.js";

type Answer<T> = T | Error;

/** A Render that gives the scripted answers in order, an error by throwing it, and fails when asked once too often. */
export class ScriptedRender implements Pick<
  RenderClient,
  "listDeploys" | "getDeploy" | "triggerDeploy" | "rollBack" | "cancelDeploy" | "events"
> {
  readonly calls: string[] = [];
  readonly lists: Answer<Deploy[]>[] = [];
  readonly deploys: Answer<Deploy>[] = [];
  readonly triggers: Answer<TriggerAnswer>[] = [];
  readonly rollbacks: Answer<Deploy>[] = [];
  readonly happened: ServiceEvent[] = [];
  readonly cancels: Answer<Deploy>[] = [];

  listDeploys(serviceId: string): Promise<Deploy[]> {
    return this.#answer(`list ${serviceId}`, this.lists);
  }

  getDeploy(serviceId: string, deployId: string): Promise<Deploy> {
    return this.#answer(`get ${serviceId}/${deployId}`, this.deploys);
  }

  triggerDeploy(serviceId: string, body: object): Promise<TriggerAnswer> {
    return this.#answer(`trigger ${serviceId} ${JSON.stringify(body)}`, this.triggers);
  }

  rollBack(serviceId: string, deployId: string): Promise<Deploy> {
    return this.#answer(`roll back ${serviceId} to ${deployId}`, this.rollbacks);
  }

  cancelDeploy(serviceId: string, deployId: string): Promise<Deploy> {
    return this.#answer(`cancel ${serviceId}/${deployId}`, this.cancels);
  }

  /** Gives them all each time. */
  async *events(): AsyncGenerator<ServiceEvent[]> {
    await Promise.resolve();
    yield this.happened;
  }

  async #answer<T>(call: string, answers: Answer<T>[]): Promise<T> {
    this.calls.push(call);
    await Promise.resolve();
    const answer = answers.shift();
    if (answer === undefined) throw new Error(`asked once too often: ${call}`);
    if (answer instanceof Error) throw answer;
    return answer;
  }
}
