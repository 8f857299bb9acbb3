import { Readable } from "node:stream";
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { ApiError } from "./apiError";
import { type Context, queryOf } from "./context";
import type { Fault, Faults, SocketFaults } from "./faults";
import type { Budget, RateLimits } from "./rateLimits";
import type { RecordedRequest, RequestLog } from "./requestLog";
import { addBlueprintRoutes } from "./routes/blueprints";
import { addDeployRoutes } from "./routes/deploys";
import { addEventRoutes } from "./routes/events";
import { addLogSocket, type LogSockets } from "./routes/logSocket";
import { addLogRoutes } from "./routes/logs";
import { addServiceRoutes } from "./routes/services";
import { addWorkspaceRoutes } from "./routes/workspaces";
import { answerInstead, spoil } from "./spoilAnswer";

/** What surrounds the routes. */
export interface Surroundings {
  key: string;
  faults: Faults;
  socketFaults: SocketFaults;
  sockets: LogSockets;
  rateLimits: RateLimits;
  log: RequestLog;
}

const json = "application/json; charset=utf-8";

/** The part of a request id that stays while a server runs (Render API: what real replies look like). */
const server = "api-6f5d8c9b74-q8x2k/HarborSim0";

/** Render's API as a Fastify server that does not listen yet. */
export function buildServer(
  context: Context,
  { key, faults, socketFaults, sockets, rateLimits, log }: Surroundings,
): FastifyInstance {
  const app = fastify({ forceCloseConnections: true, exposeHeadRoutes: false, bodyLimit: 10 * 1024 * 1024 });
  const seen = new WeakMap<FastifyRequest, { entry: RecordedRequest; fault: Fault | undefined }>();
  const { clock, settings } = context;
  let served = 0;

  // Bodies are kept as they came: a body that is no JSON is the routes' business, and still recorded.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "string" }, (_request, body, done) => {
    done(null, parsed(body.toString()));
  });

  app.addHook("preHandler", async (request, reply) => {
    const path = pathOf(request);
    const entry: RecordedRequest = {
      method: request.method,
      path,
      query: queryOf(request),
      body: request.body,
      status: 0,
      taken: false,
      at: clock.now(),
      authorized: request.headers.authorization === `Bearer ${key}`,
    };
    log.add(entry);
    const fault = faults.take(request.method, path);
    if (fault !== undefined) entry.fault = fault.kind;
    if (fault?.kind === "delay") {
      await new Promise<void>(resolve => {
        clock.after(fault.ms, resolve);
      });
    }
    void reply.headers({
      date: new Date(clock.now()).toUTCString(),
      "render-request-id": `${server}-${String(++served).padStart(6, "0")}`,
    });
    if (fault !== undefined) {
      limitHeaders(reply, rateLimits.peek(request.method, path, settings.limits));
      if (answerInstead(fault, request, reply)) {
        entry.status = fault.kind === "cutBefore" ? 0 : reply.statusCode;
        return reply;
      }
    }
    entry.taken = true;
    seen.set(request, { entry, fault });
    admit(request, reply, entry);
    return undefined;
  });

  const admit = (
    request: FastifyRequest,
    reply: FastifyReply,
    { path, authorized }: RecordedRequest,
  ): void => {
    const { limits, quirks } = settings;
    if (!authorized) {
      limitHeaders(reply, rateLimits.peek(request.method, path, limits));
      throw new ApiError(401, "unauthorized");
    }
    const budget = rateLimits.spend(request.method, path, limits, quirks.refusedCallsCount);
    limitHeaders(reply, budget);
    if (budget.refused) {
      if (quirks.retryAfterHeader) void reply.header("retry-after", secondsUntil(budget.resetsAt));
      throw new ApiError(429, "rate limit exceeded");
    }
    const accept = request.headers.accept ?? "*/*";
    if (declares406(path) && !/\*\/\*|application\/(?:\*|json)/i.test(accept))
      throw new ApiError(406, "only application/json is sent");
  };

  const secondsUntil = (at: number): number => Math.floor((at - 1 - clock.now()) / 1000);

  const limitHeaders = (reply: FastifyReply, budget: Budget): void => {
    const inSeconds = settings.quirks.rateLimitResetAs === "seconds";
    void reply.headers({
      "ratelimit-limit": budget.limit,
      "ratelimit-remaining": budget.remaining,
      "ratelimit-reset": inSeconds ? secondsUntil(budget.resetsAt) : Math.floor(budget.resetsAt / 1000),
    });
  };

  app.addHook("onSend", async (request, reply, payload) => {
    const call = seen.get(request);
    if (call === undefined) return payload;
    call.entry.status = reply.statusCode;
    if (typeof payload !== "string" || reply.statusCode >= 400) return spoilt(call.fault, payload);
    // As recorded from Render: a newline at the end, and no length beforehand.
    const body = `${payload}\n`;
    const sent = await spoilt(call.fault, body);
    return sent === body ? Readable.from([body]) : sent;

    function spoilt(fault: Fault | undefined, whole: unknown): unknown {
      return fault === undefined ? whole : spoil(fault, whole, request, reply, clock);
    }
  });

  app.setErrorHandler((error, request, reply) => {
    const status =
      error instanceof ApiError ? error.status : ((error as { statusCode?: number }).statusCode ?? 500);
    const message = error instanceof Error ? error.message : String(error);
    const { emptyErrorBody, nonJsonErrorBody, errorId, errorCode } = settings.quirks;
    void reply.code(status);
    if (emptyErrorBody) return reply.send();
    if (nonJsonErrorBody) return reply.type("text/plain; charset=utf-8").send(`upstream said: ${message}\n`);
    const body = {
      ...(errorId && { id: request.id }),
      ...(errorCode && { code: `http_${status}` }),
      // As recorded: the text of 429 has another name than that of every other error.
      [status === 429 ? "error" : "message"]: message,
    };
    // As recorded from Render, an error's body ends with a newline.
    return reply.type(json).send(`${JSON.stringify(body)}\n`);
  });

  app.setNotFoundHandler(() => {
    throw new ApiError(404, "not found");
  });
  addWorkspaceRoutes(app, context);
  addServiceRoutes(app, context);
  addDeployRoutes(app, context);
  addEventRoutes(app, context);
  addLogRoutes(app, context);
  addLogSocket(app, context, {
    sockets,
    faults: socketFaults,
    metBy: request => seen.get(request)?.fault,
    opened: request => {
      const call = seen.get(request);
      if (call !== undefined) call.entry.status = 101;
    },
  });
  addBlueprintRoutes(app, context);
  return app;
}

/** Render API: errors. What an `Accept` that cannot be met does elsewhere is not documented; it is ignored then. */
function declares406(path: string): boolean {
  return !/\/(?:cancel|rollback|events|validate)$|^\/(?:projects|environments)/.test(path);
}

/** The path below `/v1`. */
function pathOf(request: FastifyRequest): string {
  return new URL(request.url, "http://simulator").pathname.replace(/^\/v1(?=\/|$)/, "");
}

function parsed(body: string): unknown {
  if (body === "") return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
