/** Every sentence about Blueprint files: what happened, then what to do next. */
import type { Explanation } from "../../text/explanation.js";
import { plainText } from "../../text/plainText.js";
import type { Validation } from "../../render/blueprintShapes.js";
import type { Service } from "../../render/shapes.js";
import type { Account } from "../../services/directory.js";
import type { KnownBlueprint } from "../../blueprints/blueprintDirectory.js";
import { placeOf } from "../../services/place.js";
import { serviceRow } from "../servicesView/rows.js";
import type { ServiceDeploys } from "../../services/deployHistory.js";
import type { BlueprintEntry } from "../../blueprints/blueprintFile.js";
import type { Unread } from "../../blueprints/yamlDocument.js";

/** What a press on a lens does; `none` is for reading alone. */
export type EntryAction = "none" | "deploy" | "showDeploys" | "open";

/** One of the texts above a service in a Blueprint file. */
export interface EntryLens {
  readonly title: string;
  readonly action: EntryAction;
  /** For when the mouse rests on it; empty for none. */
  readonly tooltip: string;
}

/** A service of a Blueprint file, and what is known of it at Render. */
export interface EntryFacts {
  /** What the file calls it. */
  readonly entry: Pick<BlueprintEntry, "name">;
  /** The account's services that it may stand for. */
  readonly found: readonly Service[];
  readonly account: Account;
  /** The Blueprints made from the file, as far as they were read. */
  readonly blueprints: readonly KnownBlueprint[];
  /** Whether all is known that decides which services those are. */
  readonly complete: boolean;
  /** Whether services or Blueprints were left out of what was read, as they could not be. */
  readonly hasLeftOut: boolean;
  /** What is known of a service's deploys. */
  readonly deploysOf: (serviceId: string) => ServiceDeploys | undefined;
}

/**
 * What stands above a service of a Blueprint file: its live state, then what can be done.
 *
 * @param now milliseconds since the epoch
 */
export function entryLenses(facts: EntryFacts, now: number): EntryLens[] {
  const { entry, found, account, blueprints, deploysOf } = facts;
  const [service, ...others] = found;
  if (!service) return noService(facts);
  const state =
    others.length === 0
      ? stateText(entry, service, account, deploysOf(service.id), now)
      : severalText(entry, found, account, blueprints);
  return [
    { ...state, action: "none" },
    { title: others.length === 0 ? "Deploy" : "Deploy…", action: "deploy", tooltip: "Trigger a deploy" },
    {
      title: others.length === 0 ? "Show Deploys" : "Show Deploys…",
      action: "showDeploys",
      tooltip: "Show the service's deploys in the Render view",
    },
    {
      title: others.length === 0 ? "Open" : "Open…",
      action: "open",
      tooltip: "Open its site, or its page in the Render Dashboard",
    },
  ];
}

/** What stands above an entry for which there is no service. */
function noService({ blueprints, complete, hasLeftOut }: EntryFacts): EntryLens[] {
  if (!complete) return [];
  if (hasLeftOut)
    return [
      {
        title: "not known whether it is on Render",
        action: "none",
        tooltip: "It is not among what Render listed, but some of that could not be read: see the output.",
      },
    ];
  const tooltip =
    blueprints.length > 0
      ? "The Blueprint made from this file has no such service, and no other of this name and type is built from here."
      : "No service of this name and type is built from this repository.";
  return [{ title: "not on Render yet", action: "none", tooltip }];
}

/** A service that Render calls otherwise is named, as the file does not tell that name. */
function stateText(
  entry: Pick<BlueprintEntry, "name">,
  service: Service,
  account: Account,
  read: ServiceDeploys | undefined,
  now: number,
): { title: string; tooltip: string } {
  const place = placeOf(service, account);
  const { description } = serviceRow(service, place, read, now);
  const name = plainText(service.name, 80);
  const unknown = read?.error === undefined ? "loading…" : "state not known";
  const state = description === "" ? unknown : description;
  return {
    title: service.name === entry.name ? state : `${name} · ${state}`,
    tooltip: `${name} in ${place.workspace}`,
  };
}

/** The most names of services in one line above an entry. */
const mostNames = 3;

