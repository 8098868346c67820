import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { CharacterModel } from '../../../src/language/characterModel';
import { readCharacterModel, writeCharacterModel } from '../../../src/language/characterModelFile';
import { LanguageError } from '../../../src/language/errors';
import { GramCounter } from '../../../src/language/gramCounter';
import { longestEndings } from '../../../src/language/gramTree';
import { LINE_BREAK, SYMBOL_COUNT, symbolOf } from '../../../src/language/symbols';
import { backoffWeights, characterModelOf, wittenBell } from '../../../src/language/wittenBell';
import { nodeOf, symbolsOf } from './nodeOf';

const TEXT = ['for (let i = 0; i < n; i++) sum += row[i];', 'return sum / n;', 'let sum = 0;'];

function counted(lines: readonly string[], order: number) {
  const counter = new GramCounter(order);
  for (const line of lines) counter.addLine(line);
  return counter.count();
}

function weighted(lines: readonly string[], order: number) {
  const grams = counted(lines, order);
  const endings = longestEndings(grams);
  const probabilities = wittenBell(grams, endings);
  return { ...grams, probabilities, backoff: backoffWeights(grams, probabilities, endings) };
}

/** Every context that a text comes through, and some that it does not. */
function contextsOf(model: CharacterModel, text: string): number[] {
  const contexts = [0, model.next(0, LINE_BREAK)];
  for (const symbol of symbolsOf(text)) contexts.push(model.next(contexts.at(-1) ?? 0, symbol));
  return contexts;
}

function assertSumsToOne(model: CharacterModel, text: string): void {
  const row = new Float64Array(SYMBOL_COUNT);
  for (const context of contextsOf(model, text)) {
    model.allProbabilities(context, row);
    const sum = row.reduce((total, each) => total + each, 0);
    assert.ok(Math.abs(sum - 1) < 1e-6, `${sum} behind context ${context}`);
    row.forEach((probability, symbol) => {
      assert.ok(probability > 0);
      assert.ok(Math.abs(probability - model.probability(context, symbol)) < 1e-9);
    });
  }
}

describe('character model', () => {
  it("has Witten and Bell's probabilities", () => {
    // of "ab" and "ac" the characters are a b end a c end: six, of four kinds
    const grams = counted(['ab', 'ac'], 2);
    const probabilities = wittenBell(grams, longestEndings(grams));
    const a = (2 + 4 / 97) / 10;
    const b = (1 + 4 / 97) / 10;
    assert.ok(Math.abs((probabilities[nodeOf(grams, symbolsOf('a'))] ?? 0) - a) < 1e-12);
    // behind an a: twice something, of two kinds
    assert.ok(Math.abs((probabilities[nodeOf(grams, symbolsOf('ab'))] ?? 0) - (1 + 2 * b) / 4) < 1e-12);
  });

  it('gives all characters probabilities that sum to one, behind any context', () => {
    assertSumsToOne(characterModelOf(counted(TEXT, 5)), `${TEXT.join('')} zebra`);
  });

  it('expects what it was counted from', () => {
    const model = characterModelOf(counted(TEXT, 5));
    const context = [LINE_BREAK, ...symbolsOf('retur')].reduce((at, symbol) => model.next(at, symbol), 0);
    assert.ok(model.probability(context, symbolOf(0x6e)) > 0.4);
    assert.ok(model.probability(context, symbolOf(0x7a)) < 0.02);
  });

  it('is read back as it was written, in steps of 3.2%', () => {
    const grams = weighted(TEXT, 4);
    const bytes = writeCharacterModel(grams);
    assert.deepEqual(bytes, writeCharacterModel(weighted(TEXT, 4)));
    const model = readCharacterModel(bytes, 'code.bin');
    const exact = characterModelOf(counted(TEXT, 4));
    assertSumsToOne(model, TEXT.join(''));
    for (const context of contextsOf(exact, TEXT.join(''))) {
      for (let symbol = 0; symbol < SYMBOL_COUNT; symbol++) {
        const ratio = model.probability(context, symbol) / exact.probability(context, symbol);
        // a probability is a product of at most four weights, each scaled by a sum
        assert.ok(Math.abs(Math.log(ratio)) < 0.3, `${ratio} for ${symbol} behind ${context}`);
      }
    }
  });

  it('says what is wrong with a file that is cut off, damaged or something else', () => {
    const bytes = writeCharacterModel(weighted(TEXT, 4));
    const message = (wrong: Uint8Array) => {
      try {
        readCharacterModel(wrong, 'code.bin');
      } catch (error) {
        assert.ok(error instanceof LanguageError);
        return error.message;
      }
      return 'nothing';
    };
    for (const length of [30, bytes.length / 2, bytes.length - 1]) {
      assert.match(
        message(bytes.slice(0, length)),
        /^code\.bin is cut off or damaged\. Install Scrawl again\.$/,
      );
    }
    for (let at = 24; at < bytes.length; at += 7) {
      const changed = bytes.slice();
      changed[at] = (changed[at] ?? 0) ^ 0x55;
      assert.match(message(changed), /cut off or damaged/);
    }
    assert.match(message(new Uint8Array(0)), /is not a character model/);
    assert.match(message(new TextEncoder().encode('{"name": "something else entirely"}')), /is not a/);
    const newer = bytes.slice();
    newer[8] = 2;
    assert.match(message(newer), /of another version/);
  });
});

describe('character models that ship', () => {
  const read = (name: string) => readFileSync(path.join('media', 'language', name));

  it('take at most one megabyte together and sum to one', () => {
    assert.ok(read('code.bin').length + read('prose.bin').length <= 1_000_000);
    assertSumsToOne(readCharacterModel(read('code.bin'), 'code.bin'), 'for (int i = 0; i < len; i++) {');
    assertSumsToOne(readCharacterModel(read('prose.bin'), 'prose.bin'), 'It is a truth universally known');
  });

  it('find code likelier by the model of code, and prose by that of prose', () => {
    const code = readCharacterModel(read('code.bin'), 'code.bin');
    const prose = readCharacterModel(read('prose.bin'), 'prose.bin');
    for (const line of ['if (p == NULL) return -1;', 'const names = rows.map((row) => row.name);']) {
      assert.ok(likelihood(code, line) > likelihood(prose, line) + 10, line);
    }
    for (const line of ['We went to the station early in the morning', 'Margaret lives in Boston']) {
      assert.ok(likelihood(prose, line) > likelihood(code, line) + 10, line);
    }
  });

  it('name their sources and licenses', () => {
    const card = JSON.parse(read('card.json').toString('utf8')) as {
      sources: { name: string; license: string }[];
    };
    assert.ok(card.sources.length > 20);
    for (const { name, license } of card.sources) assert.ok(license.length > 2, name);
  });
});

function likelihood(model: CharacterModel, line: string): number {
  let context = model.next(0, LINE_BREAK);
  return symbolsOf(line).reduce((sum, symbol) => {
    const more = Math.log(model.probability(context, symbol));
    context = model.next(context, symbol);
    return sum + more;
  }, 0);
}
