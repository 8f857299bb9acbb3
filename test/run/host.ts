/**
 * Runs the tests of test/host inside VS Code, with the packaged extension.
 *
 *   node out/test/run/host.js [oldest|newest] [--grep TEXT]
 *
 * `RENDER_TEST_HOST` is `desktop` or `server` to have one of them and not the other.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { sampleRepository, startSimulator } from "../simulator/simulator.js";
import { createRepository } from "../support/gitRepository.js";
import { pinnedEditors } from "../vscode/pinned.js";
import { runInHost } from "../vscode/runInHost.js";

const { values, positionals } = parseArgs({ allowPositionals: true, options: { grep: { type: "string" } } });
const name = positionals[0] === "oldest" ? "oldest" : "newest";
const editor = pinnedEditors[name];

const temporary = await mkdtemp(join(tmpdir(), "render-host-"));
const simulator = await startSimulator({ speed: 20 });
try {
  const folder = join(temporary, "lighthouse");
  const { remote } = sampleRepository.lighthouse;
  await createRepository({ folder, remote, commits: ["Light the lamp", "Turn the lamp faster in fog"] });
  const counts = await runInHost({
    editor,
    folder,
    settings: { "render.apiUrl": simulator.url },
    extension: { vsix: resolve(process.env["RENDER_TEST_VSIX"] ?? "render-deploy.vsix") },
    evidence: join("out/failures", `host ${name}`),
    env: {
      RENDER_TEST_VERSION: editor.version,
      RENDER_TEST_SIMULATOR: simulator.url,
      RENDER_TEST_KEY: simulator.key,
      ...(values.grep === undefined ? {} : { RENDER_TEST_GREP: values.grep }),
    },
  });
  const results = process.env["RENDER_TEST_RESULTS"];
  if (results !== undefined) await writeFile(results, JSON.stringify(counts));
  if (counts.failures > 0 || counts.pending > 0 || counts.passes === 0) process.exitCode = 1;
} finally {
  await simulator.close();
  await rm(temporary, { recursive: true, force: true });
}
