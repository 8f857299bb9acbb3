/** Every sentence about Blueprint files: what happened, then what to do next. */
import { plainText, plainName } from "../../text/plainText.js";
import type { Service } from "../../render/shapes.js";
import type { Listing } from "../../services/directory.js";
import type { KnownBlueprint } from "../../blueprints/blueprintDirectory.js";
import { placeOf } from "../../services/place.js";
import { serviceRow } from "../servicesView/rowTexts.js";
import type { ServiceDeploys } from "../../services/deployHistory.js";
import type { BlueprintEntry } from "../../blueprints/blueprintEntry.js";

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
  readonly listing: Listing;
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
  const { entry, found, listing, blueprints, deploysOf } = facts;
  const [service, ...others] = found;
  if (!service) return noService(facts);
  const state =
    others.length === 0
      ? stateText(entry, service, listing, deploysOf(service.id), now)
      : severalText(entry, found, listing, blueprints);
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
  listing: Listing,
  read: ServiceDeploys | undefined,
  now: number,
): { title: string; tooltip: string } {
  const place = placeOf(service, listing);
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
  listing: Listing,
  blueprints: readonly KnownBlueprint[],
): { title: string; tooltip: string } {
  const names = found.slice(0, mostNames).map(({ name }) => plainText(name, 40));
  const more = found.length > mostNames ? ["…"] : [];
  const areAlike = found.every(({ name }) => name === entry.name);
  const places = found.map(service => {
    const maker = blueprints.find(({ resources }) => resources.some(({ id }) => id === service.id));
    const by = maker ? ` (Blueprint ${plainName(maker.name)})` : "";
    const name = areAlike ? "" : `${plainText(service.name, 80)} in `;
    return `${name}${placeOf(service, listing).workspace}${by}`;
  });
  return {
    title: areAlike
      ? `${found.length} services of this name`
      : `${found.length} services: ${[...names, ...more].join(", ")}`,
    tooltip: places.join(", "),
  };
}
