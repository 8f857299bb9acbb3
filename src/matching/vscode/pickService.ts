import * as vscode from "vscode";
import { commandDoing } from "../../commandTexts.js";
import { explain } from "../../render/errorTexts.js";
import { joined } from "../../text/listText.js";
import { plainText } from "../../text/plainText.js";
import type { Service } from "../../render/shapes.js";
import type { Listing } from "../../services/directory.js";
import { explainMatch, type ServiceMatch } from "../match.js";
import { matchingHeading, noServices, pickText, suspendedText, tryAgain } from "../pickTexts.js";
import { placeText } from "../../services/serviceTexts.js";
import { placeOf } from "../../services/place.js";
import { typeView } from "../../services/serviceKind.js";
import { groupedBy, servicesByName } from "../../services/servicesByName.js";
import { unreadText } from "../../services/unreadTexts.js";
import type { Matches } from "./matches.js";
import type { Services } from "../../services/vscode/services.js";
import { SteadyRows } from "../steadyRows.js";

/** A row of a list of services. */
export interface ServiceItem extends vscode.QuickPickItem {
  readonly service?: Service;
  readonly retry?: boolean;
}

/** What the person is asked. */
export interface ServiceQuestion {
  /** The command's full title. */
  readonly title: string;
  /** To follow "Choose the service to": "deploy". */
  readonly purpose: string;
  /** Where it can only be one of these. */
  readonly among?: readonly Service[];
}

/** Lets a person pick a service; rows appear as pages arrive. Undefined when they left. */
export async function pickService(
  { services, matches }: { readonly services: Services; readonly matches: Matches },
  { title, purpose, among }: ServiceQuestion,
): Promise<Service | undefined> {
  const picker = vscode.window.createQuickPick<ServiceItem>();
  picker.title = title;
  picker.placeholder = pickText(purpose);
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  const steady = new SteadyRows<string>();
  let shown = "";
  let inputs: readonly unknown[] = [];
  const update = (): void => {
    const before = inputs;
    inputs = [services.listing, matches.all()];
    if (inputs.every((input, index) => input === before[index])) return;
    const listing = among ? { ...services.listing, services: among } : services.listing;
    const items = serviceItems(listing, among ? [] : matches.all());
    const [first] = picker.items.filter(({ service }) => service !== undefined);
    const active = picker.activeItems[0]?.service?.id;
    // Where the person has not chosen a row yet, what comes to stand at the top is offered.
    const isUntouched = picker.value === "" && active === first?.service?.id;
    picker.busy = listing.state === "loading" || listing.state === "idle";
    // Setting the same rows again would take the chosen one away from under a person's Enter.
    const rows = JSON.stringify(items.map(({ label, description, detail }) => [label, description, detail]));
    if (rows === shown) return;
    shown = rows;
    picker.keepScrollPosition = !isUntouched;
    picker.items = items;
    steady.replace(items.map(idOf), Date.now());
    const same = picker.items.find(({ service }) => service !== undefined && service.id === active);
    if (same && !isUntouched) picker.activeItems = [same];
  };
  const listener = matches.onDidChange(update);
  update();
  try {
    return await new Promise<Service | undefined>(resolve => {
      picker.onDidHide(() => {
        resolve(undefined);
      });
      picker.onDidAccept(() => {
        const [item] = picker.selectedItems;
        // Pressed while the rows moved: the list stays open, so that the person sees what they choose.
        if (!item || steady.at(picker.items.indexOf(item), Date.now()) !== idOf(item)) return;
        if (item.retry) void services.reload();
        else if (item.service) resolve(item.service);
      });
      picker.show();
    });
  } finally {
    listener.dispose();
    picker.dispose();
  }
}

function idOf(item: ServiceItem): string {
  return item.service?.id ?? item.label;
}

/** The rows of an account's services: what matches first, then by workspace and name. */
export function serviceItems(listing: Listing, matching: readonly ServiceMatch[]): ServiceItem[] {
  const items: ServiceItem[] = [];
  const separator = (label: string): void => {
    items.push({ label, kind: vscode.QuickPickItemKind.Separator });
  };
  if (matching.length > 0) {
    separator(matchingHeading);
    items.push(...matching.map(match => serviceItem(match.service, listing, explainMatch(match))));
  }
  const matched = new Set(matching.map(({ service }) => service.id));
  const rest = servicesByName(listing).filter(({ id }) => !matched.has(id));
  for (const services of groupedBy(rest, ({ ownerId }) => ownerId).values()) {
    const [first] = services;
    if (first) separator(placeOf(first, listing).workspace);
    items.push(...services.map(service => serviceItem(service, listing)));
  }
  if (listing.state === "failed") {
    const { text } = explain(listing.error, commandDoing["render.refreshServices"]);
    items.unshift({ label: `$(refresh) ${tryAgain}`, detail: text, alwaysShow: true, retry: true });
  } else if (listing.state === "ready" && items.length === 0) {
    const isUnread = listing.unread?.services !== undefined;
    items.push({
      ...(isUnread ? { label: unreadText(listing.unread) } : noServices),
    });
  }
  return items;
}

/** @param reasons why it matches what is open; then they stand in place of its repository */
export function serviceItem(
  service: Service,
  listing: Listing,
  reasons: readonly string[] = [],
): ServiceItem & { readonly service: Service } {
  const { label, icon } = typeView(service.type);
  const source = service.imagePath ?? joined([service.repo ?? "", service.branch ?? ""], " · ");
  const detail = reasons.length > 0 ? reasons.join(" · ") : plainText(source, 100);
  return {
    label: `$(${icon}) ${plainText(service.name, 80)}`,
    description: joined(
      [placeText(placeOf(service, listing)), service.suspended ? suspendedText : ""],
      " · ",
    ),
    detail: joined([label, detail], " · "),
    service,
  };
}
