import * as tf from '@tensorflow/tfjs-core';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { startWasm } from '../../../src/engine/backends/wasm/wasmBackend';
import type { LoadedModel } from '../../../src/engine/models/loadedModel';
import { loadModel } from '../../../src/engine/models/loadModel';
import { InkReader, type InkRequest } from '../../../src/engine/recognition/inkReader';
import { loadLineModel, type LineModel } from '../../../src/engine/recognition/lineModel';
import { recognizeInk } from '../../../src/engine/recognition/recognize';
import { PlaceTexts } from '../../../src/engine/recognition/placeTexts';
import { InkError } from '../../../src/ink/errors';
import type { Ink } from '../../../src/ink/ink';
import { boundsOf } from '../../../src/ink/rasterize';
import { ModelError } from '../../../src/models/errors';
import type { Place } from '../../../src/protocol/engine/recognition';
import { composed, X_HEIGHT } from '../../harness/composed';

const DRAWN = JSON.parse(
  readFileSync(path.join('test', 'fixtures', 'chars74k-writer.json'), 'utf8'),
) as Record<string, Ink>;

const NOWHERE: Place = {
  before: '',
  after: '',
  language: 'typescript',
  offered: [],
  given: [],
  elsewhere: [],
};

/** Real characters beside each other on one base line, all as tall as they were drawn; a blank leaves a space. */
function written(text: string, down = 0): Ink {
  let x = 0;
  return [...text].flatMap((character) => {
    const ink = DRAWN[character];
    if (!ink) {
      x += 250;
      return [];
    }
    const { left, right, bottom } = boundsOf(ink);
    const moved = ink.map((stroke) => stroke.map(([px, py]) => [px - left + x, py - bottom + down] as const));
    x += right - left + 40;
    return moved;
  });
}

const dot = (x: number, y: number): Ink => [
  [
    [x, y],
    [x + 2, y + 2],
  ],
];
const dash = (y: number): Ink => [
  [
    [0, y],
    [30, y],
    [60, y + 1],
  ],
];

