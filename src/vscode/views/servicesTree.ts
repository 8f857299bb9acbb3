import * as vscode from "vscode";
import { staleText } from "../../core/messages.js";
import { plainText } from "../../core/plainText.js";
import type { Service } from "../../core/render/shapes.js";
import type { Account } from "../../core/services/directory.js";
import { deployWords, serviceWords } from "../../core/services/menuWords.js";
import { deployRow, serviceRow } from "../../core/services/rows.js";
import { deployNodes, type ServicesNode } from "../../core/services/servicesNode.js";
import { loadFailure, servicesState } from "../../core/services/servicesState.js";
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
import { setContextKey } from "../state.js";
import { groupItem, problemItem, rowItem } from "./treeItems.js";

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
    this.#on(this.#view.onDidChangeVisibility, ({ visible }) => {
      this.#visibilityChanged(visible);
    });
    this.#on(this.#view.onDidExpandElement, ({ element }) => {
      this.#expanded(element);
    });
    this.#on(this.#view.onDidCollapseElement, ({ element }) => {
      this.#expandedServices.delete(element.id);
    });
    this.#on(matches.onDidChange, () => {
      this.#accountChanged();
    });
    for (const event of [services.onDidChangeDeploys, glances.onDidChange])
      this.#on(event, id => {
        this.#rowChanged(id);
      });
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
    const { id } = node;
    switch (node.kind) {
      case "workspace":
      case "environment":
        return groupItem(node, this.#isOpen(node) ? this.#filter : undefined);
      case "service": {
        const { service } = node;
        const match = this.#matches.of(id);
        const [place, read] = [this.#services.place(service), this.#services.deploysOf(id)];
        const row = serviceRow(service, place, read, Date.now(), match, this.#glances.of(id));
        const item = rowItem(row, id, serviceWords(service, match?.link !== undefined));
        item.collapsibleState = vscode.TreeItemCollapsibleState.Collapsed;
        return item;
      }
      case "deploy":
        return rowItem(deployRow(node.deploy, Date.now()), id, deployWords(node.deploy, node.service));
      case "problem":
        return problemItem(node.text, id);
    }
  }

  async getChildren(node?: ServicesNode): Promise<ServicesNode[]> {
    if (!node) {
      if (this.#services.account.state === "idle") void this.#services.load();
      return this.#tree();
    }
    if (node.kind === "workspace" || node.kind === "environment") return [...node.children];
    return node.kind === "service" ? this.#deploys(node.service) : [];
  }

  getParent(node: ServicesNode): ServicesNode | undefined {
    if (node.kind === "deploy" || node.kind === "problem")
      return { kind: "service", id: node.service.id, service: node.service };
    return parentOf(node.id, this.#tree());
  }

  /** Shows the row of a service with its deploys, whatever the rows are filtered by. */
  async reveal(service: Service): Promise<void> {
    if (
      !this.#tree()
        .flatMap(servicesBelow)
        .some(({ id }) => id === service.id)
    )
      this.filter = "";
    const node: ServicesNode = { kind: "service", id: service.id, service };
    await this.#view.reveal(node, { select: true, focus: true, expand: true });
  }

  dispose(): void {
    clearInterval(this.#ticking);
    this.#own.dispose();
  }

  #on<T>(event: vscode.Event<T>, listener: (told: T) => void): void {
    this.#own.add(event(listener));
  }

  #tree(): TreeNode[] {
    return serviceTree(this.#services.account, this.#filter, this.#matching);
  }

  /**
   * While rows are filtered every group is open, else those with what matches this window. With no match the first
   * workspace is, so that a newcomer sees services at once. While things are still arriving nobody knows which that
   * will be, so none is.
   */
  #isOpen(node: TreeNode): boolean {
    if (this.#filter !== "") return true;
    const { state } = this.#services.account;
    if (!this.#isGitRead || state === "idle" || state === "loading") return this.#opened.has(node.id);
    const opens =
      this.#matching.size > 0
        ? holdsMatch(node, this.#matching)
        : node.kind === "workspace" && this.#tree()[0]?.id === node.id;
    if (opens) this.#opened.add(node.id);
    return opens;
  }

  async #deploys(service: Service): Promise<ServicesNode[]> {
    if (this.#services.deploysOf(service.id)?.complete !== true) await this.#services.loadDeploys(service.id);
    return deployNodes(service, this.#services.deploysOf(service.id));
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
    setContextKey("render.servicesState", servicesState(account, this.#tree().length > 0));
    setContextKey("render.failure", loadFailure(account));
    this.#shown.clear();
    this.#changed.fire(undefined);
    if (this.#view.visible && account.state !== "signedOut")
      this.#readDeploys(matching.slice(0, mostMatches));
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
