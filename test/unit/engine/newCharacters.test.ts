import assert from 'node:assert/strict';
import path from 'node:path';
import { MyHandwriting } from '../../../src/datasets/store/myHandwriting';
import { openDataset } from '../../../src/datasets/open';
import { picturesOf, sizeOf } from '../../../src/datasets/pictures';
import { openReplay } from '../../../src/datasets/replay';
import type { Dataset } from '../../../src/datasets/dataset';
import type { InkSamples } from '../../../src/datasets/samples';
import { startWasm } from '../../../src/engine/backends/wasm/wasmBackend';
import { loadNetworkModel, type NetworkModel } from '../../../src/engine/models/layersModel';
import { NewCharacters } from '../../../src/engine/personal/newCharacters';
import { scoresOf, unitEmbeddings, withPrototypes } from '../../../src/engine/personal/prototypes';
import { recognizeInk } from '../../../src/engine/recognition/recognize';
import { makeScratchFolder, removeScratchFolder } from '../../harness/scratch';
import { sharedFile } from '../shared';

const REPLAY = path.resolve('media', 'replay');
/** Every so many pictures of the replay set's train part, which no prototype has seen. */
const EVERY = 5;

describe('characters that only the user has drawn', function () {
  this.timeout(240_000);
  const characters = new NewCharacters(REPLAY);
  let home: string;
  let model: NetworkModel;
  let crohme: Dataset;
  let samples: InkSamples;
  before(async function () {
    const file = sharedFile(this, 'ink', 'crohme-2013-train-part.zip');
    await startWasm(1);
    model = await loadNetworkModel(path.join('media', 'models', 'characters'));
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
  const firsts = async (places: readonly number[], alphabet = 'all') => {
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
    for (const label of ['∑', '∞']) {
      const places = placesOf(label);
      const test = places.slice(5, 25);
      await keep(label, places.slice(0, 4));
      assert.ok(!(await firsts(test)).includes(label));
      await keep(label, places.slice(4, 5));
      const right = (await firsts(test)).filter((text) => text === label).length;
      assert.ok(right >= 14, `${label}: ${String(right)} of 20`);
    }
  });

  it('are let through by an alphabet that names them, and by no other of characters', async () => {
    const places = placesOf('∑');
    await keep('∑', places.slice(0, 5));
    assert.deepEqual(await firsts(places.slice(6, 7), '∑'), ['∑']);
    assert.notDeepEqual(await firsts(places.slice(6, 7), 'abc'), ['∑']);
  });

  it('take at most half a point from the characters that the model knows', async () => {
    for (const label of ['∑', 'π', 'λ', '∞', '√']) await keep(label, placesOf(label).slice(0, 5));
    const prototypes = await characters.of(model, home);
    assert.equal(prototypes.length, 5);
    const replay = await openReplay(REPLAY);
    const train = await replay.load('train');
    const places = [...train.labels.keys()].filter((place) => place % EVERY === 0);
    const pixels = picturesOf(train, places);
    const size = sizeOf(train);
    const batch = { pixels, count: places.length, ...size };
    const probabilities = await model.probabilities(batch);
    const embeddings = await unitEmbeddings(model, pixels, size, places.length);
    let before = 0;
    let after = 0;
    places.forEach((place, row) => {
      const truth = model.card.classes.indexOf(replay.classes[train.labels[place] ?? 0] ?? '');
      const plain = probabilities.subarray(row * 94, (row + 1) * 94);
      const own = embeddings.values.subarray(row * embeddings.width, (row + 1) * embeddings.width);
      if (likeliest(plain) === truth) before++;
      if (likeliest(withPrototypes(plain, scoresOf(prototypes, own))) === truth) after++;
    });
    const count = places.length;
    const lost = (before - after) / count;
    assert.ok(lost <= 0.005, `${(100 * lost).toFixed(2)} points of ${String(count)}`);
  });
});

function likeliest(probabilities: ArrayLike<number>): number {
  const all = Array.from(probabilities);
  return all.indexOf(Math.max(...all));
}
