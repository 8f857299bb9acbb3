/**
 * Builds everything that runs.
 *
 *   node esbuild.mjs                the extension (minified, into dist/) and all tests and tools (into out/)
 *   node esbuild.mjs --watch        the extension only, again at each change, with readable output
 *
 * The extension is an ES module (VS Code 1.100 and later load those), so what it imports dynamically becomes a
 * chunk of its own that is read from disk only when it is needed.
 */
import { readFile, rm, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import * as esbuild from "esbuild";

const watch = process.argv.includes("--watch");

/**
 * Keeps what works when VS Code starts in one file. esbuild splits by who needs what, so that each module of the start that
 * a part needs too would be a file of its own; where every part needs the whole start, there is one.
 * @type {esbuild.Plugin}
 */
const startInOneFile = {
  name: "start-in-one-file",
  setup(build) {
    build.onLoad({ filter: /[\\/]create(?:Connection)?\.ts$/ }, async ({ path }) => ({
      contents: `${await readFile(path, "utf8")}\nimport ${JSON.stringify(resolve("src/extension.ts"))};\n`,
      loader: "ts",
    }));
  },
};

/**
 * A WebSocket is CommonJS that loads Node's own modules, which cannot become part of an ES module: it is a file of its own.
 * @type {esbuild.Plugin}
 */
const webSocketBeside = {
  name: "web-socket-beside",
  setup(build) {
    build.onResolve({ filter: /^ws$/ }, () => ({ path: "./ws.cjs", external: true }));
  },
};

/**
 * node-fetch brings streams along for a Node that has none. Every VS Code that runs this has its own.
 * @type {esbuild.Plugin}
 */
const withoutPolyfill = {
  name: "without-polyfill",
  setup(build) {
    build.onResolve({ filter: /^web-streams-polyfill/ }, ({ path }) => ({ path, namespace: "none" }));
    build.onLoad({ filter: /./, namespace: "none" }, () => ({ contents: "" }));
  },
};

/** @type {esbuild.BuildOptions} */
const webSocket = {
  entryPoints: { ws: "./node_modules/ws/lib/websocket.js" },
  outdir: "dist",
  outExtension: { ".js": ".cjs" },
  bundle: true,
  format: "cjs",
  platform: "node",
  target: "node20",
  minify: true,
  legalComments: "none",
};

/** @type {esbuild.BuildOptions} */
const extension = {
  entryPoints: ["src/extension.ts"],
  plugins: [startInOneFile, webSocketBeside, withoutPolyfill],
  outdir: "dist",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20",
  external: ["vscode"],
  // Its ES modules: what Node would load is CommonJS, which cannot be cut down to what is used.
  alias: { yaml: "./node_modules/yaml/browser/index.js" },
  minify: !watch,
  sourcemap: watch ? "inline" : false,
  legalComments: "none",
  logLevel: watch ? "info" : "warning",
};

/** Tests and tools that run in plain Node. Packages stay outside, so that their own files are found. */
/** @type {esbuild.BuildOptions} */
const tests = {
  entryPoints: [
    "test/unit/**/*.test.ts",
    "test/simulator/**/*.test.ts",
    "test/faults/**/*.test.ts",
    "test/simulator/main.ts",
    "test/ui/*.test.ts",
    "test/run/*.ts",
    "test/try/*.ts",
    "test/bench/*.ts",
  ],
  outdir: "out",
  outbase: ".",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20",
  packages: "external",
  sourcemap: true,
  logLevel: "warning",
};

/** Tests that run inside VS Code. They are CommonJS because VS Code loads its test entry that way. */
/** @type {esbuild.BuildOptions} */
const hostTests = {
  ...tests,
  entryPoints: ["host", "lifecycle"].flatMap(name => [`test/${name}/index.ts`, `test/${name}/**/*.test.ts`]),
  splitting: false,
  format: "cjs",
  external: ["vscode"],
  outExtension: { ".js": ".cjs" },
};

if (watch) {
  await esbuild.build(webSocket);
  const context = await esbuild.context(extension);
  await context.watch();
} else {
  await Promise.all([
    rm("dist", { recursive: true, force: true }),
    rm("out", { recursive: true, force: true }),
  ]);
  const [built, beside] = await Promise.all([
    esbuild.build({ ...extension, metafile: true }),
    esbuild.build({ ...webSocket, metafile: true }),
    esbuild.build(tests),
    esbuild.build(hostTests),
  ]);
  // What the extension reads at which moment is tested by this.
  const outputs = { ...built.metafile.outputs, ...beside.metafile.outputs };
  await writeFile("out/extension.meta.json", JSON.stringify({ ...built.metafile, outputs }));
}
