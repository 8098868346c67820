/** The custom element that is a whole page, by the page's folder in `webview`. */
export function elementOf(folder: string): string {
  return `scrawl-${folder.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)}`;
}
