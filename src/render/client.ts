import { parse, type GenericSchema } from "valibot";
import { pathOf, type Query } from "./http/address.js";
import {
  blueprintPage,
  blueprintSchema,
  validationSchema,
  type Blueprint,
  type BlueprintResource,
  type Validation,
} from "./blueprintShapes.js";
import { RenderError } from "./errors.js";
import { eventPage, type ServiceEvent } from "./eventShapes.js";
import { cursorIn, rawList, type OddEntry, type PageEntry } from "./entries.js";
import { logPage, type LogEntry } from "./logShapes.js";
import type { GetOptions, RenderHttp } from "./http/http.js";
import type { Socket, SocketListener } from "./http/socket.js";
import {
  deployPage,
  deploySchema,
  environmentPage,
  environmentSchema,
  instancesSchema,
  ownerPage,
  projectPage,
  servicePage,
  serviceSchema,
  userSchema,
  type Deploy,
  type Environment,
  type Instance,
  type Owner,
  type Project,
  type Service,
  type User,
} from "./shapes.js";

/** What a deploy is asked for. `deployMode` goes with none of the others (Render API: deploys). */
export interface TriggerBody {
  commitId?: string;
  imageUrl?: string;
  clearCache?: "clear";
  deployMode?: "deploy_only";
}

/** Told of the entries of a list that cannot be used and were left out; each is in the log already. */
export type LeftOut = (odd: readonly OddEntry[]) => void;

/** `queued`: accepted, but no deploy exists yet whose id could be told. */
export type TriggerAnswer = { kind: "created"; deploy: Deploy } | { kind: "queued" };

/** Which lines of a log are asked for. */
export interface LogQuery {
  readonly ownerId: string;
  readonly serviceId: string;
  /** Milliseconds since the epoch; what was written in that very moment is among them. */
  readonly from: number;
  readonly filter?: LogFilter;
}

/** Which lines are wanted of a log; of several values, each will do (Render API: logs). */
export interface LogFilter {
  /** What wrote them: `app`, `request`, `build`. */
  readonly types?: readonly string[];
  /** `debug` to `emergency`. */
  readonly levels?: readonly string[];
  readonly instances?: readonly string[];
  /** `*` stands for anything; between slashes it is a regular expression. */
  readonly text?: string;
}

/** The most that Render gives in one page. */
const PAGE_SIZE = 100;

/** Far more than anybody has: a list that goes on longer is not believed to end. */
const MOST_PAGES = 500;

/** Ids in one query, so that an address stays far below the 8 kB that servers commonly accept. */
const IDS_PER_QUERY = 100;

/**
 * The part of Render's REST API that the extension uses. All methods reject with a `RenderError`, with kind `aborted`
 * as soon as the signal is aborted. Lists come a page at a time, as they arrive; an empty page is not given.
 */
export class RenderClient {
  readonly #http: RenderHttp;
  readonly #background: boolean;

  /** @param options `background`: nobody waits for what is read, so it keeps to the pace of the rate limits */
  constructor(http: RenderHttp, options: { readonly background: boolean } = { background: false }) {
    this.#http = http;
    this.#background = options.background;
  }

  /** The person whom the key belongs to. One try only, as this is how a key is checked while somebody waits. */
  getUser(signal: AbortSignal): Promise<User> {
    return this.#http.get("/users", { name: "user", schema: userSchema, retry: false, signal });
  }

  /** All workspaces that the key reaches. */
  owners(signal: AbortSignal, leftOut?: LeftOut): AsyncGenerator<Owner[]> {
    return this.#pages("/owners", "owners", ownerPage, {}, signal, leftOut);
  }

  /**
   * The services of these workspaces: without `ownerIds` of all of them, with an empty list of none. While somebody
   * waits, the next page is asked for before this one is read, as it is known to be wanted.
   */
  async *services(
    options: { includePreviews: boolean; ownerIds?: readonly string[] },
    signal: AbortSignal,
    leftOut?: LeftOut,
  ): AsyncGenerator<Service[]> {
    const { includePreviews, ownerIds } = options;
    const isAhead = !this.#background;
    for (const ownerId of ownerIds === undefined ? [undefined] : batches(ownerIds)) {
      const query = { includePreviews, ownerId };
      yield* this.#pages("/services", "services", servicePage, query, signal, leftOut, isAhead);
    }
  }