describe('reading ink, whatever it is', function () {
  this.timeout(60_000);
  const texts = new PlaceTexts(path.join('media', 'language'));
  const reader = new InkReader();
  let characters: LoadedModel;
  let lines: LineModel;
  before(async () => {
    await startWasm();
    characters = await loadModel(path.join('media', 'models', 'characters'));
    lines = await loadLineModel(path.join('media', 'models', 'lines'));
  });

  async function request(ink: Ink, changes: Partial<InkRequest> = {}, place = NOWHERE): Promise<InkRequest> {
    const likely = await texts.at(place);
    const common = { alphabet: 'all', top: 5, mode: 'auto', prototypes: [] } as const;
    return { characters, lines, likely, ink, ...common, ...changes };
  }
  const read = async (...args: Parameters<typeof request>) => reader.read(await request(...args));
  const best = async (...args: Parameters<typeof request>) => (await read(...args)).readings[0]?.text;

  it('reads one character with both networks, and shows what the one of characters saw', async () => {
    const { readings, picture } = await read(written('A'));
    assert.equal(readings[0]?.text, 'A');
    assert.equal(picture?.pixels.length, 784);
    assert.deepEqual(
      readings[0].alignment[0],
      written('A').map((stroke, at) => ({ stroke: at, from: 0, to: stroke.length - 1 })),
    );
    assert.ok(readings.length >= 5 && readings.filter(({ isPlain }) => isPlain).length === 1);
  });

  it('refuses more strokes than a page has', async () => {
    const dots = Array.from({ length: 10_001 }, (_, at) => [[at % 100, Math.floor(at / 100)]] as const);
    await assert.rejects(read(dots), { name: 'InkError', message: /too much ink to read at once/ });
  });

  it('leaves a single character to the model that the user chose', async () => {
    const options = { alphabet: 'all', top: 3 };
    const { candidates } = await recognizeInk(characters, written('h'), options);
    const { readings } = await read(written('h'), { chosen: true, mode: 'character', top: 3 });
    assert.deepEqual(
      readings.map(({ text, probability }) => ({ text, probability })),
      candidates,
    );
  });

  it('gives nothing but what the chosen model gives of what is most likely a single character', async () => {
    const { readings } = await read(written('3'), { chosen: true, alphabet: 'all', top: 20 });
    assert.ok(readings.length > 1);
    for (const { text } of readings) assert.equal([...text].length, 1);
    assert.equal(readings[0]?.text, '3');
  });

  it('reads several characters without being told that they are', async () => {
    for (const text of ['e37', '3773', '73733']) {
      const { readings, picture } = await read(written(text), { alphabet: 'alphanumeric' });
      assert.equal(readings[0]?.text, text);
      assert.equal(picture, undefined);
    }
  });

  it('says which points each character was read from, and leaves none out', async () => {
    const ink = written('A37');
    const { readings } = await read(ink, { alphabet: 'alphanumeric' });
    const strokes = readings[0]?.alignment.map((spans) => spans.map(({ stroke }) => stroke));
    const counts = ['A', '3', '7'].map((each) => DRAWN[each]?.length ?? 0);
    let from = 0;
    const whole = counts.map((count) => Array.from({ length: count }, () => from++));
    assert.deepEqual(
      strokes?.map((each) => [...each].sort((a, b) => a - b)),
      whole,
    );
    for (const { stroke, from: first, to } of readings[0]?.alignment.flat() ?? []) {
      assert.deepEqual([first, to], [0, (ink[stroke]?.length ?? 0) - 1]);
    }
  });

  it('reads a space that was drawn as one where the lexicon has both words as one', async () => {
    const { ink, reading } = composed('batbox');
    const behind = reading.alignment[3]?.[0]?.stroke ?? 0;
    const gap = 1.6 * X_HEIGHT;
    const apart = ink.map((stroke, at) => stroke.map(([x, y]) => [at >= behind ? x + gap : x, y] as const));
    const place: Place = { ...NOWHERE, given: [['batbox', 1]] };
    assert.equal(await best(apart, {}, place), 'batbox', 'by the gap alone');
    assert.equal(await best(apart, { spaces: [behind] }, place), 'bat box');
    const plain = (await read(apart, { spaces: [behind] }, place)).readings.find(({ isPlain }) => isPlain);
    assert.match(plain?.text ?? '', /^.{3} .{3}$/);
  });

  it('reads rows as lines, the second one knowing the first', async () => {
    const ink = [...written('e37'), ...written('733', 300)];
    const { readings } = await read(ink, { alphabet: 'alphanumeric' });
    assert.equal(readings[0]?.text, 'e37\n733');
    assert.deepEqual(readings[0].alignment[3], []);
    assert.equal(readings[0].alignment.length, 7);
    assert.ok(readings.some(({ isPlain }) => isPlain));
  });

  it('takes a single dot for a dot, and dashes for what their height says', async () => {
    const guide = { baseline: 100, xHeight: 40 };
    assert.equal(await best(dot(0, 98), { guide, penWidth: 4 }), '.');
    assert.equal(await best(dot(0, 0), { penWidth: 4 }), '.');
    assert.equal(await best(dash(104), { guide, penWidth: 4 }), '_');
    assert.equal(await best(dash(78), { guide, penWidth: 4 }), '-');
    const quote: Ink = [[[2, 30], [1, 40], [0, 50]]]; // prettier-ignore
    assert.equal(await best(quote, { guide, penWidth: 4 }), "'");
    const comma: Ink = [[[3, 97], [2, 104], [-2, 112]]]; // prettier-ignore
    assert.equal(await best(comma, { guide, penWidth: 4 }), ',');
  });

  it('has o before 0 and O behind small letters, and 0 behind digits', async () => {
    const circle: Ink = [
      Array.from({ length: 25 }, (_, i) => [20 * Math.sin(i / 3.9), 50 - 22 * Math.cos(i / 3.9)] as const),
    ];
    const order = async (before: string) =>
      (await read(circle, {}, { ...NOWHERE, before })).readings
        .map(({ text }) => text)
        .filter((text) => /[oO0]/.test(text));
    assert.equal((await order('function f'))[0], 'o');
    assert.equal((await order('const x = 10'))[0], '0');
  });

  it('gives probabilities that fall and sum to at most one, of the alphabet', async () => {
    for (const ink of [written('3'), written('A37')]) {
      const { readings } = await read(ink, { alphabet: 'digits' });
      const probabilities = readings.map(({ probability }) => probability);
      assert.deepEqual(
        [...probabilities].sort((a, b) => b - a),
        probabilities,
      );
      assert.ok(probabilities.reduce((sum, each) => sum + each, 0) <= 1 + 1e-9);
      for (const { text } of readings) assert.match(text, /^[0-9 ]+$/);
    }
  });

  it('reads one character where it is told that it is one, and a line where it is told that', async () => {
    const { readings } = await read(written('37'), { mode: 'character' });
    assert.ok(readings.every(({ text }) => text.length === 1));
    const line = await read(written('A'), { mode: 'line' });
    assert.equal(line.picture, undefined);
    assert.equal(line.readings[0]?.text, 'A');
  });

  it('gives what a text may be instead at one of its characters, of one row and of several', async () => {
    const asked = await request([...written('A37'), ...written('733', 300)], { alphabet: 'alphanumeric' });
    const instead = await reader.alternatives(asked, 'A37\n733', 5);
    assert.equal(instead[0]?.text, 'A37\n733');
    assert.ok(instead.length > 1 && instead.every(({ text }) => /^A37\n7.?3$/.test(text)));
    assert.ok(instead.every(({ text, alignment }) => alignment.length === text.length));
    assert.deepEqual(await reader.alternatives(asked, 'A37', 0), []);
    const alone = await reader.alternatives(await request(written('A')), 'A', 0);
    assert.ok(alone.length >= 5 && alone.every(({ text }) => text.length === 1));
  });

  it('reads in the same memory, however often', async () => {
    const inks = [written('A'), written('A37'), written('7'), [...written('A37'), ...written('733', 300)]];
    const once = async (round: number) => {
      const ink = inks[round % inks.length]?.map((stroke) =>
        stroke.map(([x, y]) => [x * (1 + (round % 7) / 50), y] as const),
      );
      await read(ink ?? []);
    };
    for (let round = 0; round < 8; round++) await once(round);
    const { numTensors, numDataBuffers } = tf.memory();
    for (let round = 0; round < 200; round++) await once(round);
    assert.deepEqual([tf.memory().numTensors, tf.memory().numDataBuffers], [numTensors, numDataBuffers]);
  });

  it('refuses what it cannot read with a sentence', async () => {
    await assert.rejects(read([]), InkError);
    await assert.rejects(read([[[NaN, 1]]]), InkError);
    await assert.rejects(read(written('3'), { alphabet: '☃' }), ModelError);
    await assert.rejects(read(written('A37'), { alphabet: '☃', mode: 'line' }), ModelError);
  });

  it('reads a line of 4,000 strokes, or says why not', async () => {
    const ink = Array.from({ length: 1_000 }, (_, i) =>
      written('A37').map((stroke) => stroke.map(([x, y]) => [x + 700 * i, y] as const)),
    ).flat();
    assert.ok(ink.length >= 4_000);
    const found = await read(ink).catch((error: unknown) => error);
    if (!(found instanceof InkError)) assert.ok((found as { readings: unknown[] }).readings.length > 0);
  });
});
