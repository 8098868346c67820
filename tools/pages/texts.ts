import type { Random } from '../../src/base/random';
import { MEASURED_PACKAGES, readSourceFiles } from '../lines/sources';
import { oneOf } from '../lines/transform';
import { PYTHON_PAGES } from './students';

/** Lines of a page at least and at most, and characters of a line at most. */
const [FEWEST, MOST, LONGEST] = [7, 12, 38];
const INDENT = '    ';

/** A page of code, four blanks for each level of indentation. */
export interface PageText {
  /** VS Code's id. */
  readonly language: string;
  readonly text: string;
}

/** Texts of pages: by turns students' Python, and pieces of the packages that lines are measured on. */
export class PageTexts {
  private constructor(private readonly pieces: readonly string[]) {}

  /** @param modules the folder node_modules */
  static async read(modules: string): Promise<PageTexts> {
    const files = await readSourceFiles(modules, MEASURED_PACKAGES);
    return new PageTexts(files.flatMap(piecesOf));
  }

  draw(page: number, random: Random): PageText {
    return page % 2 === 0
      ? { language: 'python', text: oneOf(random, PYTHON_PAGES) }
      : { language: 'javascript', text: oneOf(random, this.pieces) };
  }
}

/** Runs of lines that fit on a page, one behind the other. */
function piecesOf(file: readonly string[]): string[] {
  const pieces: string[] = [];
  let lines: string[] = [];
  for (const line of [...file, '\u0000']) {
    const isFit = /^[\t -~]*$/.test(line) && line.trim().length <= LONGEST;
    if (isFit && line.trim() !== '') lines.push(line.trimEnd());
    if (isFit && lines.length < MOST) continue;
    if (lines.length >= FEWEST) pieces.push(levelled(lines));
    lines = [];
  }
  return pieces;
}

/** Each deeper indentation than the line before has is a level more, whatever it was written with. */
function levelled(lines: readonly string[]): string {
  const open: number[] = [];
  const depths = lines.map((line) => line.replaceAll('\t', INDENT).search(/\S/));
  return lines
    .map((line, at) => {
      const depth = depths[at] ?? 0;
      while (open.length > 0 && (open.at(-1) ?? 0) >= depth) open.pop();
      open.push(depth);
      return INDENT.repeat(open.length - 1) + line.trim();
    })
    .join('\n');
}
