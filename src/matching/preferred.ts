import type { Service } from "../render/shapes.js";
import { reasons as texts } from "./reasonTexts.js";
import { areEqual, type ServiceMatch } from "./match.js";

/** A service that can be taken without asking which. */
export interface PreferredService {
  readonly service: Service;
  /** Why this one of several, in a few words each; empty where there was nothing to choose. */
  readonly why: readonly string[];
}

/**
 * The service that one click means, or undefined where a person must choose.
 *
 * A link decides. Else the open file does, when it belongs to some of the services: the one deployed last if it is one
 * of them, else the only one, as long as no other matches better in general. Else the best match; of several that match
 * as well, the one deployed last. Where nothing matches, the one deployed last.
 *
 * @param last the service that this workspace deployed last
 */
export function preferredService(
  matches: readonly ServiceMatch[],
  last: Service | undefined,
): PreferredService | undefined {
  const [best, ...others] = matches;
  const because = (reasons: readonly string[]): readonly string[] => (others.length > 0 ? reasons : []);
  const chosen = ({ service, isLinkedHere, isSure, reasons }: ServiceMatch): PreferredService => {
    return { service, why: isLinkedHere || !isSure ? reasons : because(reasons) };
  };
  if (best?.isLinkedHere === true) return chosen(best);
  const owners = matches.filter(({ fit }) => fit === "inside");
  const [owner] = owners;
  if (owner) {
    const rivals = owners.filter(other => areEqual(other, owner));
    const again = rivals.find(({ service }) => service.id === last?.id);
    if (again) return { service: again.service, why: because([texts.last, ...again.reasons]) };
    return rivals.length === 1 && owner === best ? chosen(owner) : undefined;
  }
  if (!best) return last && { service: last, why: [texts.last] };
  const rivals = matches.filter(other => areEqual(other, best));
  const again = rivals.find(({ service }) => service.id === last?.id);
  if (again && rivals.length > 1) return { service: again.service, why: [texts.last, ...again.reasons] };
  return rivals.length === 1 ? chosen(best) : undefined;
}
