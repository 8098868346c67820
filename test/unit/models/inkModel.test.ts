import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { startWasm } from '../../../src/engine/backends/wasm/wasmBackend';
import { saveModel } from '../../../src/engine/models/layersModel';
import { loadModel } from '../../../src/engine/models/loadModel';
import { recognizeInk } from '../../../src/engine/recognition/recognize';
import { buildModel } from '../../../src/engine/training/buildModel';
import { CHARACTER_POINTS, POINT_FEATURES } from '../../../src/ink/characterPoints';
import type { Ink } from '../../../src/ink/ink';
import { modelChecksum } from '../../../src/models/checksum';
import { copyInk, readInkCard, type InkCard } from '../../../src/models/inkCard';
import { ModelError } from '../../../src/models/errors';
import { checkModelPlace, writeCard } from '../../../src/models/modelFolder';
import type { Network } from '../../../src/networks/network';
import { temporaryFolder } from '../datasets/import/temporary';
import { tinyModel } from './tinyModel';

const CLASSES = ['A', 'B', 'C'];
const INK: Ink = [
  [
    [0, 0],
    [30, 70],
    [60, 10],
  ],
];
const NETWORK: Network = {
  name: 'tiny-ink',
  input: [CHARACTER_POINTS, POINT_FEATURES, 1],
  layers: [{ type: 'flatten' }],
};

/** A network of points that was never trained. */
async function writePoints(folder: string): Promise<void> {
  const card: InkCard = {
    ...tinyModel('a model').card,
    kind: 'ink',
    classes: [...CLASSES].reverse(),
    preprocessing: { kind: 'points', points: CHARACTER_POINTS, features: POINT_FEATURES },
    mixing: { picture: 0.5, ink: 0.5 },
  };
  await saveModel(path.join(folder, 'ink'), { card, layers: buildModel(NETWORK, CLASSES.length + 1, 7) });
}

async function read(folder: string, ink = INK): Promise<string> {
  const model = await loadModel(folder);
  const { candidates } = await recognizeInk(model, ink, { alphabet: 'all', top: 3 });
  model.dispose();
  const total = candidates.reduce((sum, { probability }) => sum + probability, 0);
  assert.ok(Math.abs(total - 1) < 1e-5, String(total));
  return JSON.stringify(candidates);
}

describe('a model with a network of points', () => {
  const folder = temporaryFolder();
  before(() => startWasm());
  const at = (name: string) => path.join(folder.path, name);

  it('answers for ink by both, and is another model than without', async () => {
    await saveModel(at('m'), tinyModel('m', { classes: CLASSES }));
    const [alone, checksum] = [await read(at('m')), await modelChecksum(at('m'))];
    await writePoints(at('m'));
    assert.notEqual(await read(at('m')), alone);
    const both = await modelChecksum(at('m'));
    assert.notEqual(both, checksum);
    const card = await readInkCard(at('m/ink'));
    await writeCard(at('m/ink'), { ...card, mixing: { ...card.mixing, ink: 0.25 } });
    assert.notEqual(await modelChecksum(at('m')), both);
    await checkModelPlace(at('m'));
  });

  it('tells ink by the way that the pen went, which no picture has', async () => {
    await saveModel(at('m'), tinyModel('m', { classes: CLASSES }));
    const back = INK.map((stroke) => stroke.toReversed());
    assert.equal(await read(at('m'), back), await read(at('m')));
    await writePoints(at('m'));
    assert.notEqual(await read(at('m'), back), await read(at('m')));
  });

  it('takes it along when it learns a hand, where it counts less, and not less each time', async () => {
    for (const name of ['m', 'other']) await saveModel(at(name), tinyModel(name, { classes: CLASSES }));
    await copyInk(at('m'), at('other'));
    const alone = await read(at('other'));
    await writePoints(at('m'));
    await copyInk(at('m'), at('other'));
    assert.notEqual(await read(at('other')), alone);
    const { mixing } = await readInkCard(at('other/ink'));
    assert.deepEqual(mixing, { picture: 0.75, ink: 0.25 });
    await saveModel(at('third'), tinyModel('third', { classes: CLASSES }));
    await copyInk(at('other'), at('third'));
    assert.deepEqual((await readInkCard(at('third/ink'))).mixing, mixing);
  });

  it('is refused where that network is damaged', async () => {
    await saveModel(at('m'), tinyModel('m', { classes: CLASSES }));
    await writePoints(at('m'));
    await rm(at('m/ink/weights.bin'));
    await assert.rejects(loadModel(at('m')), ModelError);
    await writeFile(at('m/ink/card.json'), '{}');
    await assert.rejects(loadModel(at('m')), ModelError);
  });
});
