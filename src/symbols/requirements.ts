import { groupBy } from '../base/groupBy';
import type { Package, Requirements } from './packages';
import type { LatexSymbol } from './symbolTable';

/** The packages that each command of some symbols needs one of; of a command that LaTeX itself has, there are none. */
export function requirementsOf(symbols: Iterable<LatexSymbol>): Requirements {
  const byName = groupBy(symbols, ({ command }) => nameOf(command));
  return new Map(
    [...byName].flatMap(([name, own]) => {
      const packages = own.map(packageOf);
      const known = packages.flatMap((each) => each ?? []);
      return name === '' || known.length < packages.length ? [] : [[name, known]];
    }),
  );
}

/** The name of a command without its argument: `\mathbb` of `\mathbb{R}`; '' where it is none. */
export function nameOf(command: string): string {
  return /^\\[A-Za-z]+/.exec(command)?.[0] ?? '';
}

function packageOf({ package: name, encoding }: LatexSymbol): Package | undefined {
  if (name !== undefined) return { name };
  return encoding === undefined ? undefined : { name: 'fontenc', option: encoding };
}
