import * as vscode from "vscode";
import { explain, SettingError, staleText } from "../../core/messages.js";
import { plainText } from "../../core/plainText.js";
import { RenderError, type RenderErrorKind } from "../../core/render/errors.js";
import type { Deploy, Service } from "../../core/render/shapes.js";
import type { Account } from "../../core/services/directory.js";
import type { ServiceMatch } from "../../core/services/match.js";
import { deployRow, serviceRow, type Row } from "../../core/services/rows.js";
import { isCronJob, sourceOf } from "../../core/services/serviceKind.js";
import { viewOf } from "../../core/deploy/status.js";
import {
  holdsMatch,
  parentOf,
  servicesBelow,
  serviceTree,
  type TreeNode,
} from "../../core/services/serviceTree.js";
import type { Glances } from "../glances.js";
import type { Matches } from "../matches.js";
import { Owned } from "../owned.js";
import type { Services } from "../services.js";
import { setContextKey, type ContextKeys } from "../state.js";

/** A row of the view. */
export type ServicesNode =
  | TreeNode
  | { readonly kind: "deploy"; readonly id: string; readonly deploy: Deploy; readonly service: Service }
  | { readonly kind: "problem"; readonly id: string; readonly text: string; readonly service: Service };

/** Opening a group of at most so many services reads the deploys of each. */
const smallGroup = 8;

/** The deploys of at most so many services that match this window are read without a click. */
const mostMatches = 10;

/** The deploys of at most so many services are kept up to date. */
const mostWatched = 20;

/** How often the ages in the rows are brought up to date while the view is seen, in milliseconds. */
const ageInterval = 60_000;