function severalText(
  entry: Pick<BlueprintEntry, "name">,
  found: readonly Service[],
  account: Account,
  blueprints: readonly KnownBlueprint[],
): { title: string; tooltip: string } {
  const names = found.slice(0, mostNames).map(({ name }) => plainText(name, 40));
  const more = found.length > mostNames ? ["…"] : [];
  const areAlike = found.every(({ name }) => name === entry.name);
  const places = found.map(service => {
    const maker = blueprints.find(({ resources }) => resources.some(({ id }) => id === service.id));
    const by = maker ? ` (Blueprint ${plainText(maker.name, 60)})` : "";
    const name = areAlike ? "" : `${plainText(service.name, 80)} in `;
    return `${name}${placeOf(service, account).workspace}${by}`;
  });
  return {
    title: areAlike
      ? `${found.length} services of this name`
      : `${found.length} services: ${[...names, ...more].join(", ")}`,
    tooltip: places.join(", "),
  };
}

const unreadTexts: Record<Unread, string> = {
  tooLong: "is longer than the 200,000 characters that are looked through",
  tooDeep: "is nested deeper than is looked through",
};

/** Said of a Blueprint file whose services are not shown. */
export function unreadText(file: string, why: Unread): string {
  return `${plainText(file, 80)} ${unreadTexts[why]}, so its services are not shown here. Render can still validate it.`;
}

/** What a check of a Blueprint file that was asked for found. */
export function validationText(file: string, validation: Validation): Explanation {
  const name = plainText(file, 80);
  if (!validation.valid) {
    const count = Math.max(1, validation.errors.length);
    const errors = count === 1 ? "an error" : `${count} errors`;
    return {
      text: `Render found ${errors} in ${name}. Correct it where it is marked, then validate again.`,
      remedies: ["showProblems"],
    };
  }
  const { services, databases, keyValue, envGroups, actions } = validation.plan;
  const parts = [
    counted(services, "service"),
    counted(databases, "database"),
    counted(keyValue, "Key Value instance"),
    counted(envGroups, "environment group"),
  ].filter(part => part !== undefined);
  if (parts.length === 0) return { text: `${name} is valid.`, remedies: [] };
  const steps = actions === 0 ? "" : `, in ${counted(actions, "action") ?? ""}`;
  return {
    text: `${name} is valid. A new Blueprint made from it would create ${listed(parts)}${steps}.`,
    remedies: [],
  };
}

/** Why a Blueprint file is not checked. */
export type NoValidation = "untrusted" | "noFile" | "tooLarge" | "noWorkspace" | "workspacesUnread";

const noValidations: Record<NoValidation, Explanation> = {
  untrusted: {
    text: "This workspace is in Restricted Mode, so no file of it is sent to Render. Trust it to validate its Blueprint.",
    remedies: ["manageTrust"],
  },
  noFile: {
    text: "There is no render.yaml here to validate. Open the Blueprint file, then try again.",
    remedies: ["openFolder"],
  },
  tooLarge: {
    text: "This file is larger than the 10 MB that Render takes for a Blueprint. Make it smaller, then validate again.",
    remedies: [],
  },
  noWorkspace: {
    text: "This API key sees no workspace to validate the Blueprint for. Create one in the Render Dashboard, or set another key.",
    remedies: ["openDashboard", "setApiKey"],
  },
  workspacesUnread: {
    text: "The workspaces of this API key could not be read, and Render validates a Blueprint for one of them. The output has the details.",
    remedies: ["showOutput"],
  },
};

/** Why a Blueprint file is not checked, and what helps. */
export function noValidationText(why: NoValidation): Explanation {
  return noValidations[why];
}

/** Said once when a file was saved and it is open for which of several workspaces it is meant. */
export function askForWorkspaceText(file: string): Explanation {
  return {
    text: `Render can check ${plainText(file, 80)} whenever you save it. Choose the workspace that it is meant for.`,
    remedies: ["chooseWorkspace"],
  };
}

function counted(count: number, one: string): string | undefined {
  if (count === 0) return undefined;
  return count === 1 ? `1 ${one}` : `${count} ${one}s`;
}

function listed(parts: readonly string[]): string {
  const last = parts.at(-1) ?? "";
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(", ")} and ${last}`;
}
