import { RenderClient } from "../../../../src/render/client.js";
import { setUp, type Answer } from "./localRender.js";

/** A client of a local Render that answers so, and the calls that it saw: "GET /users". */
export async function startClient(answer: Answer) {
  const { http, server, clock, log } = await setUp(answer);
  const urls = () => server.seen.map(seen => `${seen.method} ${seen.url.replace("/v1", "")}`);
  return { render: new RenderClient(http), server, clock, log, urls };
}

/** All pages, as they came. */
export async function all<T>(pages: AsyncGenerator<T[]>): Promise<T[][]> {
  const list: T[][] = [];
  for await (const page of pages) list.push(page);
  return list;
}
