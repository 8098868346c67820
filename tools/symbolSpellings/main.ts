// Makes media/symbolSpellings.tsv: how the characters of media/symbols.json are written in Typst, in HTML and in Lean.
// Typst's names come with its crate codex (`cargo fetch` gets it):
// `npm run spell:symbols -- --typst path/to/codex-0.3.0/src/modules/sym.txt`.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { groupBy } from '../../src/base/groupBy';
import { type LatexSymbol, SymbolTable } from '../../src/symbols/symbolTable';
import { fetchPackage, type FetchedPackage } from '../language/fetchPackage';
import { filesOf } from '../language/tarball';
import { typstNames } from './typstNames';

const ENTITIES: FetchedPackage = {
  name: 'character-entities',
  version: '2.0.2',
  integrity:
    'sha512-shx7oQ0Awen/BRIdkjkvz54PnEEI/EjwXDSIZp86/KKdbafHh1Df/RYGBhn4hbe2+uKC9FnT5UCEdyPz3ai9hQ==',
};
const ENTITIES_OF_HTML4: FetchedPackage = {
  name: 'character-entities-html4',
  version: '2.1.0',
  integrity:
    'sha512-1v7fgQRj6hnSwFpq1Eu0ynr/CDEw0rXo2B61qXrLNdHZmPKgb7fqS1a2JwF0rISo9q77jDI8VMEHoApn8qDoZA==',
};
const LEAN: FetchedPackage = {
  name: '@leanprover/unicode-input',
  version: '0.1.9',
  integrity:
    'sha512-NTd56YpI8iAb2aLLHEOCAIJM+T7pWJLS0PSn9sIOS21HwAgnhlgoHsoioey9hkUCdV0kDfeh0lsX2Yx3mbF0dg==',
};

const HEADER = [
  '# character, in Typst, HTML entity, abbreviation in Lean',
  '# from codex 0.3.0 (Apache-2.0), character-entities 2.0.2 (MIT), @leanprover/unicode-input 0.1.9 (Apache-2.0)',
];

const downloads = path.join('out', 'packages');

async function textOf(source: FetchedPackage, file: string): Promise<string> {
  return (
    filesOf(await fetchPackage(source, downloads))
      .get(file)
      ?.toString('utf8') ?? ''
  );
}

/** Names of characters, as `character: [names]`. */
function byCharacter(pairs: Iterable<readonly [name: string, character: string]>): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [name, character] of pairs) found.set(character, [...(found.get(character) ?? []), name]);
  return found;
}

/** The entities of a module that maps each name to its character. */
async function entities(source: FetchedPackage): Promise<Map<string, string[]>> {
  const lines = (await textOf(source, 'index.js')).matchAll(/^ {2}(\w+): '(.+)',?$/gmu);
  return byCharacter(
    [...lines].map(([, name = '', value = '']) => [
      name,
      JSON.parse(`"${value.replaceAll('"', '\\"')}"`) as string,
    ]),
  );
}

/** The one that is the command's own, or else the first, one that is spelled out before one of two letters. */
function preferred(names: readonly string[] = [], commands: readonly string[] = []): string | undefined {
  return names.find((name) => commands.includes(name)) ?? names.find((name) => name.length > 2) ?? names[0];
}

const shortest = (names: readonly string[] = []): string | undefined =>
  names.toSorted((a, b) => a.length - b.length)[0];

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { typst: { type: 'string' } } });
  if (values.typst === undefined) throw new Error('Say where sym.txt of the crate codex is: --typst FILE.');
  const typst = typstNames(readFileSync(values.typst, 'utf8'));
  const [html, html4] = [await entities(ENTITIES), await entities(ENTITIES_OF_HTML4)];
  const lean = byCharacter(
    Object.entries(JSON.parse(await textOf(LEAN, 'dist/abbreviations.json')) as Record<string, string>),
  );
  const table = SymbolTable.parse(readFileSync(path.join('media', 'symbols.json'), 'utf8'));
  const symbols = groupBy(
    table.classes.flatMap((each): LatexSymbol[] => [...each.symbols]),
    ({ text = '' }) => text,
  );
  symbols.delete('');

  const rows = [...symbols].map(([text, own]) => {
    const commands = own.map(({ command }) => command.replace(/^\\/u, ''));
    const entity = html4.get(text)?.[0] ?? shortest(html.get(text));
    const abbreviation = preferred(lean.get(text), commands);
    return [
      text,
      preferred(typst.get(text), commands) ?? '',
      entity ?? '',
      abbreviation === undefined ? '' : `\\${abbreviation}`,
    ].join('\t');
  });
  writeFileSync(path.join('media', 'symbolSpellings.tsv'), `${[...HEADER, ...rows].join('\n')}\n`);
  console.log(`${String(rows.length)} characters`);
}

void main();
