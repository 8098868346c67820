import assert from 'node:assert/strict';
import { Random } from '../../../../src/base/random';
import { InkError } from '../../../../src/ink/errors';
import { readInkml, type LabeledInk } from '../../../../src/ink/inkml';
import { readUnipen } from '../../../../src/ink/unipen';
import { damaged, writeRandomInkml, writeRandomUnipen, type Written } from './grammar';

const GRAMMARS: [string, (random: Random) => Written, (text: string) => readonly LabeledInk[]][] = [
  ['InkML', writeRandomInkml, (text) => readInkml(text).groups],
  ['UNIPEN', writeRandomUnipen, (text) => readUnipen(text).characters],
];

/**
 * Writes a document of each grammar and reads it: it must be found as it was meant, and damaged it must be read or refused
 * in a sentence.
 *
 * @throws AssertionError with the document and its seed where that is not so
 */
export function checkInk(seed: number): void {
  for (const [name, write, read] of GRAMMARS) {
    const random = new Random(seed);
    const { text, groups } = write(random);
    const found = read(text).map(({ label, ink }) => ({
      label,
      ink: ink.map((stroke) => stroke.map(([x, y]) => [x, y])),
    }));
    assert.deepEqual(found, groups, `${name} ${String(seed)}: ${text}`);
    for (let change = 0; change < 4; change++) {
      const broken = damaged(random, text);
      try {
        read(broken);
      } catch (error) {
        assert.ok(
          error instanceof InkError && /^[^\n]*\.$/.test(error.message),
          `${name} ${String(seed)}: ${String(error)}: ${broken}`,
        );
      }
    }
  }
}
