import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Recognition } from '../../../../src/host/pad/recognition';
import type { Place } from '../../../../src/protocol/engine/recognition';
import { USUAL_FORMS } from '../../../../src/symbols/forms';
import { SymbolTable } from '../../../../src/symbols/symbolTable';
import { Canceled } from '../../../../src/protocol/failures';
import type { RecognizeIntent } from '../../../../src/protocol/pages/pad';

const PLACE: Place = {
  before: 'foo.',
  after: ';',
  language: 'typescript',
  offered: ['map'],
  given: [],
  elsewhere: [['bar', 1]],
};

interface Asked {
  readonly method: string;
  readonly params: Record<string, unknown>;
  readonly signal: AbortSignal | undefined;
  readonly answer: (result: unknown) => void;
}

const TABLE = SymbolTable.parse(readFileSync(path.resolve('media', 'symbols.json'), 'utf8'));

/** A recognition, and what it asks of an engine that answers when a test says so. */
function recognition(alphabet = 'all') {
  const asked: Asked[] = [];
  const engine = {
    call: (
      { method }: { method: string },
      params: Record<string, unknown>,
      options?: { signal?: AbortSignal },
    ) =>
      new Promise((resolve, reject) => {
        const signal = options?.signal;
        signal?.addEventListener('abort', () => reject(new Canceled()));
        asked.push({ method, params, signal, answer: resolve });
      }),
  };
  const reader = new Recognition({
    engine,
    models: {
      characters: { current: () => Promise.resolve({ folder: 'characters', kind: 'network' }) },
      lines: { current: () => Promise.resolve({ folder: 'lines' }) },
      look: () => Promise.resolve(),
    },
    home: 'home',
    symbolsModel: 'symbols',
    symbols: { known: () => Promise.resolve({ table: TABLE }) },
    meant: () => ({ forms: USUAL_FORMS, usesOf: () => 0 }),
    alphabet: () => alphabet,
  } as unknown as ConstructorParameters<typeof Recognition>[0]);
  return { reader, asked };
}

const ink = (id: number): RecognizeIntent => ({
  type: 'recognize',
  id,
  ink: [[[0, 0]]],
  penWidth: 2,
  guide: { baseline: 10, xHeight: 5 },
});
const reading = (text: string, probability = 1) => ({
  text,
  probability,
  isPlain: true,
  alignment: [...text].map(() => []),
});
const symbol = (id: string, probability: number) => ({
  ...reading(id, probability),
  alignment: [[]],
  symbol: id,
});
const settled = () => new Promise((resolve) => setImmediate(resolve));
const here = () => Promise.resolve(PLACE);