/** The view `render.services`: the account's services, and below each its last deploys. Asks for nothing while hidden. */
export class ServicesTree implements vscode.TreeDataProvider<ServicesNode>, vscode.Disposable {
  readonly #services: Services;
  readonly #matches: Matches;
  readonly #glances: Glances;
  readonly #own = new Owned();
  readonly #changed = this.#own.add(new vscode.EventEmitter<ServicesNode | undefined>());
  readonly #view: vscode.TreeView<ServicesNode>;
  /** Services whose deploys are open. */
  readonly #expandedServices = new Set<string>();
  readonly #shown = new Map<string, ServicesNode>();
  #filter = "";
  #matching: ReadonlySet<string> = new Set();
  /** The groups that opened by themselves: they keep their state while everything is loaded anew. */
  readonly #opened = new Set<string>();
  #isGitRead = false;
  #ticking: NodeJS.Timeout | undefined;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(services: Services, matches: Matches, glances: Glances) {
    this.#services = services;
    this.#matches = matches;
    this.#glances = glances;
    this.#view = this.#own.add(
      vscode.window.createTreeView<ServicesNode>("render.services", {
        treeDataProvider: this,
        showCollapseAll: true,
      }),
    );
    this.#own.add(
      this.#view.onDidChangeVisibility(({ visible }) => {
        this.#visibilityChanged(visible);
      }),
    );
    this.#own.add(
      this.#view.onDidExpandElement(({ element }) => {
        this.#expanded(element);
      }),
    );
    this.#own.add(
      this.#view.onDidCollapseElement(({ element }) => {
        this.#expandedServices.delete(element.id);
      }),
    );
    this.#own.add(
      matches.onDidChange(() => {
        this.#accountChanged();
      }),
    );
    for (const event of [services.onDidChangeDeploys, glances.onDidChange])
      this.#own.add(
        event(id => {
          this.#rowChanged(id);
        }),
      );
    this.#visibilityChanged(this.#view.visible);
    this.#accountChanged();
  }

  get isVisible(): boolean {
    return this.#view.visible;
  }

  get onDidChangeVisibility(): vscode.Event<unknown> {
    return this.#view.onDidChangeVisibility;
  }

  /** Ids of the services whose state a person sees: those that match this window, and those that are open. */
  get watched(): readonly string[] {
    return [...new Set([...[...this.#matching].slice(0, mostMatches), ...this.#expandedServices])].slice(
      0,
      mostWatched,
    );
  }

  /** The text that the rows are filtered by; empty for none. */
  get filter(): string {
    return this.#filter;
  }

  set filter(text: string) {
    this.#filter = text.trim();
    setContextKey("render.filtered", this.#filter !== "");
    this.#accountChanged();
  }

  getTreeItem(node: ServicesNode): vscode.TreeItem {
    this.#shown.set(node.id, node);
    switch (node.kind) {
      case "workspace":
      case "environment":
        return this.#groupItem(node);
      case "service": {
        const { service } = node;
        const match = this.#matches.of(service.id);
        const [place, deploys] = [this.#services.place(service), this.#services.deploysOf(service.id)];
        const row = serviceRow(service, place, deploys, Date.now(), match, this.#glances.of(service.id));
        const item = itemOf(row, node.id, vscode.TreeItemCollapsibleState.Collapsed);
        item.contextValue = contextOf(service, match);
        return item;
      }
      case "deploy": {
        const item = itemOf(
          deployRow(node.deploy, Date.now()),
          node.id,
          vscode.TreeItemCollapsibleState.None,
        );
        item.contextValue = contextOfDeploy(node);
        return item;
      }
      case "problem": {
        const item = new vscode.TreeItem(node.text);
        item.id = node.id;
        item.iconPath = new vscode.ThemeIcon("warning");
        item.tooltip = node.text;
        return item;
      }
    }
  }

  async getChildren(node?: ServicesNode): Promise<ServicesNode[]> {
    if (!node) {
      if (this.#services.account.state === "idle") void this.#services.load();
      return serviceTree(this.#services.account, this.#filter, this.#matching);
    }
    if (node.kind === "workspace" || node.kind === "environment") return [...node.children];
    return node.kind === "service" ? this.#deploys(node.service) : [];
  }

  getParent(node: ServicesNode): ServicesNode | undefined {
    if (node.kind === "deploy" || node.kind === "problem")
      return { kind: "service", id: node.service.id, service: node.service };
    return parentOf(node.id, serviceTree(this.#services.account, this.#filter, this.#matching));
  }

  /** Shows the row of a service with its deploys, whatever the rows are filtered by. */
  async reveal(service: Service): Promise<void> {
    const shown = serviceTree(this.#services.account, this.#filter, this.#matching).flatMap(servicesBelow);
    if (!shown.some(({ id }) => id === service.id)) this.filter = "";
    const node: ServicesNode = { kind: "service", id: service.id, service };
    await this.#view.reveal(node, { select: true, focus: true, expand: true });
  }

  dispose(): void {
    clearInterval(this.#ticking);
    this.#own.dispose();
  }

  #groupItem(node: Extract<TreeNode, { kind: "workspace" | "environment" }>): vscode.TreeItem {
    const isOpen = this.#filter !== "" || this.#opensByItself(node);
    const { Expanded, Collapsed } = vscode.TreeItemCollapsibleState;
    const item = new vscode.TreeItem(plainText(node.name, 80), isOpen ? Expanded : Collapsed);
    // VS Code looks at this state only when it meets an id for the first time.
    item.id = isOpen ? `${node.id}?${this.#filter}` : node.id;
    item.contextValue = node.kind;
    const count = servicesBelow(node).length;
    const services = count === 1 ? "1 service" : `${count} services`;
    const isProtected = node.kind === "environment" && node.isProtected;
    item.description = services;
    item.tooltip = isProtected
      ? `${plainText(node.name, 80)}: a protected environment with ${services}`
      : `${plainText(node.name, 80)}: ${services}`;
    item.iconPath = new vscode.ThemeIcon(
      node.kind === "workspace" ? "organization" : isProtected ? "shield" : "layers",
    );
    return item;
  }

  /**
   * Groups with what matches this window are open. With no match the first workspace is, so that a newcomer sees
   * services at once. While things are still arriving nobody knows which that will be, so none is.
   */
  #opensByItself(node: TreeNode): boolean {
    const { state } = this.#services.account;
    if (!this.#isGitRead || state === "idle" || state === "loading") return this.#opened.has(node.id);
    const opens =
      this.#matching.size > 0
        ? holdsMatch(node, this.#matching)
        : node.kind === "workspace" &&
          serviceTree(this.#services.account, this.#filter, this.#matching)[0]?.id === node.id;
    if (opens) this.#opened.add(node.id);
    return opens;
  }

  async #deploys(service: Service): Promise<ServicesNode[]> {
    if (this.#services.deploysOf(service.id)?.complete !== true) await this.#services.loadDeploys(service.id);
    const read = this.#services.deploysOf(service.id);
    const rows = (read?.deploys ?? []).map((deploy): ServicesNode => ({
      kind: "deploy",
      id: `${service.id}/${deploy.id}`,
      deploy,
      service,
    }));
    const problem = (text: string): ServicesNode => ({
      kind: "problem",
      id: `${service.id}/problem`,
      text,
      service,
    });
    if (read?.error !== undefined) return [problem(explain(read.error, "load the deploys").text), ...rows];
    return rows.length > 0 ? rows : [problem("No deploys yet.")];
  }

  #expanded(node: ServicesNode): void {
    if (node.kind === "service") this.#expandedServices.add(node.id);
    if (node.kind !== "workspace" && node.kind !== "environment") return;
    const services = node.children.flatMap(child => (child.kind === "service" ? [child.service] : []));
    if (services.length <= smallGroup) this.#readDeploys(services);
  }

  #readDeploys(services: readonly Service[]): void {
    for (const { id } of services) if (!this.#services.deploysOf(id)) void this.#services.loadDeploys(id);
  }

  #visibilityChanged(visible: boolean): void {
    clearInterval(this.#ticking);
    if (!visible) return;
    this.#ticking = setInterval(() => {
      this.#changed.fire(undefined);
    }, ageInterval);
    void this.#matches.read({ fresh: false }).then(() => {
      this.#isGitRead = true;
      this.#accountChanged();
    });
  }

  #accountChanged(): void {
    const { account } = this.#services;
    const matching = this.#matches.all().map(({ service }) => service);
    this.#matching = new Set(matching.map(({ id }) => id));
    this.#view.message = this.#messageOf(account) ?? "";
    setContextKey("render.servicesState", this.#stateOf(account));
    setContextKey("render.failure", failureOf(account));
    this.#shown.clear();
    this.#changed.fire(undefined);
    if (this.#view.visible && account.state !== "signedOut")
      this.#readDeploys(matching.slice(0, mostMatches));
  }

  #stateOf(account: Account): ContextKeys["render.servicesState"] {
    if (account.state === "signedOut") return "signedOut";
    if (serviceTree(account, this.#filter, this.#matching).length > 0) return "ready";
    if (account.state === "failed") return "failed";
    if (account.state !== "ready") return "loading";
    return account.services.length === 0 ? "empty" : "noMatch";
  }

  /** What stands above the rows; nothing while there are none, as the welcome texts speak then. */
  #messageOf(account: Account): string | undefined {
    if (account.services.length === 0) return undefined;
    if (account.state === "failed") return staleText(account);
    return this.#filter === "" ? undefined : `Filtered by “${plainText(this.#filter, 40)}”`;
  }

  #rowChanged(serviceId: string): void {
    const node = this.#shown.get(serviceId);
    if (node) this.#changed.fire(node);
  }
}

function itemOf(row: Row, id: string, state: vscode.TreeItemCollapsibleState): vscode.TreeItem {
  const item = new vscode.TreeItem(row.label, state);
  item.id = id;
  item.description = row.description;
  item.iconPath = new vscode.ThemeIcon(
    row.icon,
    row.color === undefined ? undefined : new vscode.ThemeColor(row.color),
  );
  item.tooltip = tooltipOf(row);
  item.accessibilityInformation = { label: row.spoken };
  return item;
}

/** Names are ours and bold; values came from Render and are appended as text, so nothing in them has a meaning. */
function tooltipOf(row: Row): vscode.MarkdownString {
  const tooltip = new vscode.MarkdownString();
  tooltip.appendMarkdown("**").appendText(row.label).appendMarkdown("**\n\n");
  for (const [name, value] of row.tooltip)
    tooltip.appendMarkdown(`${name}: `).appendText(value).appendMarkdown("  \n");
  return tooltip;
}

/** Words that the `when` clauses of the menus look for. */
function contextOf(service: Service, match: ServiceMatch | undefined): string {
  const words = ["service", sourceOf(service), service.suspended ? "suspended" : "running"];
  if (!isCronJob(service)) words.push("restartable");
  if (/^https?:\/\//u.test(service.url ?? "")) words.push("site");
  if (match?.link) words.push("linked");
  return words.join(" ");
}

function contextOfDeploy(node: Extract<ServicesNode, { kind: "deploy" }>): string {
  if (isCancelable(node)) return "deploy cancelable";
  // Only what once was live has a build to go back to (Render docs, "Rollbacks").
  return viewOf(node.deploy.status).outcome === "replaced" ? "deploy replaced" : "deploy";
}

/** Render cancels no deploys of cron jobs (Render API, "Cancel deploy"). */
function isCancelable({ deploy, service }: Extract<ServicesNode, { kind: "deploy" }>): boolean {
  return viewOf(deploy.status).cancelable && !isCronJob(service);
}

function failureOf(account: Account): ContextKeys["render.failure"] {
  if (account.state !== "failed") return "none";
  const { error } = account;
  if (error instanceof SettingError) return "setting";
  if (!(error instanceof RenderError)) return "other";
  return failureKeys[error.kind] ?? "other";
}

const failureKeys: Partial<Record<RenderErrorKind, ContextKeys["render.failure"]>> = {
  unauthorized: "apiKey",
  rateLimited: "rateLimit",
  unreachable: "network",
  dns: "network",
  tls: "network",
  timeout: "network",
  cutOff: "network",
  serverError: "network",
  unavailable: "network",
};
