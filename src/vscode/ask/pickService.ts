import * as vscode from "vscode";
import { explain } from "../../core/messages.js";
import { plainText } from "../../core/plainText.js";
import type { Service } from "../../core/render/shapes.js";
import type { Account } from "../../core/services/directory.js";
import { placeOf, placeText } from "../../core/services/place.js";
import { typeView } from "../../core/services/serviceKind.js";

interface ServiceItem extends vscode.QuickPickItem {
  readonly service?: Service;
  readonly retry?: boolean;
}

export interface ServiceSource {
  account(): Account;
  /** The services that match this window's repositories, best first. */
  matching(): readonly Service[];
  /** Loads again after a failure. */
  reload(): void;
  /** Tells of each change of what the two above give. */
  onDidChange: vscode.Event<void>;
}

/** What the person is asked. */
interface ServiceQuestion {
  readonly title: string;
  readonly placeholder: string;
}

const forDeploy: ServiceQuestion = {
  title: "Render: Trigger Deploy",
  placeholder: "Choose the service to deploy (type to filter)",
};

/** Lets a person pick a service; rows appear as pages arrive. Undefined when they left. */
export async function pickService(source: ServiceSource, question = forDeploy): Promise<Service | undefined> {
  const picker = vscode.window.createQuickPick<ServiceItem>();
  picker.title = question.title;
  picker.placeholder = question.placeholder;
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  const update = (): void => {
    const account = source.account();
    const active = picker.activeItems[0]?.service?.id;
    picker.busy = account.state === "loading" || account.state === "idle";
    picker.keepScrollPosition = true;
    picker.items = serviceItems(account, source.matching());
    const same = picker.items.find(({ service }) => service !== undefined && service.id === active);
    if (same) picker.activeItems = [same];
  };
  const listener = source.onDidChange(update);
  update();
  try {
    return await new Promise<Service | undefined>(resolve => {
      picker.onDidHide(() => {
        resolve(undefined);
      });
      picker.onDidAccept(() => {
        const [item] = picker.selectedItems;
        if (item?.retry) source.reload();
        else if (item?.service) resolve(item.service);
      });
      picker.show();
    });
  } finally {
    listener.dispose();
    picker.dispose();
  }
}

function serviceItems(account: Account, matching: readonly Service[]): ServiceItem[] {
  const items: ServiceItem[] = [];
  const separator = (label: string): void => {
    items.push({ label, kind: vscode.QuickPickItemKind.Separator });
  };
  if (matching.length > 0) {
    separator("this workspace");
    items.push(...matching.map(service => serviceItem(service, account)));
  }
  const matched = new Set(matching.map(({ id }) => id));
  const rest = account.services
    .filter(({ id }) => !matched.has(id))
    .sort((a, b) => a.name.localeCompare(b.name));
  for (const ownerId of new Set(rest.map(service => service.ownerId))) {
    const services = rest.filter(service => service.ownerId === ownerId);
    const [first] = services;
    if (first) separator(placeOf(first, account).workspace);
    items.push(...services.map(service => serviceItem(service, account)));
  }
  if (account.state === "failed") {
    const { text } = explain(account.error, "load the services");
    items.unshift({ label: "$(refresh) Try again", detail: text, alwaysShow: true, retry: true });
  } else if (account.state === "ready" && items.length === 0) {
    items.push({
      label: "This API key sees no services.",
      detail: "Create one in the Render Dashboard, then refresh.",
    });
  }
  return items;
}

function serviceItem(service: Service, account: Account): ServiceItem {
  const { label, icon } = typeView(service.type);
  const source = plainText(
    service.imagePath ?? [service.repo, service.branch].filter(Boolean).join(" · "),
    100,
  );
  return {
    label: `$(${icon}) ${plainText(service.name, 80)}`,
    description: `${placeText(placeOf(service, account))}${service.suspended ? " · suspended" : ""}`,
    detail: source === "" ? label : `${label} · ${source}`,
    service,
  };
}
