import assert from 'node:assert/strict';
import { repeatedOf } from '../../../../src/host/training/repeatTraining';
import { rowOf } from '../../../../src/host/training/runRow';
import { runsCsv } from '../../../../src/host/training/runsCsv';
import type { RunFile } from '../../../../src/runs/run';
import { runSettingsSchema } from '../../../../src/runs/runSettings';
import { PRESETS } from '../../../../src/networks/presets';

const RUN: RunFile = {
  name: 'Digits, quick',
  dataset: 'mnist',
  network: PRESETS['lenet-5'] ?? assert.fail(),
  settings: runSettingsSchema.parse({ optimizer: 'sgd', augmentation: { shift: 1.5 } }),
  created: '2026-01-02T03:04:05.000Z',
};
const epoch = (at: number, validationAccuracy: number) => ({
  ...{ type: 'epoch' as const, epoch: at, loss: 1 / at, accuracy: 0.5, learningRate: 0.1, seconds: 7 },
  ...{ validationLoss: 2 / at, validationAccuracy },
});
const OVERVIEW = {
  ...{ id: 'digits-quick', folder: '/nowhere/digits-quick', run: RUN },
  state: { state: 'finished' as const, done: 100, total: 100, model: '/models/digits', backend: 'wasm' },
  epochs: [epoch(1, 0.9), epoch(2, 0.8)],
};

describe('a run in the table of runs', () => {
  it('has what it was started with and what came of it', async () => {
    const { settings, ...row } = await rowOf(OVERVIEW, undefined);
    assert.deepEqual(row, {
      ...{ id: 'digits-quick', name: 'Digits, quick', dataset: 'mnist', network: 'lenet-5' },
      ...{ state: 'finished', where: 'nowhere', done: 100, total: 100, epochs: 10, hasModel: true },
      ...{ created: RUN.created, epochsDone: 2, seconds: 14, backend: 'wasm' },
      ...{ accuracy: 0.9, lastAccuracy: 0.8, lastLoss: 1 },
    });
    assert.deepEqual([settings['optimizer'], settings['augmentation.shift']], ['sgd', 1.5]);
  });

  it('is there though it is damaged', async () => {
    const state = { state: 'failed' as const, done: 0, total: 0, message: 'It is damaged.' };
    const row = await rowOf({ ...OVERVIEW, run: undefined, state, epochs: [] }, undefined);
    assert.deepEqual([row.name, row.message, row.settings], ['digits-quick', 'It is damaged.', {}]);
  });

  it('is a line of a table', async () => {
    const [header = '', line = ''] = runsCsv([await rowOf(OVERVIEW, undefined)]).split('\r\n');
    const cell = (name: string) =>
      line.replace('"Digits, quick"', 'Digits quick').split(',')[header.split(',').indexOf(name)];
    assert.deepEqual(
      ['run', 'state', 'best accuracy', 'last loss', 'optimizer', 'augmentation.shift'].map(cell),
      ['Digits quick', 'finished', '0.9', '1', 'sgd', '1.5'],
    );
  });

  it('can be repeated, on the preset that its network is or on its own', async () => {
    const { network, ...repeated } = repeatedOf('digits-quick', RUN);
    assert.deepEqual(repeated, { dataset: 'mnist', name: RUN.name, settings: RUN.settings });
    assert.equal(network.value, 'lenet-5');
    const own = { ...RUN.network, name: 'mine' };
    const other = repeatedOf('digits-quick', { ...RUN, network: own }).network;
    assert.deepEqual([other.value, await other.read()], ['run:digits-quick', own]);
  });
});
