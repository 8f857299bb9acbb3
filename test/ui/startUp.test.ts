import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { eventually } from "../vscode/eventually.js";
import { withStage } from "./onStage.js";

describe("Starting", () => {
  it("asks nothing of Render before a person does", async () => {
    await withStage({}, async stage => {
      const window = await stage.newWindow();
      await window.openView("Explorer");
      await window.clearToasts();
      assert.deepEqual(stage.simulator.requests, []);
    });
  });

  it("goes through the proxy that VS Code is set up to use", async () => {
    const tunnels: string[] = [];
    const proxy = createServer().on("connect", (request, socket) => {
      tunnels.push(request.url ?? "");
      socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
    });
    proxy.listen(0, "127.0.0.1");
    await once(proxy, "listening");
    const { port } = proxy.address() as AddressInfo;
    const options = {
      settings: {
        "render.apiUrl": "https://api.render.example/v1",
        "http.proxy": `http://127.0.0.1:${port}`,
      },
    };
    await withStage(options, async stage => {
      const window = await stage.newWindow();
      await window.palette("Render: Set API Key");
      await window.quick.type("rnd_any");
      await window.quick.accept();
      await eventually(
        "a tunnel to Render's API",
        () => tunnels.includes("api.render.example:443") || undefined,
      );
      await eventually(
        "the reason why the key was not kept",
        async () =>
          /^Could not check the key: .* Nothing was kept\./u.test(await window.quick.message()) || undefined,
      );
    }).finally(() => proxy.close());
  });
});
