/**
 * What is read of an element in the browser. The DOM's own types are left out of this project, because they would
 * offer `window` and `document` to the extension, which has none.
 */
export interface PageElement {
  readonly className: string;
  readonly textContent: string;
  readonly innerText: string;
  /** Of a field. */
  readonly value: string;
  getAttribute(name: string): string | null;
  getBoundingClientRect(): { readonly top: number };
  querySelector(selector: string): PageElement | null;
  querySelectorAll(selector: string): ArrayLike<PageElement>;
}
