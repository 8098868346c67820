/**
 * How a file writes a symbol: as LaTeX does, so only in formulas, by Typst's name, as the character itself, as an HTML
 * entity, or as what becomes the character with Tab.
 */
export const FORMS = ['latex', 'formulas', 'typst', 'unicode', 'entity', 'abbreviation'] as const;
export type Form = (typeof FORMS)[number];

/** Forms by VS Code's id of the language. */
export type FormTable = Readonly<Record<string, Form>>;

/** Of languages that do not write the character itself. */
export const USUAL_FORMS: FormTable = {
  latex: 'latex',
  tex: 'latex',
  'latex-expl3': 'latex',
  doctex: 'latex',
  context: 'latex',
  bibtex: 'latex',
  rsweave: 'latex',
  jlweave: 'latex',
  markdown: 'formulas',
  'markdown-math': 'formulas',
  quarto: 'formulas',
  rmd: 'formulas',
  mdx: 'formulas',
  juliamarkdown: 'formulas',
  typst: 'typst',
};

export function isForm(value: unknown): value is Form {
  return FORMS.some((form) => form === value);
}
