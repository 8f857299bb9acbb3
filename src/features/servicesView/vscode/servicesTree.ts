import * as vscode from "vscode";
import type { Service } from "../../../render/shapes.js";
import { viewOf } from "../../../services/deployStatus.js";
import type { Listing } from "../../../services/directory.js";
import type { ServiceMatch } from "../../../matching/match.js";
import type { EndReason, WhyEnded } from "../endReason.js";
import { deployWords, serviceWords } from "../menuWords.js";
import { deployRow, serviceRow, type Row } from "../rowTexts.js";
import { deployNodes, type ServicesNode } from "../servicesNode.js";
import { loadFailure, servicesState, textAboveRows } from "../servicesState.js";
import { areSame, nodeOf, openGroups, parentOf, serviceTree, type TreeNode } from "../serviceTree.js";
import { Slices } from "../slices.js";
import type { Glances } from "../../../matching/vscode/glances.js";
import type { Matches } from "../../../matching/vscode/matches.js";
import { inTime } from "../../../window/clock.js";
import { Owned } from "../../../window/owned.js";
import type { Services } from "../../../services/vscode/services.js";
import { setContextKey } from "../../../window/state.js";
import type { ServicesViewPlace, ViewContent } from "../../../window/servicesViewPlace.js";
import { drawingOf, ShownRows, type Shown } from "./shownRows.js";
import { groupItem, problemItem, rowItem, tooltipOf } from "./treeItems.js";

/** Opening a group of at most so many services reads the deploys of each. */
const smallGroup = 8;

/** The deploys of at most so many services that match this window are read without a click. */
const mostMatches = 10;

/** The deploys of at most so many services are kept up to date. */
const mostWatched = 20;

/** How often the ages in the rows are looked at while the view is seen, in milliseconds. */
const ageInterval = 60_000;

/** How long a tooltip waits for the reason of an end, in milliseconds. */
const longestReason = 10_000;

export interface ServicesTreeParts {
  readonly place: ServicesViewPlace;
  readonly services: Services;
  readonly matches: Matches;
  readonly glances: Glances;
  /** Milliseconds since the epoch, by Render's clock where that is known. */
  readonly now: () => number;
  readonly why: WhyEnded;
}

