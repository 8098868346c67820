import assert from 'node:assert/strict';
import path from 'node:path';
import { Random } from '../../../src/base/random';
import { MyHandwriting } from '../../../src/datasets/store/myHandwriting';
import { startWasm } from '../../../src/engine/backends/wasm/wasmBackend';
import type { LoadedModel } from '../../../src/engine/models/loadedModel';
import { loadModel } from '../../../src/engine/models/loadModel';
import { NewCharacters } from '../../../src/engine/personal/newCharacters';
import type { Prototype } from '../../../src/engine/personal/prototypes';
import { everything } from '../../../src/engine/recognition/everything';
import { InkReader } from '../../../src/engine/recognition/inkReader';
import { loadLineModel } from '../../../src/engine/recognition/lineModel';
import { PlaceTexts } from '../../../src/engine/recognition/placeTexts';
import type { SymbolModel } from '../../../src/engine/recognition/symbolModel';
import { symbolReadings } from '../../../src/engine/recognition/symbolReadings';
import { distort, HANDWRITING } from '../../../src/ink/distort';
import type { Reading } from '../../../src/protocol/ink';
import { makeScratchFolder, removeScratchFolder } from '../../harness/scratch';
import { LAMBDA } from './lambda';

/** A model that is always as sure of its symbols as this. */
function always(probabilities: Readonly<Record<string, number>>): SymbolModel {
  return {
    card: { classes: Object.keys(probabilities) },
    probabilities: () => Promise.resolve(Float32Array.from(Object.values(probabilities))),
  } as unknown as SymbolModel;
}

const reading = (text: string, probability: number): Reading => ({
  text,
  probability,
  isPlain: false,
  alignment: [[]],
});

describe('symbols', function () {
  this.timeout(120_000);
  let home: string;
  let characters: LoadedModel;
  let own: readonly Prototype[];
  before(async () => {
    home = await makeScratchFolder();
    await startWasm(1);
    characters = await loadModel(path.join('media', 'models', 'characters'));
    const handwriting = new MyHandwriting(home);
    const random = new Random(4);
    for (let count = 0; count < 5; count++) {
      const ink = distort(LAMBDA, HANDWRITING, random.next);
      await handwriting.keep({ label: ':=', ink, penWidth: 4 });
    }
    own = await new NewCharacters(path.resolve('media', 'replay')).of(characters, home);
  });
  after(() => removeScratchFolder(home));

  it('are the classes of their model by probability, each all of the ink', async () => {
    const symbols = always({ '\\sum': 0.2, '\\alpha': 0.7, '\\beta': 0.1 });
    const readings = await symbolReadings({ symbols, characters, prototypes: [], ink: LAMBDA, top: 2 });
    assert.deepEqual(
      readings.map(({ text, symbol }) => [text, symbol]),
      [
        ['\\alpha', '\\alpha'],
        ['\\sum', '\\sum'],
      ],
    );
    assert.deepEqual(readings[0]?.alignment, [
      [
        { stroke: 0, from: 0, to: 6 },
        { stroke: 1, from: 0, to: 2 },
      ],
    ]);
  });

  it("are the user's own from the fifth drawing on, whatever the length of their text", async () => {
    const symbols = always({ '\\alpha': 1 });
    const request = { symbols, characters, prototypes: own, ink: LAMBDA, penWidth: 4, top: 5 };
    const [first] = await symbolReadings(request);
    assert.equal(first?.text, ':=');
    assert.equal(first.isOwn, true);
    assert.equal(first.alignment.length, 1);
  });

  it('are read as one among characters, too, where they are the user’s own', async () => {
    const lines = await loadLineModel(path.join('media', 'models', 'lines'));
    const place = { before: '', after: '', language: 'plaintext', offered: [], given: [], elsewhere: [] };
    const likely = await new PlaceTexts(path.join('media', 'language')).at(place);
    const common = { alphabet: 'all', top: 5, mode: 'auto', penWidth: 4 } as const;
    const request = { ...common, characters, lines, likely, ink: LAMBDA, prototypes: own };
    const { readings } = await new InkReader().read(request);
    assert.equal(readings[0]?.text, ':=');
    assert.equal(readings[0].isOwn, true);
    assert.equal(readings.filter(({ text }) => text === ':=').length, 1);
  });

  it('share one row with characters, by how sure both models are', () => {
    const texts = [reading('a', 0.9), reading('d', 0.1)];
    const firstOf = (probability: number) => everything(texts, [reading('\\alpha', probability)], 3)[0]?.text;
    assert.equal(firstOf(0.3), 'a');
    assert.equal(firstOf(0.999), '\\alpha');
    const all = everything(texts, [reading('\\alpha', 0.9), reading('\\propto', 0.1)], 5);
    assert.ok(Math.abs(all.reduce((sum, { probability }) => sum + probability, 0) - 1) < 1e-9);
  });
});
