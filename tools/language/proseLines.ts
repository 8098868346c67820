import { writtenLines } from '../../src/language/writtenLines';
import { lineHash } from './lineHash';

/** A paragraph is broken into lines of 20 to 83 characters, as on paper; some lines are written in capitals. */
export function* proseLines(text: string, isMarkdown: boolean): Iterable<string> {
  for (const paragraph of isMarkdown ? markdownParagraphs(text) : plainParagraphs(text)) {
    for (const line of broken(paragraph)) {
      yield line;
      if (lineHash(line) % 25 === 0) yield line.toUpperCase();
    }
  }
}

function plainParagraphs(text: string): string[] {
  return text.split(/\n\s*\n/).map((paragraph) => paragraph.replace(/\s+/g, ' ').trim());
}

/** The sentences of a page, without code, tables, headings' marks, links' addresses and HTML. */
function markdownParagraphs(text: string): string[] {
  const prose = text
    .replace(/```[\s\S]*?```/g, '')
    .replace(/<[^>]*>/g, '')
    .replace(/!\[[^\]]*\]\([^)]*\)/g, '')
    .replace(/\[([^\]]*)\](\([^)]*\)|\[[^\]]*\])/g, '$1')
    .replace(/^\s*[-*+]\s+/gm, '')
    .replace(/[*_`]+/g, '');
  return writtenLines(prose).filter(
    (line) => /^[A-Z]/.test(line) && line.includes(' ') && !line.includes('|'),
  );
}

function* broken(paragraph: string): Iterable<string> {
  let rest = paragraph;
  while (rest.length > 0) {
    const length = 20 + (lineHash(rest.slice(0, 100)) % 64);
    const end = rest.length <= length ? rest.length : rest.lastIndexOf(' ', length);
    const line = end > 0 ? rest.slice(0, end) : rest;
    yield line;
    rest = rest.slice(line.length).trimStart();
  }
}
