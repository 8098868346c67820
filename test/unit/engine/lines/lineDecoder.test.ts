import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Random } from '../../../../src/base/random';
import { LineDecoder } from '../../../../src/engine/recognition/lines/lineDecoder';
import { readCharacterModel } from '../../../../src/language/characterModelFile';
import type { LikelyText } from '../../../../src/language/likelyText';
import { likelyWords, type WordSources } from '../../../../src/language/likelyWords';
import { syntheticFrames, type Doubts } from './syntheticFrames';

describe('reading a line', () => {
  const file = path.join('media', 'language', 'code.bin');
  const model = readCharacterModel(readFileSync(file), file);
  const decoder = new LineDecoder();

  function place(sources: Partial<WordSources> = {}): LikelyText {
    const { language = 'typescript', before = '', after = '' } = sources;
    const lexicon = likelyWords({ ...sources, language, before, after });
    return { models: [{ model, weight: 1 }], lexicon, kind: 'unknown', before, after };
  }

  function read(text: string, doubts: Doubts = {}, sources: Partial<WordSources> = {}) {
    const { frames } = syntheticFrames(text, new Random(5), doubts, 0.02);
    return decoder.decode(frames, place(sources));
  }

  const best = (...args: Parameters<typeof read>) => read(...args)[0]?.text;

  it('gives back what is clearly written, spaces and all', () => {
    for (const text of ['const x2 = foo(bar);', 'for (int i = 0; i < n; i++) {', 'qzxv', '!@#$%^&*()_+']) {
      assert.equal(best(text), text);
    }
  });

  it('finds the name of the lexicon where the ink leaves it open', () => {
    const doubts = { h: { h: 0.55, t: 0.45 }, t: { t: 0.55, h: 0.45 } };
    const given = new Map([
      ['length', 1],
      ['width', 1],
    ]);
    assert.equal(best('foo.lenght', doubts, { given }), 'foo.length');
    assert.equal(best('foo.lenght', doubts, { before: 'if (x.length > 2)\n' }), 'foo.length');
  });

  it('finds a name whose first letters the ink hardly says', () => {
    const doubts = {
      P: { P: 0.002, I: 0.998 },
      i: { i: 0.02, L: 0.98 },
      c: { c: 0.1, e: 0.9 },
      K: { K: 0.1, k: 0.9 },
    };
    const given = new Map([
      ['PicocolorWithKnownText', 1],
      ...Array.from({ length: 300 }, (_, at): [string, number] => [`name${String(at)}`, 1]),
    ]);
    assert.equal(best('x = PicocolorWithKnownText;', doubts, { given }), 'x = PicocolorWithKnownText;');
    const without = best('x = PicocolorWithKnownText;', doubts);
    assert.notEqual(without, 'x = PicocolorWithKnownText;');
  });

  it('takes no word of the lexicon that has characters which may not be read', () => {
    const { frames } = syntheticFrames('total', new Random(9));
    const given = new Map([['tota1s', 1]]);
    const allowed = new Set('total');
    assert.ok(
      decoder.decode(frames, place({ given }), { allowed }).every(({ text }) => /^[total ]+$/.test(text)),
    );
  });

  it('tells 0 from O, 1 from l and ; from : by what stands around them', () => {
    const doubts = {
      '0': { '0': 0.35, O: 0.35, o: 0.3 },
      '1': { '1': 0.3, l: 0.4, I: 0.3 },
      ';': { ';': 0.4, ':': 0.6 },
    };
    assert.equal(best('x = 0;', doubts), 'x = 0;');
    assert.equal(best('for (i = 1; i < 10; i++)', doubts), 'for (i = 1; i < 10; i++)');
  });

  it('closes what is open, in the text and before the cursor', () => {
    const doubts = { ')': { ')': 0.4, J: 0.6 }, ']': { ']': 0.4, J: 0.6 }, '(': { '(': 0.4, c: 0.6 } };
    assert.equal(best('foo(bar)', doubts), 'foo(bar)');
    assert.equal(best('1]', doubts, { before: 'x = rows[' }), '1]');
  });

  it('still reads new words', () => {
    const given = new Map([
      ['frobnicates', 5],
      ['zebra', 1],
    ]);
    assert.equal(best('frobnicater(zyxwv)', {}, { given }), 'frobnicater(zyxwv)');
  });

  it('has the plain reading among its candidates, marked, however unlikely', () => {
    const doubts = { h: { h: 0.4, t: 0.6 }, t: { t: 0.4, h: 0.6 } };
    const candidates = read('foo.length', doubts, { given: new Map([['length', 1]]) });
    assert.equal(candidates[0]?.text, 'foo.length');
    assert.deepEqual(
      candidates.filter(({ isPlain }) => isPlain).map(({ text }) => text),
      ['foo.lenght'],
    );
    assert.ok(candidates.length <= 6);
  });

  it('gives probabilities that fall and sum to at most one', () => {
    const candidates = read('return sum;', { u: { u: 0.5, v: 0.5 }, s: { s: 0.6, S: 0.4 } });
    const probabilities = candidates.map(({ probability }) => probability);
    assert.deepEqual(
      [...probabilities].sort((a, b) => b - a),
      probabilities,
    );
    assert.ok(probabilities.reduce((sum, each) => sum + each, 0) <= 1 + 1e-9);
    assert.equal(new Set(candidates.map(({ text }) => text)).size, candidates.length);
  });

  it('says from which frames each character was read', () => {
    const { frames, peaks } = syntheticFrames('let l1 = ll;', new Random(6));
    const [candidate] = decoder.decode(frames, place());
    assert.equal(candidate?.text, 'let l1 = ll;');
    const starts = candidate.alignment.filter((_, i) => candidate.text[i] !== ' ').map(({ from }) => from);
    assert.deepEqual(starts, peaks);
    assert.equal(candidate.alignment.length, candidate.text.length);
    const space = candidate.alignment[3];
    assert.ok(space && space.from === space.to && space.from === peaks[3]);
  });

  it('reads only characters that are allowed', () => {
    const { frames } = syntheticFrames('10O5S', new Random(7), {
      O: { O: 0.9, '0': 0.1 },
      S: { S: 0.9, '5': 0.1 },
    });
    for (const { text } of decoder.decode(frames, place(), { allowed: new Set('0123456789') })) {
      assert.match(text, /^[0-9 ]+$/);
    }
    assert.equal(decoder.decode(frames, place(), { allowed: new Set('0123456789') })[0]?.text, '10055');
    assert.deepEqual(decoder.decode(frames, place(), { allowed: new Set() }), []);
  });

  it('heeds other evidence for a character', () => {
    const { frames } = syntheticFrames('o = c', new Random(8), { c: { c: 0.6, C: 0.4 } });
    const evidence = new Float32Array(frames.count * frames.characters.length);
    for (let i = 0; i < frames.count; i++)
      evidence[i * frames.characters.length + frames.characters.indexOf('C')] = 6;
    assert.equal(decoder.decode(frames, place())[0]?.text, 'o = c');
    assert.equal(decoder.decode({ ...frames, evidence }, place())[0]?.text, 'o = C');
  });

  it('gives what a text may be instead at one of its characters', () => {
    const { frames } = syntheticFrames('x = l0;', new Random(9), { l: { l: 0.5, '1': 0.4, '|': 0.1 } });
    const alternatives = decoder.alternatives(frames, place(), 'x = l0;', 4);
    const texts = alternatives.map(({ text }) => text);
    assert.equal(texts[0], 'x = 10;');
    assert.ok(texts.slice(0, 3).includes('x = l0;'), texts.join());
    assert.equal(texts.length, 5);
    assert.deepEqual(
      alternatives.filter(({ isPlain }) => isPlain).map(({ text }) => text),
      ['x = l0;'],
    );
    assert.deepEqual(
      decoder.alternatives(frames, place(), 'x = l0;', 1).map(({ text }) => text),
      ['x = l0;', 'x= l0;'],
    );
  });

  it('reads nothing from nothing', () => {
    const { frames } = syntheticFrames('', new Random(1));
    assert.deepEqual(decoder.decode(frames, place()), []);
    assert.deepEqual(decoder.decode({ ...frames, count: 0 }, place()), []);
  });

  it('reads many lines in the same memory, and a very long one', function () {
    this.timeout(60_000);
    const { frames } = syntheticFrames('x.y = 1;', new Random(4), {}, 0.3);
    const here = place();
    for (let i = 0; i < 20; i++) decoder.decode(frames, here);
    const before = process.memoryUsage().arrayBuffers;
    for (let i = 0; i < 60; i++) decoder.decode(frames, here);
    assert.ok(process.memoryUsage().arrayBuffers < before + 20e6);
    const long = syntheticFrames('const value = other + 1; '.repeat(20), new Random(5), {}, 0.3);
    assert.equal(decoder.decode(long.frames, here)[0]?.text, 'const value = other + 1; '.repeat(20).trim());
    assert.ok(process.memoryUsage().arrayBuffers < before + 120e6);
  });
});
