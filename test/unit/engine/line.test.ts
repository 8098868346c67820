import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { startWasm } from '../../../src/engine/backends/wasm/wasmBackend';
import type { LoadedModel } from '../../../src/engine/models/loadedModel';
import { loadModel } from '../../../src/engine/models/loadModel';
import { contextFactor } from '../../../src/engine/recognition/context';
import { placementScore } from '../../../src/engine/recognition/layout';
import { recognizeLine } from '../../../src/engine/recognition/line';
import { recognizeInk } from '../../../src/engine/recognition/recognize';
import { InkError } from '../../../src/ink/errors';
import type { Ink } from '../../../src/ink/ink';
import { boundsOf } from '../../../src/ink/rasterize';
import { ModelError } from '../../../src/models/errors';

const DRAWN = JSON.parse(
  readFileSync(path.join('test', 'fixtures', 'chars74k-writer.json'), 'utf8'),
) as Record<string, Ink>;

/** Real characters beside each other on one baseline, all as tall as they were drawn; a blank leaves a space. */
function written(text: string): Ink {
  let x = 0;
  return [...text].flatMap((character) => {
    const ink = DRAWN[character];
    if (!ink) {
      x += 250;
      return [];
    }
    const { left, right, bottom } = boundsOf(ink);
    const moved = ink.map((stroke) => stroke.map(([px, py]) => [px - left + x, py - bottom] as const));
    x += right - left + 40;
    return moved;
  });
}

describe('reading a line', () => {
  let model: LoadedModel;
  before(async () => {
    await startWasm();
    model = await loadModel(path.join('media', 'model'));
  });

  it('cuts the strokes into characters, and reads them from left to right', async () => {
    for (const text of ['37', 'A3', '73A7']) {
      const candidates = await recognizeLine(model, written(text), { alphabet: 'alphanumeric', top: 5 });
      assert.equal(candidates[0]?.text, text);
    }
  });

  it('does not depend on the order in which the strokes were drawn', async () => {
    const ink = written('A37');
    const options = { alphabet: 'all', top: 5 };
    assert.deepEqual(
      await recognizeLine(model, [...ink].reverse(), options),
      await recognizeLine(model, ink, options),
    );
  });

  it('leaves a space where the hand did', async () => {
    const candidates = await recognizeLine(model, written('73 37'), { alphabet: 'digits', top: 3 });
    assert.equal(candidates[0]?.text, '73 37');
  });

  it('takes the room around a sign for no space', async () => {
    const { top, bottom, right } = boundsOf(written('73'));
    const [height, middle] = [bottom - top, (top + bottom) / 2];
    const bar = (y: number) => [[right + 0.55 * height, y] as const, [right + 0.95 * height, y] as const];
    const equals = [bar(middle - 0.1 * height), bar(middle + 0.1 * height)];
    const behind = written('7').map((stroke) =>
      stroke.map(([x, y]) => [x + right + 1.5 * height, y] as const),
    );
    const [read] = await recognizeLine(model, [...written('73'), ...equals, ...behind], {
      alphabet: 'all',
      top: 1,
    });
    assert.equal(read?.text, '73=7');
  });

  it('gives probabilities that sum to at most 1, in order, of characters of the alphabet', async () => {
    const candidates = await recognizeLine(model, written('A37'), { alphabet: 'digits', top: 5 });
    const probabilities = candidates.map(({ probability }) => probability);
    assert.deepEqual(
      probabilities,
      [...probabilities].sort((a, b) => b - a),
    );
    assert.ok(probabilities.reduce((sum, each) => sum + each, 0) <= 1 + 1e-9);
    assert.ok(candidates.every(({ text }) => /^[\d ]+$/.test(text)));
  });

  it('refuses what it cannot read with a sentence', async () => {
    await assert.rejects(recognizeLine(model, [], { alphabet: 'all', top: 5 }), InkError);
    await assert.rejects(recognizeLine(model, [[[NaN, 1]]], { alphabet: 'all', top: 5 }), InkError);
    await assert.rejects(recognizeLine(model, written('3'), { alphabet: '☃', top: 5 }), ModelError);
  });

  it('a context makes what usually follows it likelier', async () => {
    const ink = written('3');
    const probability = async (context: string) => {
      const { candidates } = await recognizeInk(model, ink, { alphabet: 'all', top: 94, context });
      return candidates.find(({ text }) => text === '3')?.probability ?? 0;
    };
    assert.ok((await probability('12')) > (await probability('')));
  });
});

describe('what a line says of its characters', () => {
  it('small letters, capitals, dots and quotes have their places', () => {
    const capital = { top: 1, bottom: 0 };
    const small = { top: 0.6, bottom: 0 };
    assert.ok(placementScore('C', capital) > placementScore('c', capital));
    assert.ok(placementScore('c', small) > placementScore('C', small));
    assert.ok(placementScore('.', { top: 0.1, bottom: 0 }) > placementScore("'", { top: 0.1, bottom: 0 }));
    assert.ok(
      placementScore('_', { top: 0, bottom: -0.05 }) > placementScore('-', { top: 0, bottom: -0.05 }),
    );
  });

  it('digits follow digits, and nothing is said behind a blank', () => {
    assert.ok(contextFactor('x1', '0') > contextFactor('x1', 'O'));
    for (const text of ['0', 'O', 'o', '+']) assert.equal(contextFactor('a ', text), 1);
  });
});
