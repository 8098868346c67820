import { elementOf } from '../../src/base/elementOf';

/** Makes the element of a page known to the browser, under the name that follows from the page's folder. */
export function definePage(folder: string, page: CustomElementConstructor): void {
  customElements.define(elementOf(folder), page);
}
