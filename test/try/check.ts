import { pinnedEditors } from "../vscode/pinned.js";
import { startServer } from "../vscode/startServer.js";
import { packageExtension } from "./packageExtension.js";
import { startSample } from "./tryOut.js";

/** How long a deploy of the sample may take, in milliseconds. */
const longestDeploy = 60_000;

/**
 * Walks the main job without a window: key, services, Deploy in the status bar, live. Prints each step with its time.
 * True only when the simulator says that the very commit of HEAD is live.
 */
export async function check(): Promise<boolean> {
  const step = stepper();
  const sample = await step("A local Render and a sample repository", () => startSample(0, 10));
  const { simulator, folder, head } = sample;
  const stops: (() => Promise<void>)[] = [() => simulator.close()];
  try {
    const vsix = await step("The extension as a package", () => packageExtension());
    const editor = pinnedEditors.newest;
    const server = await step(
      `VS Code ${editor.version} and a browser (the first time they are installed)`,
      () => startServer({ editor, vsix, folder, settings: { "render.apiUrl": simulator.url } }),
    );
    stops.unshift(() => server.stop());
    const window = await step("A window with the sample repository", () => server.newWindow());
    const button = window.statusItem("render-deploy.render-deploy.deploy");
    await step("The Deploy button in the status bar", () => button.waitForText("Deploy", 30_000));
    await step("Set API Key", async () => {
      await window.palette("Render: Set API Key");
      await window.quick.answer(simulator.key);
      await window.toast("Signed in to Render as");
    });
    await step("The services view shows “lighthouse”", async () => {
      await window.openView("Render");
      await window.tree().row("lighthouse");
    });
    await step(`Click Deploy and confirm HEAD (${head.slice(0, 7)})`, async () => {
      await button.click();
      const question = await window.modal();
      if (!question.text.includes(head.slice(0, 7))) throw new Error(`The question was: ${question.text}`);
      await question.click("Deploy");
    });
    await step("The notification says that it is live", () =>
      window.toast(`lighthouse is live with ${head.slice(0, 7)}`, longestDeploy),
    );
    await step("Render says so too: HEAD is the live commit", () => {
      const live = simulator.deploysOf(sample.serviceId).find(({ status }) => status === "live");
      if (live?.commit?.id !== head)
        throw new Error(`Live is ${live?.commit?.id ?? "nothing"}, HEAD is ${head}.`);
    });
    console.log("\nThe deploy went live. The set-up works.");
    return true;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    console.error("\nThe deploy did not go live. The last step above that has no ✔ is where to look.");
    return false;
  } finally {
    for (const stop of stops) await stop();
  }
}

function stepper(): <T>(name: string, work: () => Promise<T> | T) => Promise<T> {
  return async (name, work) => {
    const start = performance.now();
    const time = (): string => `${((performance.now() - start) / 1000).toFixed(1)} s`.padStart(7);
    try {
      const result = await work();
      console.log(`✔ ${time()}  ${name}`);
      return result;
    } catch (error) {
      console.log(`✖ ${time()}  ${name}`);
      throw error;
    }
  };
}
