/** What LaTeX must load for a command: a package, or a font encoding by the package that has it. */
export interface Package {
  readonly name: string;
  readonly option?: string;
}

/** Commands, by their names such as `\oiint`, with the packages of which each needs one. */
export type Requirements = ReadonlyMap<string, readonly Package[]>;

/** A change of a text: what goes in at an offset. */
export interface Addition {
  readonly offset: number;
  readonly text: string;
}

/** A command of a text whose package is not loaded. */
export interface Missing {
  readonly command: string;
  readonly offset: number;
  /** The first of these is the usual one. */
  readonly packages: readonly Package[];
}

/** What a class or a package loads besides itself, or does itself, of the packages that symbols come from. */
const LOADS: Readonly<Record<string, readonly string[]>> = {
  amsart: ['amsmath', 'amssymb'],
  amsbook: ['amsmath', 'amssymb'],
  amsproc: ['amsmath', 'amssymb'],
  acmart: ['amsmath', 'amssymb', 'fontenc'],
  beamer: ['amsmath', 'amssymb'],
  amssymb: ['latexsym'],
  mathtools: ['amsmath'],
  empheq: ['amsmath', 'mathtools'],
  physics: ['amsmath'],
  siunitx: ['amsmath'],
  newtxmath: ['amsmath', 'amssymb'],
  newpxmath: ['amsmath', 'amssymb'],
  'unicode-math': ['amsmath', 'amssymb', 'mathrsfs', 'esint'],
};

/** Packages whose commands LaTeX has had itself since 2020. */
const IN_LATEX: readonly string[] = ['textcomp', 'latex2e'];

const CLASS = /\\documentclass\s*(?:\[[^\]]*\]\s*)?\{\s*([^}\s]*)\s*\}/;
const PACKAGE = /\\(?:usepackage|RequirePackage)\s*(?:\[([^\]]*)\]\s*)?\{([^}]*)\}/g;

/** VS Code's ids of what loads packages as LaTeX does. */
export const LATEX: ReadonlySet<string> = new Set([
  'latex',
  'tex',
  'latex-expl3',
  'doctex',
  'rsweave',
  'jlweave',
]);

/** Whether a text of LaTeX is a document's own file, and not a part of one. */
export function isRoot(latex: string): boolean {
  return CLASS.test(withoutComments(latex));
}

/** The file that a text of LaTeX says it is a part of, in a comment that editors know: `% !TeX root = main.tex`. */
export function namedRoot(latex: string): string | undefined {
  return /^%\s*!\s*tex\s+root\s*=\s*(\S.*?)\s*$/im.exec(latex)?.[1];
}

/**
 * Whether a text of LaTeX has a file as a part.
 *
 * @param file its path from the text's folder on
 */
export function includes(latex: string, file: string): boolean {
  const parts = withoutComments(latex).matchAll(/\\(?:input|include|subfile)\s*\{\s*(?:\.\/)?([^}]*?)\s*\}/g);
  return [...parts].some(([, name = '']) => name === file || `${name}.tex` === file);
}

/**
 * The commands of a text that need a package which is not loaded.
 *
 * @param root the text that loads packages, of which the other may be a part
 */
export function missingIn(latex: string, root: string, requirements: Requirements): Missing[] {
  const isLoaded = loadedIn(root);
  return [...withoutComments(latex).matchAll(/\\[A-Za-z]+/g)].flatMap(({ 0: command, index: offset }) => {
    const packages = requirements.get(command) ?? [];
    return packages.length === 0 || packages.some(isLoaded) ? [] : [{ command, offset, packages }];
  });
}

/** The line that loads a package: behind the last one of the preamble, behind the class, or at the text's start. */
export function loadPackage(latex: string, wanted: Package): Addition {
  const text = withoutComments(latex);
  const preamble = text.split('\\begin{document}', 1)[0] ?? '';
  const last = [...preamble.matchAll(PACKAGE)].at(-1) ?? CLASS.exec(preamble);
  if (!last) return { offset: 0, text: `${usePackage(wanted)}\n` };
  const end = text.indexOf('\n', last.index + last[0].length);
  const offset = end < 0 ? text.length : end - (text[end - 1] === '\r' ? 1 : 0);
  return { offset, text: `\n${usePackage(wanted)}` };
}

/** As LaTeX loads a package. */
export function usePackage({ name, option }: Package): string {
  return `\\usepackage${option === undefined ? '' : `[${option}]`}{${name}}`;
}

/** Tells of a package whether a text loads it. */
export function loadedIn(root: string): (wanted: Package) => boolean {
  const text = withoutComments(root);
  const loaded = [...text.matchAll(PACKAGE)].flatMap(([, options = '', names = '']) =>
    names.split(',').map((name) => ({ name: name.trim(), options })),
  );
  const others = loadedBy([CLASS.exec(text)?.[1] ?? '', ...loaded.map(({ name }) => name)]);
  return ({ name, option }) =>
    IN_LATEX.includes(name) ||
    others.includes(name) ||
    loaded.some((each) => each.name === name && (option === undefined || each.options.includes(option)));
}

/** What classes and packages load, and these in turn. */
function loadedBy(names: readonly string[]): string[] {
  const next = names.flatMap((name) => (Object.hasOwn(LOADS, name) ? LOADS[name] : undefined) ?? []);
  return next.length === 0 ? [] : [...next, ...loadedBy(next)];
}

/** A text with its comments blanked, so that all else stays where it is. */
function withoutComments(latex: string): string {
  return latex.replace(
    /(?<!\\)((?:\\\\)*)(%.*)/g,
    (_, escapes: string, comment: string) => escapes + ' '.repeat(comment.length),
  );
}
