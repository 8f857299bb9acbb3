/**
 * Takes the pictures of the README from a real run: `npm run pictures`.
 */
import { resolve } from "node:path";
import type { Locator, Page } from "playwright-core";
import sharp from "sharp";
import { pinnedEditors } from "../vscode/pinned.js";
import { pictureSettings } from "../vscode/quietSettings.js";
import { startServer } from "../vscode/startServer.js";
import { packageExtension } from "./packageExtension.js";
import { startSample } from "./tryOut.js";

/** Takes a picture of 16 colours: a quarter of the size, and nothing of text on flat colours is seen to be lost. */
async function take(what: Page | Locator, name: string): Promise<void> {
  const palette = sharp(await what.screenshot()).png({ palette: true, colours: 16, dither: 0 });
  // Each pixel stays what it is; the file is a quarter smaller than as PNG.
  await sharp(await palette.toBuffer())
    .webp({ lossless: true, effort: 6 })
    .toFile(resolve("media", name));
}

const { simulator, folder, serviceId } = await startSample(0, 6);
const server = await startServer({
  editor: pinnedEditors.newest,
  vsix: await packageExtension(),
  folder,
  settings: { "render.apiUrl": simulator.url, ...pictureSettings },
});
try {
  const window = await server.newWindow({
    colorScheme: "dark",
    size: { width: 1100, height: 640 },
    // A README is shown at most about so wide on a screen of two pixels a point.
    scale: 1.5,
  });
  const button = window.statusItem("render-deploy.render-deploy.deploy");
  await button.waitForText("Deploy", 30_000);
  await window.page.addStyleTag({
    content: `#status\\.workbench\\.keyboardLayout, #status\\.forwardedPorts, #status\\.host, #status\\.notifications, #status\\.problems { display: none !important }`,
  });
  await window.palette("Render: Set API Key");
  await window.quick.answer(simulator.key);
  await window.toast("Signed in to Render as");
  await window.clearToasts();
  await window.openView("Render");
  await (await window.tree().row("lighthouse")).click();
  await window
    .tree()
    .row("Live 5", 1)
    .catch(() => undefined);

  await button.click();
  await (await window.modal()).click("Deploy");
  await window.toast("Deploying lighthouse: Building");
  await window.tree().row(`Building ${simulator.deploysOf(serviceId)[0]?.commit?.id.slice(0, 7) ?? ""}`);
  await button.waitForText(/Building · [3-9] s/u);
  await window.page.mouse.move(600, 300);
  await take(window.page, "deploying.webp");

  const live = await window.toast("lighthouse is live with", 60_000);
  const before = simulator.deploysOf(serviceId).find(({ status }) => status === "deactivated");
  await window.tree().row(`Replaced ${before?.commit?.id.slice(0, 7) ?? ""}`);
  await window.page.mouse.move(600, 300);
  await take(window.page.locator(".part.sidebar"), "tree.webp");
  await live.click("Show Output");
  await window.panelLines();
  await window.clearToasts();
  await take(window.page.locator(".part.panel"), "output.webp");
  await window.close();
} finally {
  await server.stop();
  await simulator.close();
}
