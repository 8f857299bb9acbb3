import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import {
  chromium,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type LaunchOptions,
} from "playwright-core";
import { EditorWindow } from "./editorWindow.js";
import { ensureBrowser } from "./ensureBrowser.js";
import { ensureServer } from "./ensureServer.js";
import type { PinnedEditor } from "./pinned.js";
import { quietSettings, restrictedModeSettings, type Settings } from "./quietSettings.js";
import { startServerProcess, type ServerProcess } from "./serverProcess.js";

export interface ServerOptions {
  readonly editor: PinnedEditor;
  /** The folder the windows open. */
  readonly folder: string;
  /** User settings, over those that keep the editor quiet. They hold for all windows of the server. */
  readonly settings?: Settings;
  /** Packaged extensions to install. */
  readonly vsix?: string | readonly string[] | undefined;
  /** Whether the folder is trusted (the default) or opened in Restricted Mode. */
  readonly trusted?: boolean;
  /** Added to the environment of the extension host. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** A fixed port. Needed when a profile is to be found again: the browser keeps it by address. */
  readonly port?: number;
  /** Whether VS Code takes tests from the address; it then shows no toasts and refuses modal dialogs. */
  readonly forTests?: boolean;
  /** `false` shows the browser. `CHROMIUM_PATH` must then name one that can. */
  readonly headless?: boolean;
}

export interface WindowOptions {
  /** Opens this folder or `.code-workspace` file in place of the server's folder, or no folder with `null`. */
  readonly folder?: string | null;
  /** Opens it for the user of this window, beside it. The options about the user and the screen are its own then. */
  readonly sameUserAs?: EditorWindow;
  /** Keeps the user's state (secrets, mementos) in this folder. Without it each window is a new user. */
  readonly profileDir?: string;
  /** The browser denies access to where VS Code keeps secrets: each call of a SecretStorage then fails. */
  readonly deniesSecrets?: boolean;
  readonly colorScheme?: "dark" | "light";
  readonly size?: { readonly width: number; readonly height: number };
  /** Pixels for each point, 2 for sharp pictures. */
  readonly scale?: number;
}

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

/** VS Code in a browser keeps secrets under this name of the page's storage. */
const denySecrets = `{
  const { getItem } = Storage.prototype;
  Storage.prototype.getItem = function (name) {
    if (name === "secrets.provider") throw new DOMException("Access is denied for this document.", "SecurityError");
    return getItem.call(this, name);
  };
}`;

/** Servers that run now, for those who clean up and keep evidence after a failed test. */
export const runningServers = new Set<EditorServer>();

/**
 * Starts a VS Code and a browser to show it in, installing both the first time.
 *
 * @throws Error when one of them cannot be installed or does not start.
 */
export async function startServer(options: ServerOptions): Promise<EditorServer> {
  const [installed, browser] = await Promise.all([ensureServer(options.editor), ensureBrowser()]);
  const trusted = options.trusted ?? true;
  const server = await startServerProcess(installed, {
    settings: { ...quietSettings, ...(trusted ? {} : restrictedModeSettings), ...options.settings },
    env: options.env,
    vsix: options.vsix,
    port: options.port,
    args: [
      ...(trusted ? ["--disable-workspace-trust"] : []),
      ...(options.forTests === true ? ["--enable-smoke-test-driver"] : []),
    ],
  });
  const launch = {
    executablePath: browser.executablePath,
    env: { ...process.env, ...browser.env },
    args: flags,
    headless: options.headless ?? true,
  };
  const started = new EditorServer(options, server, launch);
  runningServers.add(started);
  return started;
}

/** A running VS Code that windows are opened on. A window is a user of its own; settings and logs are shared. */
export class EditorServer {
  readonly #options: ServerOptions;
  readonly #process: ServerProcess;
  readonly #launch: LaunchOptions;
  /** Windows that keep their user's state have a browser each. */
  readonly #profiles = new Set<BrowserContext>();
  #browser: Browser | undefined;

  constructor(options: ServerOptions, server: ServerProcess, launch: LaunchOptions) {
    this.#options = options;
    this.#process = server;
    this.#launch = launch;
  }

