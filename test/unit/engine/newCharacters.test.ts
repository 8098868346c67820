import assert from 'node:assert/strict';
import path from 'node:path';
import { MyHandwriting } from '../../../src/datasets/myHandwriting';
import { openDataset } from '../../../src/datasets/open';
import { picturesOf } from '../../../src/datasets/pictures';
import { openReplay } from '../../../src/datasets/replay';
import type { Dataset, InkSamples } from '../../../src/datasets/samples';
import { startWasm } from '../../../src/engine/backends/wasm/wasmBackend';
import { loadNetworkModel, type NetworkModel } from '../../../src/engine/models/layersModel';
import { NewCharacters } from '../../../src/engine/personal/newCharacters';
import { recognizeInk, recognizePicture } from '../../../src/engine/recognition/recognize';
import { makeScratchFolder, removeScratchFolder } from '../../harness/scratch';
import { sharedFile } from '../shared';

const REPLAY = path.resolve('media', 'replay');
/** Every so many pictures of the replay set's train part, which no prototype has seen. */
const EVERY = 5;

describe('characters that only the person has drawn', function () {
  this.timeout(240_000);
  let home: string;
  let model: NetworkModel;
  let crohme: Dataset;
  let samples: InkSamples;
  before(async function () {
    const file = sharedFile(this, 'ink', 'crohme-2013-train-part.zip');
    await startWasm(1);
    model = await loadNetworkModel(path.join('media', 'model'));
    crohme = await openDataset(file);
    samples = (await crohme.load('all')) as InkSamples;
  });
  beforeEach(async () => {
    home = await makeScratchFolder();
  });
  afterEach(() => removeScratchFolder(home));

  const placesOf = (label: string) => {
    const wanted = crohme.classes.indexOf(label);
    return [...samples.labels.keys()].filter((place) => samples.labels[place] === wanted);
  };
  const drawn = (place: number) => ({
    ink: samples.inks[place] ?? [],
    penWidth: samples.penWidths[place],
  });
  const keep = async (label: string, places: readonly number[]) => {
    const handwriting = new MyHandwriting(home);
    for (const place of places) await handwriting.keep({ label, ...drawn(place) });
  };
  /** What is read first in each drawing. */
  const firsts = async (characters: NewCharacters, places: readonly number[], alphabet = 'all') => {
    const read: (string | undefined)[] = [];
    for (const place of places) {
      const { ink, penWidth } = drawn(place);
      const prototypes = await characters.of(model, home);
      const { candidates } = await recognizeInk(model, ink, { alphabet, top: 5, penWidth, prototypes });
      read.push(candidates[0]?.text);
    }
    return read;
  };

  it('are candidates from the fifth sample on, first for most drawings', async () => {
    const characters = new NewCharacters(REPLAY);
    for (const label of ['∑', '∞']) {
      const places = placesOf(label);
      const test = places.slice(5, 25);
      await keep(label, places.slice(0, 4));
      assert.ok(!(await firsts(characters, test)).includes(label));
      await keep(label, places.slice(4, 5));
      const right = (await firsts(characters, test)).filter((text) => text === label).length;
      assert.ok(right >= 14, `${label}: ${String(right)} of 20`);
    }
  });

  it('are let through by an alphabet that names them, and by no other of characters', async () => {
    const characters = new NewCharacters(REPLAY);
    const places = placesOf('∑');
    await keep('∑', places.slice(0, 5));
    assert.deepEqual(await firsts(characters, places.slice(6, 7), '∑'), ['∑']);
    assert.notDeepEqual(await firsts(characters, places.slice(6, 7), 'abc'), ['∑']);
  });

  it('take at most half a point from the characters that the model knows', async () => {
    for (const label of ['∑', 'π', 'λ', '∞', '√']) await keep(label, placesOf(label).slice(0, 5));
    const prototypes = await new NewCharacters(REPLAY).of(model, home);
    assert.equal(prototypes.length, 5);
    const replay = await openReplay(REPLAY);
    const train = await replay.load('train');
    let before = 0;
    let after = 0;
    let count = 0;
    for (let place = 0; place < train.labels.length; place += EVERY) {
      const pixels = picturesOf(train, [place]);
      const truth = replay.classes[train.labels[place] ?? 0];
      const plain = await recognizePicture(model, pixels, { alphabet: 'all', top: 1 });
      const with5 = await recognizePicture(model, pixels, { alphabet: 'all', top: 1, prototypes });
      if (plain.candidates[0]?.text === truth) before++;
      if (with5.candidates[0]?.text === truth) after++;
      count++;
    }
    const lost = (before - after) / count;
    assert.ok(lost <= 0.005, `${(100 * lost).toFixed(2)} points of ${String(count)}`);
  });
});
