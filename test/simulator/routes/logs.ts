import type { FastifyInstance } from "fastify";
import { type Context, queryOf } from "../context";
import { LogQuery } from "../logQuery";
import { limitOf } from "../paging";
import { finish } from "../replies";
import { nanoTimestamp } from "../timestamps";

const hour = 3_600_000_000_000n;

/** Log lines, page by page (Render API: logs). */
export function addLogRoutes(app: FastifyInstance, context: Context): void {
  app.get("/v1/logs", request => {
    const { quirks } = context.settings;
    const query = new LogQuery(queryOf(request), context);
    const limit = limitOf(queryOf(request), quirks.logLimitAbove100);
    const now = BigInt(Math.floor(context.clock.now())) * 1_000_000n;
    const { start = now - hour, end = now, direction } = query;
    const found = query.dated(start, end < now ? end : now);
    const hasMore = found.length > limit;
    const sent = direction === "forward" ? found.slice(0, limit) : found.slice(-limit);
    // The page's edge; what these two say when there is no more is not documented.
    const next = {
      nextStartTime: direction === "forward" && hasMore ? (sent.at(-1)?.at ?? start) + 1n : start,
      nextEndTime: direction === "backward" && hasMore ? (sent[0]?.at ?? end) - 1n : end,
    };
    const lines = (quirks.logOrder === "ascending" ? sent : sent.toReversed()).map(({ line }) =>
      finish("log", quirks, line),
    );
    return finish("logs", quirks, {
      hasMore,
      nextStartTime: nanoTimestamp(next.nextStartTime),
      nextEndTime: nanoTimestamp(next.nextEndTime),
      logs: lines.length === 0 && quirks.logsNull ? null : lines,
    });
  });
}
