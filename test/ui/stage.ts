import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import {
  sampleData,
  sampleRepository,
  startSimulator,
  type Quirks,
  type Simulator,
} from "../simulator/simulator.js";
import { createRemote, createRepository, history, type NewRepository } from "../support/gitRepository.js";
import type { EditorWindow } from "../vscode/editorWindow.js";
import type { StatusItem } from "../vscode/statusItem.js";
import {
  startServer,
  type EditorServer,
  type ServerOptions,
  type WindowOptions,
} from "../vscode/startServer.js";
import { editorUnderTest, vsixUnderTest } from "./underTest.js";

export const lighthouse = sampleRepository.lighthouse;

/** The messages of a repository in which one commit is not live yet and one was before, so that a test can go back. */
export const threeCommits = ["Light the lamp", "Turn the lamp at dusk", "Turn the lamp faster in fog"];

/** The extension's id and the name of its output channel. */
const extension = "render-deploy.render-deploy";

export interface StageOptions
  extends Partial<Pick<ServerOptions, "settings" | "trusted" | "env">>, Pick<NewRepository, "objectFormat"> {
  readonly quirks?: Partial<Quirks>;
  /** The messages of the repository's commits; none leaves its branch unborn. Without `commits`, two. */
  readonly commits?: readonly string[];
  /** Files that lie in the folder uncommitted, by their path. */
  readonly files?: Readonly<Record<string, string>>;
  /** The address of `origin`. The repository of the service "lighthouse" unless told. */
  readonly remote?: string;
  /** Whether there is a folder, a folder without Git, or a repository (the default). */
  readonly folder?: "none" | "plain" | "repository";
}

/** A local Render, a repository, and a VS Code with the packaged extension: what a test clicks through. */
export class Stage {
  private constructor(
    readonly simulator: Simulator,
    readonly server: EditorServer,
    /** The repository. */
    readonly folder: string,
    /** The SHA of its HEAD; empty where there is none. */
    readonly head: string,
    /** The bare repository that its `origin` leads to. */
    readonly remote: string,
    private readonly options: StageOptions,
    /** Holds the repository and whatever else a test makes; gone with the stage. */
    readonly temporary: string,
  ) {}

  static async open(options: StageOptions = {}): Promise<Stage> {
    const temporary = await mkdtemp(join(tmpdir(), "render-ui-"));
    const folder = join(temporary, "lighthouse");
    const commits = options.commits ?? ["Light the lamp", "Turn the lamp faster in fog"];
    const remote = options.remote ?? "git@github.com:harbor-labs/lighthouse.git";
    const objectFormat = options.objectFormat && { objectFormat: options.objectFormat };
    const head =
      options.folder === undefined || options.folder === "repository"
        ? await createRepository({ folder, remote, commits, ...objectFormat })
        : undefined;
    const bare = join(temporary, "remote.git");
    if (head !== undefined) await createRemote(folder, bare, "main");
    for (const [path, text] of Object.entries(options.files ?? {})) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    const known = head === undefined ? [] : await history(folder);
    const simulator = await startSimulator({
      speed: 20,
      ...(options.quirks && { quirks: options.quirks }),
      data: sampleData(Date.now(), { [lighthouse.remote]: known }),
    });
    const server = await startServer({
      editor: editorUnderTest(),
      vsix: vsixUnderTest(),
      folder: options.folder === "plain" ? temporary : folder,
      settings: { "render.apiUrl": simulator.url, ...options.settings },
      env: options.env,
      ...(options.trusted !== undefined && { trusted: options.trusted }),
    });
    return new Stage(simulator, server, folder, head ?? "", bare, options, temporary);
  }

  /** A window of a new user, who has no key yet. */
  async newWindow(options: WindowOptions = {}): Promise<EditorWindow> {
    const window = await this.server.newWindow({
      ...(this.options.folder === "none" && { folder: null }),
      ...options,
    });
    await this.button(window).waitForText(/./u, 30_000);
    return window;
  }

  /** A window of a new user who has set the key. */
  async signedInWindow(options: WindowOptions = {}): Promise<EditorWindow> {
    const window = await this.newWindow(options);
    await window.palette("Render: Set API Key");
    await window.quick.answer(this.simulator.key);
    await window.toast("Signed in to Render as");
    await window.clearToasts();
    return window;
  }

  /** The extension's button in the status bar. */
  button(window: EditorWindow): StatusItem {
    return window.statusItem(`${extension}.deploy`);
  }

  output(window: EditorWindow): Promise<string> {
    return window.outputText(extension, "Render");
  }

  /** The bodies of the triggers that reached Render. */
  triggers(): unknown[] {
    return this.simulator.requests
      .filter(({ method, path }) => method === "POST" && path.endsWith("/deploys"))
      .map(({ body }) => body);
  }

  async close(): Promise<void> {
    await this.server.stop();
    await this.simulator.close();
    await rm(this.temporary, { recursive: true, force: true });
  }
}
