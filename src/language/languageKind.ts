/** What VS Code's languages of prose are called. */
const PROSE = new Set([
  'plaintext',
  'markdown',
  'latex',
  'tex',
  'bibtex',
  'typst',
  'quarto',
  'restructuredtext',
  'asciidoc',
  'scminput',
  'git-commit',
  'search-result',
  'log',
]);

/**
 * Whether texts of a language are mostly prose.
 *
 * @param language VS Code's id
 */
export const isProse = (language: string): boolean => PROSE.has(language);