/** The view `render.services`: the account's services, and below each its last deploys. Asks for nothing while hidden. */
export class ServicesTree implements ViewContent<ServicesNode>, vscode.Disposable {
  readonly #place: ServicesViewPlace;
  readonly #services: Services;
  readonly #matches: Matches;
  readonly #glances: Glances;
  readonly #now: () => number;
  readonly #why: WhyEnded;
  readonly #own = new Owned();
  /** Services whose deploys are open. */
  readonly #expandedServices = new Set<string>();
  /** The outermost rows, as VS Code was told of them last. */
  #nodes: readonly TreeNode[] = [];
  /** What decides besides them which rows are open, what those of groups show, and whether to load. */
  #outline = "";
  /** What the rows were made of last: most changes of this window change none of it. */
  #inputs: readonly unknown[] = [];
  readonly #slices = new Slices(
    () => performance.now(),
    turn => setImmediate(turn),
  );
  readonly #shown = new ShownRows();
  #filter = "";
  #matching: ReadonlySet<string> = new Set();
  /** Ids of the groups that are open by themselves. */
  #opened: ReadonlySet<string> = new Set();
  #isGitRead = false;
  #ticking: NodeJS.Timeout | undefined;

  constructor({ place, services, matches, glances, now, why }: ServicesTreeParts) {
    this.#place = place;
    this.#services = services;
    this.#matches = matches;
    this.#glances = glances;
    this.#now = now;
    this.#why = why;
    const { view } = place;
    this.#on(view.onDidChangeVisibility, ({ visible }) => {
      this.#visibilityChanged(visible);
    });
    this.#on(view.onDidExpandElement, ({ element }) => {
      this.#expanded(element as ServicesNode);
    });
    this.#on(view.onDidCollapseElement, ({ element }) => {
      this.#expandedServices.delete(element.id);
    });
    this.#on(matches.onDidChange, () => {
      this.#listingChanged();
    });
    for (const event of [services.onDidChangeDeploys, glances.onDidChange])
      this.#on(event, id => {
        this.#redrawChanged(this.#shown.get(id));
      });
    this.#visibilityChanged(view.visible);
    this.#listingChanged();
  }

  get isVisible(): boolean {
    return this.#place.view.visible;
  }

  get onDidChangeVisibility(): vscode.Event<unknown> {
    return this.#place.view.onDidChangeVisibility;
  }

  /** Ids of the services whose state a person sees: those that match this window, and those that are open. */
  get watched(): readonly string[] {
    const matching = [...this.#matching].slice(0, mostMatches);
    return [...new Set([...matching, ...this.#expandedServices])].slice(0, mostWatched);
  }

  /** The text that the rows are filtered by; empty for none. */
  get filter(): string {
    return this.#filter;
  }

  set filter(text: string) {
    this.#filter = text.trim();
    setContextKey("render.filtered", this.#filter !== "");
    this.#listingChanged();
  }

  /** VS Code asks for all rows of a level at once. */
  getTreeItem(node: ServicesNode): vscode.TreeItem | Promise<vscode.TreeItem> {
    return this.#slices.run(() => this.#itemOf(node));
  }

  #itemOf(node: ServicesNode): vscode.TreeItem {
    this.#shown.set({ node, drawn: this.#drawingOf(node), isPlain: this.#isPlain(node) });
    switch (node.kind) {
      case "workspace":
      case "environment":
        return groupItem(node, this.#filter !== "" || this.#opened.has(node.id) ? this.#filter : undefined);
      case "service": {
        const { row, words } = this.#rowOf(node);
        const item = rowItem(row, node.id, words);
        item.collapsibleState = vscode.TreeItemCollapsibleState.Collapsed;
        return item;
      }
      case "deploy":
        return rowItem(this.#deployRow(node), node.id, deployWords(node.deploy, node.service));
      case "problem":
        return problemItem(node.text, node.id);
    }
  }

  async resolveTreeItem(
    item: vscode.TreeItem,
    node: ServicesNode,
    token: vscode.CancellationToken,
  ): Promise<vscode.TreeItem> {
    const row = this.#rowWithTooltip(node);
    const shown = this.#shown.get(node.id);
    const reason = node.kind === "deploy" ? await this.#reasonOf(node, token) : undefined;
    if (row) item.tooltip = tooltipOf(row, reason);
    if (row && shown) shown.tooltip = JSON.stringify(row.tooltip);
    return item;
  }

  /** What Render and its log say is read when a person looks. */
  async #reasonOf(
    { deploy, service }: Extract<ServicesNode, { kind: "deploy" }>,
    token: vscode.CancellationToken,
  ): Promise<EndReason | undefined> {
    const { outcome } = viewOf(deploy.status);
    if (outcome !== "failed" && outcome !== "canceled") return undefined;
    const left = new AbortController();
    const leaving = token.onCancellationRequested(() => {
      left.abort();
    });
    try {
      return await inTime(this.#why(service.id, deploy, left.signal), longestReason);
    } finally {
      leaving.dispose();
    }
  }

  async getChildren(node?: ServicesNode): Promise<ServicesNode[]> {
    if (!node) {
      if (this.#services.listing.state === "idle") void this.#services.load();
      return [...this.#nodes];
    }
    if (node.kind === "workspace" || node.kind === "environment") return [...node.children];
    return node.kind === "service" ? this.#deploys(node.service) : [];
  }

  getParent(node: ServicesNode): ServicesNode | undefined {
    if (node.kind === "deploy" || node.kind === "problem") return nodeOf(node.service.id, this.#nodes);
    return parentOf(node.id, this.#nodes);
  }

  /** Shows the row of a service with its deploys, whatever the rows are filtered by. */
  async reveal(service: Service): Promise<void> {
    if (!nodeOf(service.id, this.#nodes)) this.filter = "";
    const node = nodeOf(service.id, this.#nodes) ?? { kind: "service", id: service.id, service };
    await this.#place.view.reveal(node, { select: true, focus: true, expand: true });
  }

  dispose(): void {
    clearInterval(this.#ticking);
    this.#own.dispose();
  }

  #on<T>(event: vscode.Event<T>, listener: (told: T) => void): void {
    this.#own.add(event(listener));
  }

  #rowOf({ service }: { readonly service: Service }): { readonly row: Row; readonly words: string } {
    const { id } = service;
    const match = this.#matches.of(id);
    const [place, read] = [this.#services.place(service), this.#services.deploysOf(id)];
    const row = serviceRow(service, place, read, this.#now(), match, this.#glances.of(id));
    return { row, words: serviceWords(service, match?.link !== undefined) };
  }

  #deployRow({ deploy, service }: Extract<ServicesNode, { kind: "deploy" }>): Row {
    return deployRow(deploy, this.#now(), this.#services.deploysOf(service.id)?.deploys);
  }

  #rowWithTooltip(node: ServicesNode): Row | undefined {
    if (node.kind === "deploy") return this.#deployRow(node);
    return node.kind === "service" ? this.#rowOf(node).row : undefined;
  }

  /** What may change in a row while the outline stays, its tooltip aside; for a service, the rows below it too. */
  #drawingOf(node: ServicesNode): string {
    if (node.kind === "deploy") return drawingOf(this.#deployRow(node), "");
    if (node.kind !== "service") return "";
    const { row, words } = this.#rowOf(node);
    const read = this.#services.deploysOf(node.id);
    if (!read) return drawingOf(row, words);
    const below = deployNodes(node.service, read).map(each => ("deploy" in each ? each.deploy : each));
    return drawingOf(row, words) + JSON.stringify(below);
  }

  #isPlain({ kind, id }: ServicesNode): boolean {
    if (kind !== "service") return kind !== "deploy";
    return !this.#services.deploysOf(id) && !this.#matches.of(id) && !this.#glances.of(id);
  }

  async #deploys(service: Service): Promise<ServicesNode[]> {
    const { id } = service;
    const known = this.#services.deploysOf(id);
    // What failed is not tried again with each redraw: a refresh does.
    if (known?.complete !== true && known?.error === undefined) await this.#services.loadDeploys(id);
    const read = this.#services.deploysOf(id);
    // A refresh gives up what is being read.
    return read ? deployNodes(service, read) : this.#deploys(service);
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
      this.#redrawChangedRows();
    }, ageInterval);
    void this.#matches.read({ fresh: false }).then(() => {
      this.#isGitRead = true;
      this.#listingChanged();
    });
  }

  #listingChanged(): void {
    const { listing } = this.#services;
    const matches = this.#matches.all();
    const inputs = [listing, matches, this.#filter, this.#isGitRead];
    if (inputs.some((input, index) => input !== this.#inputs[index])) this.#draw(listing, matches);
    this.#inputs = inputs;
    if (this.#place.view.visible && listing.state !== "signedOut")
      this.#readDeploys(matches.slice(0, mostMatches).map(({ service }) => service));
  }

  #draw(listing: Listing, matches: readonly ServiceMatch[]): void {
    const matching = matches.map(({ service }) => service);
    this.#matching = new Set(matching.map(({ id }) => id));
    this.#place.view.message = textAboveRows(listing, this.#filter);
    setContextKey("render.failure", loadFailure(listing));
    const nodes = serviceTree(listing, this.#filter, this.#matching);
    setContextKey("render.servicesState", servicesState(listing, nodes.length > 0));
    this.#openGroups(nodes);
    const outline = JSON.stringify([this.#filter, [...this.#opened], listing.state === "idle"]);
    if (outline === this.#outline && areSame(nodes, this.#nodes)) this.#redrawChangedRows();
    else {
      [this.#nodes, this.#outline] = [nodes, outline];
      this.#shown.clear();
      this.#place.redraw(undefined);
    }
  }

  /** While things are still arriving nobody knows which groups will open, so all stay as they are. */
  #openGroups(nodes: readonly TreeNode[]): void {
    const { state } = this.#services.listing;
    const isArriving = !this.#isGitRead || state === "idle" || state === "loading";
    if (!isArriving && this.#filter === "") this.#opened = new Set(openGroups(nodes, this.#matching));
  }

  /** What shows the same stays as it is: a menu that is open on a row which is drawn anew does nothing any more. */
  #redrawChangedRows(): void {
    for (const shown of this.#shown.all()) this.#redrawChanged(shown);
  }

  #redrawChanged(shown: Shown | undefined): void {
    if (!shown || !this.#hasChanged(shown)) return;
    this.#shown.forgetBelow(shown.node.id);
    this.#place.redraw(shown.node);
  }

  #hasChanged({ node, drawn, isPlain, tooltip }: Shown): boolean {
    if (isPlain && tooltip === undefined && this.#isPlain(node)) return false;
    if (drawn !== this.#drawingOf(node)) return true;
    return tooltip !== undefined && tooltip !== JSON.stringify(this.#rowWithTooltip(node)?.tooltip);
  }
}