describe('reading what is on the pad', () => {
  it('asks the engine for the ink, with its lines and its place', async () => {
    const { reader, asked } = recognition();
    const read = reader.read(ink(1), here);
    await settled();
    assert.deepEqual(
      asked.map(({ method, params }) => [method, params]),
      [
        [
          'readInk',
          {
            model: 'characters',
            chosen: true,
            lines: 'lines',
            home: 'home',
            alphabet: 'all',
            top: 5,
            mode: 'auto',
            ink: [[[0, 0]]],
            penWidth: 2,
            guide: { baseline: 10, xHeight: 5 },
            place: PLACE,
          },
        ],
      ],
    );
    asked[0]?.answer({ readings: [reading('map')], milliseconds: 1 });
    assert.deepEqual(await read, { readings: [reading('map')] });
  });

  it('has the engine read some ink of its own beforehand, with all that the first ink will need', async () => {
    const { reader, asked } = recognition('everything');
    const prepared = reader.prepare();
    const inks = new Set<string>();
    for (let reading = 0; reading < 3; reading++) {
      await settled();
      const { method, params, answer } = asked[reading] as Asked;
      const { model, lines, symbols, mode, ink } = params;
      assert.deepEqual(
        [method, model, lines, symbols, mode],
        ['readInk', 'characters', 'lines', 'symbols', 'auto'],
      );
      inks.add(JSON.stringify(ink));
      answer({ readings: [reading], milliseconds: 1 });
    }
    await prepared;
    assert.equal(inks.size, 3, 'no ink twice, whose reading would be remembered');
    assert.deepEqual(await reader.likelyCharacters(), [], 'nothing of it was drawn');
  });

  it('is prepared once with the same models, and again when it is to be', async () => {
    const { reader, asked } = recognition();
    void reader.prepare();
    void reader.prepareOnce();
    await settled();
    void reader.prepareOnce();
    await settled();
    assert.equal(asked.length, 1);
    void reader.prepare();
    await settled();
    assert.equal(asked.length, 2);
  });

  it('is prepared in vain, without a word, where the engine fails', async () => {
    const { reader, asked } = recognition();
    const prepared = reader.prepare();
    await settled();
    asked[0]?.answer(Promise.reject(new Error('no engine')));
    await prepared;
    assert.equal(asked.length, 1);
  });

  it('gives up what is overtaken, even before it was asked', async () => {
    const { reader, asked } = recognition();
    const overtaken = assert.rejects(reader.read(ink(1), here), Canceled);
    const newest = reader.read(ink(2), here);
    await overtaken;
    await settled();
    assert.equal(asked.length, 1);
    asked[0]?.answer({ readings: [reading('x')], milliseconds: 1 });
    assert.equal((await newest).readings[0]?.text, 'x');
  });

  it('asks for alternatives with all that the ink was read with', async () => {
    const { reader, asked } = recognition();
    const read = reader.read(ink(3), here);
    await settled();
    asked[0]?.answer({ readings: [reading('map')], milliseconds: 1 });
    await read;
    const alternatives = reader.alternatives({ type: 'alternatives', id: 3, text: 'map', at: 1 });
    await settled();
    assert.equal(asked[1]?.method, 'readAlternatives');
    assert.deepEqual(asked[1].params, { ...asked[0]?.params, text: 'map', at: 1 });
    asked[1].answer([reading('mop')]);
    assert.deepEqual(await alternatives, [reading('mop')]);
  });

  it('has no alternatives for other ink than the newest', async () => {
    const { reader, asked } = recognition();
    const reading5 = reader.read(ink(5), here);
    await settled();
    await assert.rejects(reader.alternatives({ type: 'alternatives', id: 4, text: 'a', at: 0 }), Canceled);
    asked[0]?.answer({ readings: [], milliseconds: 1 });
    // what is asked in vain keeps the newest ink from nothing
    assert.deepEqual(await reading5, { readings: [] });
  });

  it('reads a picture as one character that has no strokes', async () => {
    const { reader, asked } = recognition();
    const picture = { width: 1, height: 1, pixels: [0] };
    const read = reader.read({ type: 'recognizePicture', id: 1, picture }, here);
    await settled();
    asked[0]?.answer({ candidates: [{ text: 'A', probability: 0.9 }], picture, milliseconds: 1 });
    assert.deepEqual(await read, {
      readings: [{ text: 'A', probability: 0.9, isPlain: true, alignment: [[]] }],
      picture,
    });
  });

  it('reads symbols with their model where the alphabet has them, and shows what each looks like', async () => {
    const { reader, asked } = recognition('everything');
    const read = reader.read(ink(1), here);
    await settled();
    assert.equal(asked[0]?.params.symbols, 'symbols');
    asked[0].answer({ readings: [symbol('\\sum', 0.6), reading('a', 0.4)], milliseconds: 1 });
    const { readings } = await read;
    assert.deepEqual(
      readings.map(({ text, symbol: command, about }) => [text, command, about?.command]),
      [
        ['∑', '\\sum', '\\sum'],
        ['a', undefined, undefined],
      ],
    );
    const instead = await reader.alternatives({ type: 'alternatives', id: 1, text: '∑', at: 0 });
    assert.deepEqual(
      instead.map(({ text }) => text).filter((text, at, all) => all.indexOf(text) === at),
      ['∑', 'Σ', 'a'],
    );
    assert.equal(asked.length, 1, 'the engine is not asked for look-alikes');
  });

  it('tells what the last ink may be as one character, a symbol by what it looks like', async () => {
    const { reader, asked } = recognition('everything');
    const read = reader.read(ink(1), here);
    await settled();
    asked[0]?.answer({ readings: [reading('a')], milliseconds: 1 });
    await read;
    const likely = reader.likelyCharacters();
    await settled();
    asked[1]?.answer({ readings: [symbol('\\alpha', 0.5), symbol('\\ataribox', 0.2), reading('a', 0.3)] });
    assert.deepEqual(await likely, ['α', 'a']);
  });

  it('asks for every symbol that the last ink may be', async () => {
    const { reader, asked } = recognition('all');
    const read = reader.read(ink(1), here);
    await settled();
    asked[0]?.answer({ readings: [reading('a')], milliseconds: 1 });
    await read;
    const likely = reader.likelySymbols();
    await settled();
    assert.equal(asked[1]?.method, 'readSymbol');
    asked[1].answer({ candidates: [{ id: '\\alpha', probability: 1 }], milliseconds: 1 });
    assert.deepEqual(await likely, ['\\alpha']);
  });

  it('tells what the last ink may be as one character', async () => {
    const { reader, asked } = recognition();
    assert.deepEqual(await reader.likelyCharacters(), []);
    const read = reader.read(ink(1), here);
    await settled();
    asked[0]?.answer({ readings: [], milliseconds: 1 });
    await read;
    const likely = reader.likelyCharacters();
    await settled();
    assert.equal(asked[1]?.params.mode, 'character');
    asked[1].answer({ readings: [reading('λ'), reading('x')], milliseconds: 1 });
    assert.deepEqual(await likely, ['λ', 'x']);
  });
});
