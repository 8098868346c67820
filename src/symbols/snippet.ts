const STOP = /\$(?:\d+|\{\d+(?::((?:[^{}\\]|\\.)*))?\})/g;

/** Whether a text has stops for the cursor, such as `$1` or `${1:name}`. */
export function hasStops(text: string): boolean {
  return text.search(STOP) >= 0;
}

/** The text of a snippet, with what its stops suggest. */
export function withoutStops(snippet: string): string {
  return snippet.replace(STOP, (_, suggested: string | undefined) => suggested ?? '');
}
