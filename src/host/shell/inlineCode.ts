import { largestOf } from '../../base/vectors';

/** A text as Markdown's inline code, in which none of it is taken for Markdown. */
export function inlineCode(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  if (!line.includes('`')) return `\`${line}\``;
  // a run of backquotes that the text has none of as long
  const fence = '`'.repeat(1 + largestOf((line.match(/`+/g) ?? []).map(({ length }) => length)));
  return `${fence} ${line} ${fence}`;
}