  projects(signal: AbortSignal, leftOut?: LeftOut): AsyncGenerator<Project[]> {
    return this.#pages("/projects", "projects", projectPage, {}, signal, leftOut);
  }

  /** The environments of these projects; none, and no request, for an empty list. */
  async *environments(
    projectIds: readonly string[],
    signal: AbortSignal,
    leftOut?: LeftOut,
  ): AsyncGenerator<Environment[]> {
    for (const projectId of batches(projectIds))
      yield* this.#pages("/environments", "environments", environmentPage, { projectId }, signal, leftOut);
  }

  async getEnvironment(environmentId: string, signal: AbortSignal): Promise<Environment> {
    const path = pathOf`/environments/${environmentId}`;
    return this.#get(path, { name: "environment", schema: environmentSchema, signal });
  }

  async getService(serviceId: string, signal: AbortSignal): Promise<Service> {
    const path = pathOf`/services/${serviceId}`;
    return this.#get(path, { name: "service", schema: serviceSchema, signal });
  }

  /** The first `limit` (1 to 100) deploys that Render lists, newest first by `createdAt`, those without it last. */
  async listDeploys(
    serviceId: string,
    options: { limit: number },
    signal: AbortSignal,
    leftOut?: LeftOut,
  ): Promise<Deploy[]> {
    const path = pathOf`/services/${serviceId}/deploys`;
    const limit = Math.min(PAGE_SIZE, Math.max(1, Math.floor(options.limit)));
    const page = await this.#get(path, {
      query: { limit },
      name: "deploys",
      schema: deployPage,
      signal,
    });
    const createdAt = (deploy: Deploy): number => deploy.createdAt ?? -Infinity;
    // Two deploys without a time make NaN, which sorts as equal.
    return this.#itemsOf(path, page, leftOut).sort((a, b) => createdAt(b) - createdAt(a));
  }

  async getDeploy(serviceId: string, deployId: string, signal: AbortSignal): Promise<Deploy> {
    const path = pathOf`/services/${serviceId}/deploys/${deployId}`;
    return this.#get(path, { name: "deploy", schema: deploySchema, signal });
  }

  /** Asks for a deploy, exactly once. After an error with `maybeReceived` Render may have begun one all the same. */
  async triggerDeploy(serviceId: string, body: TriggerBody, signal: AbortSignal): Promise<TriggerAnswer> {
    const path = pathOf`/services/${serviceId}/deploys`;
    const reply = await this.#http.post(path, body, { hopedFor: [201, 202], signal });
    return reply.status === 202
      ? { kind: "queued" }
      : { kind: "created", deploy: reply.read("deploy", deploySchema) };
  }

  async cancelDeploy(serviceId: string, deployId: string, signal: AbortSignal): Promise<Deploy> {
    const path = pathOf`/services/${serviceId}/deploys/${deployId}/cancel`;
    const reply = await this.#http.post(path, undefined, { hopedFor: [200], signal });
    return reply.read("deploy", deploySchema);
  }

  /** What happened to a service between two times (milliseconds since the epoch), in no order that Render promises. */
  events(
    serviceId: string,
    options: { readonly types: readonly string[]; readonly from: number; readonly until: number },
    signal: AbortSignal,
  ): AsyncGenerator<ServiceEvent[]> {
    const [startTime, endTime] = [options.from, options.until].map(ms => new Date(ms).toISOString());
    const query = { type: options.types, startTime, endTime };
    return this.#pages(pathOf`/services/${serviceId}/events`, "events", eventPage, query, signal);
  }

  /**
   * What a service wrote between two times (milliseconds since the epoch), newest page first, or oldest first where that is
   * asked for. Within a page the order is not promised, and where pages meet a line may come twice.
   */
  async *logs(
    {
      from,
      until,
      direction = "backward",
      ...of
    }: LogQuery & {
      readonly until: number;
      readonly direction?: "backward" | "forward";
    },
    signal: AbortSignal,
  ): AsyncGenerator<LogEntry[]> {
    let [startTime, endTime] = [from, until].map(ms => new Date(ms).toISOString());
    for (let pages = 0; pages < MOST_PAGES; pages++) {
      const query = { ...logQuery(of), startTime, endTime, direction, limit: PAGE_SIZE };
      const page = await this.#get("/logs", { query, name: "logs", schema: logPage, signal });
      yield this.#itemsOf("/logs", page.logs);
      const { hasMore, nextStartTime, nextEndTime } = page;
      const isSame = nextStartTime === startTime && nextEndTime === endTime;
      if (!hasMore || nextStartTime === undefined || nextEndTime === undefined || isSame) return;
      [startTime, endTime] = [nextStartTime, nextEndTime];
    }
  }

  /**
   * Asks once for a socket that gives what a service has written since a time and goes on to write; see `logMessage`.
   *
   * @throws {RenderError} where it cannot even be asked for
   */
  logSocket({ from, ...of }: LogQuery, listener: SocketListener, signal: AbortSignal): Promise<Socket> {
    const query = { ...logQuery(of), startTime: new Date(from).toISOString() };
    return this.#http.socket("/logs/subscribe", query, listener, signal);
  }

  /** The Blueprints of all workspaces that the key reaches. */
  blueprints(signal: AbortSignal, leftOut?: LeftOut): AsyncGenerator<Blueprint[]> {
    return this.#pages("/blueprints", "blueprints", blueprintPage, {}, signal, leftOut);
  }

  /** A Blueprint with what it controls. */
  async blueprint(
    blueprintId: string,
    signal: AbortSignal,
    leftOut?: LeftOut,
  ): Promise<Blueprint & { resources: BlueprintResource[] }> {
    const path = pathOf`/blueprints/${blueprintId}`;
    const read = await this.#get(path, { name: "blueprint", schema: blueprintSchema, signal });
    return { ...read, resources: this.#itemsOf(path, read.resources, leftOut) };
  }

  /** Lets Render check a Blueprint file of at most 10 MB for a workspace. Nothing at Render changes. One try only. */
  async validateBlueprint(ownerId: string, text: string, signal: AbortSignal): Promise<Validation> {
    const parts = [
      { name: "ownerId", text: ownerId },
      { name: "file", text, fileName: "render.yaml" },
    ];
    const path = "/blueprints/validate";
    const reply = await this.#http.postForm(path, parts, { hopedFor: [200], signal });
    const read = reply.read("validation", validationSchema);
    return read.valid ? read : { ...read, errors: this.#itemsOf(path, read.errors) };
  }

  /**
   * Asks for the build of an earlier deploy to be deployed once more, exactly once. Gives the new deploy. After an
   * error with `maybeReceived` Render may have begun it all the same.
   */
  async rollBack(serviceId: string, deployId: string, signal: AbortSignal): Promise<Deploy> {
    const path = pathOf`/services/${serviceId}/rollback`;
    const reply = await this.#http.post(path, { deployId }, { hopedFor: [201], signal });
    return reply.read("deploy", deploySchema);
  }

  /** Asks once. The service is suspended (or resumed) some time after the answer. */
  async suspendService(serviceId: string, signal: AbortSignal): Promise<void> {
    await this.#http.post(pathOf`/services/${serviceId}/suspend`, undefined, { hopedFor: [202], signal });
  }

  async resumeService(serviceId: string, signal: AbortSignal): Promise<void> {
    await this.#http.post(pathOf`/services/${serviceId}/resume`, undefined, { hopedFor: [202], signal });
  }

  async restartService(serviceId: string, signal: AbortSignal): Promise<void> {
    await this.#http.post(pathOf`/services/${serviceId}/restart`, undefined, { hopedFor: [200], signal });
  }

  /** The instances that run now. The list has no pages (Render API: services). */
  async instances(serviceId: string, signal: AbortSignal): Promise<Instance[]> {
    const path = pathOf`/services/${serviceId}/instances`;
    return this.#itemsOf(path, await this.#get(path, { name: "instances", schema: instancesSchema, signal }));
  }

  /** What of a list can be used; the rest is told. */
  #itemsOf<T>(path: string, entries: readonly PageEntry<T>[], leftOut?: LeftOut): T[] {
    const odd = entries.flatMap(entry => entry.odd ?? []);
    if (odd.length > 0) {
      this.#http.tellLeftOut(path, odd);
      leftOut?.(odd);
    }
    return entries.flatMap(({ item }) => (item === undefined ? [] : [item]));
  }

  #get<T>(path: string, options: Omit<GetOptions<T>, "background">): Promise<T> {
    // Whoever reads in the background looks again anyway, so a failure there is not tried again at once.
    const retry = !this.#background && (options.retry ?? true);
    return this.#http.get(path, { ...options, retry, background: this.#background });
  }

  /**
   * Render API: cursor pagination. Wrappers without an object are skipped, as the schema allows them. A page that is
   * short, empty, or whose last wrapper has no cursor is the last one. Where that cursor cannot be read, the list goes on
   * after the last one that can.
   */
  async *#pages<T>(
    path: string,
    name: string,
    schema: GenericSchema<unknown, PageEntry<T>[]>,
    query: Query,
    signal: AbortSignal,
    leftOut?: LeftOut,
    isAhead = false,
  ): AsyncGenerator<T[]> {
    const seen = new Set<string>();
    const left = new AbortController();
    const leave = (): void => {
      left.abort();
    };
    const ask = (cursor: string | undefined): Promise<unknown[]> => {
      const page = { query: { ...query, limit: PAGE_SIZE, cursor }, name, schema: rawList };
      const asked = this.#get(path, { ...page, signal: left.signal });
      // It may fail before anybody looks.
      asked.catch(() => undefined);
      return asked;
    };
    signal.addEventListener("abort", leave);
    if (signal.aborted) leave();
    try {
      let ahead: Promise<unknown[]> | undefined;
      let cursor: string | undefined;
      for (let pages = 1; pages <= MOST_PAGES; pages++) {
        const list = await (ahead ?? ask(cursor));
        const last = endOf(list);
        cursor = last < 0 ? undefined : cursorIn(list[last]).cursor;
        const isRepeated = cursor !== undefined && seen.has(cursor);
        const goesOn = list.length >= PAGE_SIZE && cursor !== undefined;
        ahead = isAhead && goesOn && !isRepeated && pages < MOST_PAGES ? ask(cursor) : undefined;
        // What is asked for leaves in one of the next turns, and reading takes longer than a turn should.
        if (ahead) await this.#http.nextTurn(left.signal);
        const items = this.#itemsOf(path, parse(schema, last < 0 ? list : list.slice(0, last + 1)), leftOut);
        if (items.length > 0) yield items;
        if (!goesOn || cursor === undefined) return;
        if (isRepeated) throw new RenderError("badShape", { method: "GET", path, field: "cursor" });
        seen.add(cursor);
      }
      throw new RenderError("tooLarge", { method: "GET", path });
    } finally {
      signal.removeEventListener("abort", leave);
      leave();
    }
  }
}

/** The place in a page behind which nothing of it is used; below 0 for all of it. */
function endOf(list: readonly unknown[]): number {
  const isCut = list.length === PAGE_SIZE && cursorIn(list.at(-1)).isCursorOdd === true;
  return isCut ? list.findLastIndex(each => cursorIn(each).cursor !== undefined) : list.length - 1;
}

function logQuery({ ownerId, serviceId, filter = {} }: Omit<LogQuery, "from">): Query {
  const { types, levels, instances, text } = filter;
  const each = (values: readonly string[] | undefined): Query[string] => values && { each: values };
  return {
    ownerId,
    resource: serviceId,
    type: each(types),
    level: each(levels),
    instance: each(instances),
    text,
  };
}

function* batches(ids: readonly string[]): Generator<string[]> {
  for (let from = 0; from < ids.length; from += IDS_PER_QUERY) yield ids.slice(from, from + IDS_PER_QUERY);
}
