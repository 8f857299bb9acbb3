import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import httpProxy from "@fastify/http-proxy";
import fastify, { type FastifyInstance } from "fastify";

/**
 * Stands before a VS Code server and gives the browser what that server has none of: the half of the key that secrets
 * are encrypted with in the browser. Without it an API key would last only until the page is reloaded.
 *
 * @param port where the browser finds it. It must stay the same, as the browser keeps secrets by address.
 * @param file where the half is kept between starts
 */
export async function startKeyHalfProxy(
  upstream: string,
  port: number,
  file: string,
): Promise<FastifyInstance> {
  const half = await keyHalf(file);
  const app = fastify();
  app.post("/mint-key", (_request, reply) => reply.type("application/octet-stream").send(half));
  await app.register(httpProxy, {
    upstream,
    websocket: true,
    replyOptions: {
      rewriteRequestHeaders: (request, headers) => ({ ...headers, host: request.headers.host }),
    },
  });
  await app.listen({ host: "127.0.0.1", port });
  return app;
}

async function keyHalf(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch {
    const half = randomBytes(32);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, half, { mode: 0o600 });
    return half;
  }
}