  /** VS Code's version. */
  get version(): string {
    return this.#options.editor.version;
  }

  /** `127.0.0.1:port`, which is also the remote authority of what the windows open. */
  get authority(): string {
    return `127.0.0.1:${this.#process.port}`;
  }

  /** The folder with all that VS Code keeps: settings, extensions, logs. What a user keeps is in the browser. */
  get dataFolder(): string {
    return this.#process.data;
  }

  /** Changes user settings, as a person does in `settings.json`; `undefined` takes one away. Open windows notice. */
  async changeSettings(change: Settings): Promise<void> {
    const file = join(this.#process.data, "data/User/settings.json");
    const settings = JSON.parse(await readFile(file, "utf8")) as Settings;
    await writeFile(file, JSON.stringify({ ...settings, ...change }, undefined, 2));
  }

  /** A context of the browser that reaches nothing outside this machine. */
  async newContext(options: WindowOptions = {}): Promise<BrowserContext> {
    const settings = {
      viewport: options.size ?? { width: 1280, height: 800 },
      colorScheme: options.colorScheme ?? "dark",
      deviceScaleFactor: options.scale ?? 1,
      permissions: ["clipboard-read", "clipboard-write"],
    };
    const context = await this.#openContext(settings, options.profileDir);
    context.setDefaultTimeout(20_000);
    await context.route(
      url => url.hostname !== "127.0.0.1" && url.hostname !== "localhost",
      route => route.fulfill({ status: 200, contentType: "text/html", body: "" }),
    );
    // Half of the key that secrets are stored with. This server has none to give; without it they end with the page.
    await context.route("**/mint-key", route =>
      route.fulfill({ status: 200, contentType: "application/octet-stream", body: Buffer.alloc(32, 7) }),
    );
    if (options.deniesSecrets === true) await context.addInitScript({ content: denySecrets });
    return context;
  }

  /** Opens a window and waits until it can be used. */
  async newWindow(options: WindowOptions = {}): Promise<EditorWindow> {
    const folder = options.folder === undefined ? this.#options.folder : options.folder;
    const kind = folder?.endsWith(".code-workspace") === true ? "workspace" : "folder";
    const query = folder === null ? "ew=true" : `${kind}=${encodeURIComponent(resolve(folder))}`;
    const context = options.sameUserAs?.page.context() ?? (await this.newContext(options));
    return await EditorWindow.open(context, `http://${this.authority}/?${query}`, this.#process.logs);
  }

  /**
   * Copies VS Code's logs, and a picture of each window, into `folder`.
   * @returns the text that each window shows.
   */
  async keepEvidence(folder: string): Promise<string[]> {
    await mkdir(folder, { recursive: true });
    const contexts = [...(this.#browser?.contexts() ?? []), ...this.#profiles];
    const pages = contexts.flatMap(context => context.pages());
    const pictures = pages.map(async (page, index) => {
      await page
        .screenshot({ path: join(folder, `window${index + 1}.png`), timeout: 5000 })
        .catch(() => undefined);
    });
    await Promise.all(pictures);
    await cp(this.#process.ownLog, join(folder, "server.log"), { force: true });
    await cp(this.#process.logs, join(folder, "logs"), { recursive: true, force: true });
    const texts = pages.map(page => page.locator("body").innerText({ timeout: 5000 }).catch(String));
    return await Promise.all(texts);
  }

  /** Closes the windows and ends VS Code. */
  async stop(): Promise<void> {
    runningServers.delete(this);
    await Promise.all([...this.#profiles].map(context => context.close()));
    await this.#browser?.close();
    await this.#process.stop();
  }

  async #openContext(
    settings: BrowserContextOptions,
    profileDir: string | undefined,
  ): Promise<BrowserContext> {
    if (profileDir === undefined) {
      this.#browser ??= await chromium.launch(this.#launch);
      return await this.#browser.newContext(settings);
    }
    const context = await chromium.launchPersistentContext(profileDir, { ...this.#launch, ...settings });
    this.#profiles.add(context);
    context.once("close", () => this.#profiles.delete(context));
    return context;
  }
}
