import type { AccountPart } from "../../account/vscode/create.js";
import { Blueprints } from "../../blueprints/vscode/blueprints.js";
import type { GitPart } from "../../git/vscode/create.js";
import type { ServicesPart } from "../../services/vscode/create.js";
import type { EditorWindow } from "../../window/editorWindow.js";
import { Glances } from "./glances.js";
import { LinkService } from "./linkService.js";
import { Matches } from "./matches.js";

export type Matching = ReturnType<typeof create>;

/** Which services have to do with what is open, how HEAD and what is live relate, and the links of folders. */
export function create(
  { own, state, output, matchingIsKnown }: EditorWindow,
  { render, signIn }: AccountPart,
  { git }: GitPart,
  { services }: ServicesPart,
) {
  const blueprints = own.add(new Blueprints(services, git, render, output));
  const matches = own.add(new Matches({ services, git, state, blueprints }));
  const glances = own.add(new Glances(services, git, matches));
  const links = new LinkService({ services, git, matches, signIn });
  // After this part is made, or whoever listens would ask for it anew.
  queueMicrotask(() => {
    matchingIsKnown.fire();
  });
  return { blueprints, matches, glances, links };
}
