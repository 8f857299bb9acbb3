import type { Deploy } from "../render/shapes.js";
import { joined } from "../text/listText.js";
import { shortSha, plainText, subjectOf, plainName } from "../text/plainText.js";
import { viewOf } from "./deployStatus.js";
import type { Successor } from "./toldEnd.js";

/** The commit or the image of a deploy, short: "a1b2c3d", "thumbs:1.4". */
export function sourceText(deploy: Deploy): string {
  if (deploy.commit) return shortSha(deploy.commit.id);
  const reference = deploy.image?.ref;
  if (reference === undefined) return "";
  const digest = /@sha256:([0-9a-f]{7})/iu.exec(reference)?.[1];
  return plainText(digest ?? reference.slice(reference.lastIndexOf("/") + 1), 40);
}

const triggers = new Map<string, string>([
  ["api", "API"],
  ["blueprint_sync", "Blueprint sync"],
  ["deploy_hook", "deploy hook"],
  ["deployed_by_render", "Render"],
  ["manual", "Dashboard"],
  ["new_commit", "new commit"],
  ["rollback", "rollback"],
  ["service_resumed", "service resumed"],
  ["service_updated", "settings changed"],
]);

/** What started a deploy, in a few words; a trigger this version does not know keeps its own name. */
export function triggerText(trigger: string | undefined): string {
  if (trigger === undefined || trigger === "other") return "";
  return triggers.get(trigger) ?? plainText(trigger.replaceAll("_", " "), 40);
}

/** What runs, and how many wait for it: "building a1b2c3d · 1 queued". */
export function underWayText(running: Deploy, queued: number): string {
  const what = joined([viewOf(running.status).label.toLowerCase(), sourceText(running)], " ");
  const more = running.status === "queued" ? "more queued" : "queued";
  return queued === 0 ? what : `${what} · ${queued} ${more}`;
}

/** What a deploy that was not sent from here deploys: "a1b2c3d Cache port lookups". */
export function deployText(deploy: Deploy): string {
  const source = sourceText(deploy) || plainName(deploy.id);
  return `${source} ${subjectOf(deploy.commit?.message)}`.trimEnd();
}

/** Who asked for a deploy that was not sent from here. */
export function whoStarted(deploy: Deploy): string {
  if (deploy.trigger === "new_commit") return "Render's auto-deploy";
  return triggerText(deploy.trigger) || "somebody else";
}

/** The same with the person, where Render tells: "Dashboard, ada@harbor.example". */
export function whoAsked(later: Successor): string {
  return joined([whoStarted(later), plainName(later.askedBy ?? "")], ", ");
}

/** What it deploys, and who asked for it: "a1b2c3d Cache port lookups (Dashboard, ada@harbor.example)". */
export function startedText(later: Successor): string {
  const isKnown = later.trigger !== undefined || later.askedBy !== undefined;
  return isKnown ? `${deployText(later)} (${whoAsked(later)})` : deployText(later);
}
