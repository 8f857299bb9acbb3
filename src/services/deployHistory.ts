import { UnderWay } from "../underWay.js";
import type { RenderClient } from "../render/client.js";
import type { Deploy } from "../render/shapes.js";

/** How many deploys are shown below a service; the one that is live is shown besides where it is older. */
export const historyLength = 10;

/** How many deploys are read where none of the last ones is live. */
const longHistory = 100;

/** The last deploys of one service, newest first, as far as they were read. */
export interface ServiceDeploys {
  readonly deploys: readonly Deploy[];
  /** False while only single deploys were noted and the list itself was never read. */
  readonly complete: boolean;
  readonly loading: boolean;
  /** How many of them could not be used, and so are missing; absent for none. */
  readonly unread?: number;
  /** Why the last reading failed; the deploys of the one before are still here. */
  readonly error?: unknown;
}

const unread: ServiceDeploys = { deploys: [], complete: false, loading: false };

/**
 * The last deploys of the services somebody looks at. A service object carries no deploy state (Render API, "Retrieve
 * service"), and one request for each service of a large account would be too many, so each is read only when asked for.
 */
export class DeployHistory {
  readonly #render: Pick<RenderClient, "listDeploys">;
  readonly #watch: Pick<RenderClient, "listDeploys">;
  readonly #changed: (serviceId: string) => void;
  readonly #read = new Map<string, ServiceDeploys>();
  readonly #underWay = new UnderWay();
  #stop = new AbortController();

  /**
   * @param render reads for somebody who waits
   * @param watch reads in the background, at the pace that Render's rate limits leave
   * @param changed called after each change; it must not throw
   */
  constructor(
    render: Pick<RenderClient, "listDeploys">,
    watch: Pick<RenderClient, "listDeploys">,
    changed: (serviceId: string) => void,
  ) {
    this.#render = render;
    this.#watch = watch;
    this.#changed = changed;
  }

  /** What is known; undefined when it was never asked for. */
  of(serviceId: string): ServiceDeploys | undefined {
    return this.#read.get(serviceId);
  }

  /** Reads the last deploys; joins a reading under way. Never rejects: see `ServiceDeploys.error`. */
  load(serviceId: string): Promise<void> {
    const { signal } = this.#stop;
    return this.#underWay.join(serviceId, () => this.#load(serviceId, signal));
  }

  /** Reads the last deploys once what is under way is done: for a change that it may have missed. Never rejects. */
  async reload(serviceId: string): Promise<void> {
    await this.#underWay.of(serviceId);
    await this.load(serviceId);
  }

  /** Reads the last deploys again while nobody waits. A failure changes nothing. Never rejects. */
  async refresh(serviceId: string): Promise<void> {
    const { signal } = this.#stop;
    try {
      const read = await lastDeploys(this.#watch, serviceId, signal);
      if (!signal.aborted && !this.#underWay.of(serviceId))
        this.#set(serviceId, { ...read, complete: true, loading: false });
    } catch {
      // It is tried again with the next refresh, and the account's own refresh tells why it fails.
    }
  }

  /** Takes up a newer reading of one deploy, for example from following it. */
  note(serviceId: string, deploy: Deploy): void {
    const known = this.#read.get(serviceId) ?? unread;
    const others = known.deploys.filter(({ id }) => id !== deploy.id);
    const isNew = others.length === known.deploys.length;
    const deploys = isNew
      ? shown(withDeploy(others, deploy))
      : known.deploys.map(other => (other.id === deploy.id ? deploy : other));
    this.#set(serviceId, { ...known, deploys });
  }

  /** Forgets everything that was read. */
  clear(): void {
    this.dispose();
    this.#stop = new AbortController();
    this.#underWay.forget();
    this.#read.clear();
  }

  /** Ends what is under way. */
  dispose(): void {
    this.#stop.abort();
  }

  async #load(serviceId: string, signal: AbortSignal): Promise<void> {
    const before = this.#read.get(serviceId) ?? unread;
    this.#set(serviceId, { deploys: before.deploys, complete: before.complete, loading: true });
    try {
      const read = await lastDeploys(this.#render, serviceId, signal);
      if (!signal.aborted) this.#set(serviceId, { ...read, complete: true, loading: false });
    } catch (error) {
      const { deploys, complete } = this.#read.get(serviceId) ?? unread;
      if (!signal.aborted) this.#set(serviceId, { deploys, complete, loading: false, error });
    }
  }

  #set(serviceId: string, deploys: ServiceDeploys): void {
    this.#read.set(serviceId, deploys);
    this.#changed(serviceId);
  }
}

/** After many failures in a row, what is live is further back. */
async function lastDeploys(
  render: Pick<RenderClient, "listDeploys">,
  serviceId: string,
  signal: AbortSignal,
): Promise<Pick<ServiceDeploys, "deploys" | "unread">> {
  const read = async (limit: number): Promise<Pick<ServiceDeploys, "unread"> & { deploys: Deploy[] }> => {
    let unread = 0;
    const deploys = await render.listDeploys(serviceId, { limit }, signal, odd => (unread = odd.length));
    return { deploys, ...(unread > 0 && { unread }) };
  };
  const { deploys, unread = 0 } = await read(historyLength);
  if (deploys.length + unread < historyLength || deploys.some(isLive))
    return { deploys, ...(unread > 0 && { unread }) };
  const long = await read(longHistory);
  return { ...long, deploys: shown(long.deploys) };
}

/** The deploys, newest first, with one more. */
function withDeploy(deploys: readonly Deploy[], deploy: Deploy): Deploy[] {
  const { createdAt = Infinity } = deploy;
  const place = deploys.findIndex(other => (other.createdAt ?? -Infinity) <= createdAt);
  return deploys.toSpliced(place === -1 ? deploys.length : place, 0, deploy);
}

function shown(deploys: readonly Deploy[]): Deploy[] {
  const last = deploys.slice(0, historyLength);
  const live = last.some(isLive) ? [] : deploys.filter(isLive).slice(0, 1);
  return [...last, ...live];
}

function isLive({ status }: Deploy): boolean {
  return status === "live";
}
