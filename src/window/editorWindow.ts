import * as vscode from "vscode";
import type { Logger } from "../ports.js";
import { writeDetailsTo } from "./details.js";
import { Owned } from "./owned.js";
import { ServicesViewPlace } from "./servicesViewPlace.js";
import { storedState, type StoredState } from "./state.js";
import { StatusItem } from "./statusItem.js";
import { outputName } from "./windowTexts.js";

/** What one window gives to every part. Made when VS Code starts. */
export interface EditorWindow {
  /** What is disposed of when the window closes. */
  readonly own: Owned;
  /** Aborted when the window closes: nothing is begun any more. */
  readonly leaving: AbortController;
  readonly output: Logger & Pick<vscode.OutputChannel, "show"> & Pick<vscode.LogOutputChannel, "trace">;
  readonly state: StoredState;
  readonly secrets: vscode.SecretStorage;
  /** The folder on this machine that all windows of a person share. */
  readonly storage: vscode.Uri;
  /** How requests name this extension. */
  readonly userAgent: string;
  readonly statusItem: StatusItem;
  readonly servicesView: ServicesViewPlace;
  /** What lenses show may have changed. */
  readonly lensesChanged: vscode.EventEmitter<void>;
  /** Fires once the services can be known, as something that a person did has loaded what reads them. */
  readonly matchingIsKnown: vscode.EventEmitter<void>;
}

/**
 * Nothing that is handed out holds on to the context, which would live as long as anything that VS Code keeps of what is
 * made here.
 */
export function openWindow(context: vscode.ExtensionContext): EditorWindow {
  const { version } = context.extension.packageJSON as { version: string };
  const own = new Owned();
  const output = own.add(vscode.window.createOutputChannel(outputName, { log: true }));
  writeDetailsTo(output);
  return {
    own,
    leaving: new AbortController(),
    output,
    state: storedState(context),
    secrets: context.secrets,
    storage: context.globalStorageUri,
    userAgent: `vscode-render-deploy/${version} VSCode/${vscode.version}`,
    statusItem: own.add(new StatusItem()),
    servicesView: own.add(new ServicesViewPlace()),
    lensesChanged: own.add(new vscode.EventEmitter<void>()),
    matchingIsKnown: own.add(new vscode.EventEmitter<void>()),
  };
}
