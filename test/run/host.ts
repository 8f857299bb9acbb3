/**
 * Runs the tests of test/host inside VS Code, with the packaged extension.
 *
 *   node out/test/run/host.js [oldest|newest] [--grep TEXT]
 *
 * `RENDER_TEST_HOST` is `desktop` or `server` to have one of them and not the other.
 */
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { sampleRepository, startSimulator } from "../simulator/simulator.js";
import { loadedFor } from "../bench/goals.js";
import { Bundle } from "../support/bundle.js";
import { createRepository } from "../support/gitRepository.js";
import { pinnedEditors } from "../vscode/pinned.js";
import { runInHost } from "../vscode/runInHost.js";
import type { TestCounts } from "../vscode/testCounts.js";

const { values, positionals } = parseArgs({ allowPositionals: true, options: { grep: { type: "string" } } });
const name = positionals[0] === "oldest" ? "oldest" : "newest";
const editor = pinnedEditors[name];

const temporary = await mkdtemp(join(tmpdir(), "render-host-"));
const simulator = await startSimulator({ speed: 20 });
try {
  const folder = join(temporary, "lighthouse");
  const { remote } = sampleRepository.lighthouse;
  await createRepository({ folder, remote, commits: ["Light the lamp", "Turn the lamp faster in fog"] });
  const idle = (await Bundle.read()).loadedWith(...loadedFor.idle);
  const env = {
    RENDER_TEST_VERSION: editor.version,
    RENDER_TEST_SIMULATOR: simulator.url,
    RENDER_TEST_SERVICE: sampleRepository.lighthouse.serviceId,
    RENDER_TEST_KEY: simulator.key,
    RENDER_TEST_IDLE_FILES: idle.files.map(file => basename(file)).join(","),
    ...(values.grep === undefined ? {} : { RENDER_TEST_GREP: values.grep }),
  };
  const common = {
    editor,
    folder,
    settings: { "render.apiUrl": simulator.url },
    evidence: join("out/failures", `host ${name}`),
    env,
  };
  const vsix = resolve(process.env["RENDER_TEST_VSIX"] ?? "render-deploy.vsix");
  const packaged = await runInHost({ ...common, extension: { vsix } });
  const development = await sleepingExtension(temporary);
  const tests = resolve("out/test/lifecycle/index.cjs");
  const lifecycle = await runInHost({ ...common, extension: { development }, tests });
  const counts = added(packaged, lifecycle);
  const results = process.env["RENDER_TEST_RESULTS"];
  if (results !== undefined) await writeFile(results, JSON.stringify(counts));
  if (counts.failures > 0 || counts.pending > 0 || counts.passes === 0) process.exitCode = 1;
} finally {
  await simulator.close();
  await rm(temporary, { recursive: true, force: true });
}

/** A copy of the built extension that VS Code knows but does not start by itself. */
async function sleepingExtension(parent: string): Promise<string> {
  const copy = join(parent, "sleeping");
  const manifest = JSON.parse(await readFile("package.json", "utf8")) as Record<string, unknown>;
  await cp("dist", join(copy, "dist"), { recursive: true });
  await cp("media", join(copy, "media"), { recursive: true });
  // Where VS Code starts it all the same, as somebody looks at its view or asks for a command, it starts nothing.
  await writeFile(join(copy, "nothing.mjs"), "export function activate() {}\n");
  const asleep = { ...manifest, activationEvents: [], main: "./nothing.mjs" };
  await writeFile(join(copy, "package.json"), JSON.stringify(asleep));
  return copy;
}

function added(one: TestCounts, other: TestCounts): TestCounts {
  return {
    tests: one.tests + other.tests,
    passes: one.passes + other.passes,
    failures: one.failures + other.failures,
    pending: one.pending + other.pending,
  };
}
