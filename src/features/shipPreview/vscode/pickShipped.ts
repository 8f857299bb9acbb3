import * as vscode from "vscode";
import type { ShipPreview } from "../shipPreview.js";
import {
  allChanges,
  commitRow,
  fileRow,
  filesText,
  goesHeading,
  shipListText,
  shipSummary,
  shipTitle,
} from "../shipTexts.js";
import { commitsText } from "../../../git/gitTexts.js";
import type { Commit } from "../../../git/repository.js";

/** What a row of the list opens. */
export interface ShippedActions {
  openAll(): Promise<void>;
  openFile(path: string): Promise<void>;
  openCommit(commit: Commit): Promise<void>;
}

interface Item extends vscode.QuickPickItem {
  readonly open?: () => Promise<void>;
}

/** Lists the commits and files that would ship. It stays while rows are opened, until the person leaves it. */
export async function pickShipped(preview: ShipPreview, actions: ShippedActions): Promise<void> {
  const picker = vscode.window.createQuickPick<Item>();
  picker.title = shipTitle(preview);
  picker.placeholder = shipListText;
  picker.matchOnDescription = true;
  picker.ignoreFocusOut = true;
  picker.items = itemsOf(preview, actions);
  picker.onDidAccept(() => {
    void picker.activeItems[0]?.open?.();
  });
  await new Promise<void>(resolve => {
    picker.onDidHide(() => {
      resolve();
    });
    picker.show();
  });
  picker.dispose();
}

function itemsOf(preview: ShipPreview, actions: ShippedActions): Item[] {
  const now = Date.now();
  const commits = (all: readonly Commit[]): Item[] =>
    all.map(commit => ({ ...commitRow(commit, now), open: () => actions.openCommit(commit) }));
  const { comes, goes, files } = preview;
  return [
    {
      label: `$(diff-multiple) ${allChanges}`,
      description: shipSummary(preview),
      open: () => actions.openAll(),
    },
    ...section(comes.length === 0 ? "" : commitsText(comes.length), commits(comes)),
    ...section(goesHeading(preview), commits(goes)),
    ...section(
      filesText(files.length),
      files.map(file => ({ ...fileRow(file), open: () => actions.openFile(file.path) })),
    ),
  ];
}

function section(label: string, items: Item[]): Item[] {
  return items.length === 0 ? [] : [{ label, kind: vscode.QuickPickItemKind.Separator }, ...items];
}
