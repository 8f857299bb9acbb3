/** What the button in the status bar shows. */
export interface StatusView {
  /** May begin with an icon: "$(rocket) Deploy harbor-api". */
  readonly text: string;
  readonly tooltip: string;
  /** What a screen reader says. */
  readonly spoken: string;
  readonly background?: "statusBarItem.errorBackground" | "statusBarItem.warningBackground";
  /** The deploy whose log can be opened from the tooltip. */
  readonly log?: { readonly serviceId: string; readonly deployId: string };
  /** The id of the service that the text names, so that a click means no other. */
  readonly named?: string;
}
