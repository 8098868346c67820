import assert from 'node:assert/strict';
import path from 'node:path';
import { cardText } from '../../../src/host/models/cardText';
import { canRepeat } from '../../../src/host/models/canRepeat';
import { repeatTraining } from '../../../src/host/training/repeatTraining';
import { describeModel } from '../../../src/host/models/words';
import type { Card } from '../../../src/models/card';
import type { LineCard } from '../../../src/models/lineCard';
import { ModelStore, type WholeModel } from '../../../src/models/modelStore';
import { INTERRUPTED } from '../../../src/runs/run';
import { runSettingsSchema } from '../../../src/runs/runSettings';
import type { RunRecord } from '../../../src/runs/runStore';
import { SCRAWL_LINE } from '../../../src/networks/scrawlLine';
import { PRESETS } from '../../../src/networks/presets';

const network = PRESETS['lenet-5'];
const CARD: Card = {
  name: 'Mine <b>& | `all`',
  description: 'A [link](command:evil) and *more*.',
  classes: ['a', '`', '|'],
  preprocessing: { kind: 'emnist', height: 28, width: 28 },
  ...(network && { network }),
  parameters: 61_706,
  data: [{ name: 'mnist', license: 'CC BY-SA 3.0', source: 'https://example.org', samples: 60_000 }],
  training: {
    settings: { epochs: 3, optimizer: 'sgd', learningRate: 0.02, 'augmentation.shift': 1.5, seed: 9 },
    history: [
      {
        epoch: 1,
        loss: 1,
        accuracy: 0.7,
        validationLoss: 0.4,
        validationAccuracy: 0.87,
        learningRate: 0.02,
        seconds: 1,
      },
      {
        epoch: 2,
        loss: 0.5,
        accuracy: 0.8,
        validationLoss: 0.6,
        validationAccuracy: 0.85,
        learningRate: 0.02,
        seconds: 1,
      },
    ],
  },
  metrics: [],
  backend: 'wasm',
};
const MODEL: WholeModel = {
  id: 'mine',
  kind: 'network',
  folder: '/home/models/mine',
  name: CARD.name,
  card: CARD,
  lines: undefined,
  symbols: undefined,
  ensemble: undefined,
  bytes: 250_000,
  problem: undefined,
};

describe('a model in words', () => {
  it('has how good it is, what it learned from and how large it is', () => {
    assert.equal(describeModel(MODEL, false), '87.0%, mnist, 250 kB');
    const metrics = [
      {
        dataset: 'mnist',
        split: 'test',
        alphabet: 'all',
        samples: 9,
        accuracy: 0.9911,
        top3: 1,
        loss: 0.1,
        macroF1: 1,
      },
    ];
    assert.equal(
      describeModel({ ...MODEL, card: { ...CARD, metrics } }, true),
      'on the pad, 99.1%, mnist, 250 kB',
    );
    assert.equal(describeModel({ ...MODEL, card: undefined, problem: 'It is gone.' }, false), 'damaged');
  });

  it('has a card in which nothing of its own is taken for Markdown', () => {
    const text = cardText(MODEL);
    assert.ok(!text.includes('<b>') && !text.includes('](command:'), text);
    assert.match(text, /\| lenet/);
    assert.match(text, /`` ` ``/);
    for (const section of ['Characters', 'Learned from', 'Network', 'Settings', 'History']) {
      assert.match(text, new RegExp(`^## ${section}$`, 'm'));
    }
    assert.doesNotMatch(text, /## Scores/);
  });

  it('has a card for the bundled model too', async () => {
    const bundled = await new ModelStore('nowhere', path.join('media', 'models', 'characters')).get(
      'bundled',
    );
    const text = cardText(bundled);
    assert.match(text, /## Scores/);
    assert.match(text, /EMNIST byclass/);
  });
});

describe('the settings of a model', () => {
  const defaults = runSettingsSchema.parse({ batchSize: 64 });

  it('are data, network and settings to train with again', () => {
    const repeated = repeatTraining(MODEL, defaults, []);
    assert.deepEqual(
      [repeated?.dataset, repeated?.network.value, repeated?.name],
      ['mnist', 'lenet-5', CARD.name],
    );
    assert.deepEqual(repeated?.settings, {
      ...defaults,
      ...{ epochs: 3, optimizer: 'sgd', learningRate: 0.02, seed: 9 },
      augmentation: { ...defaults.augmentation, shift: 1.5 },
    });
  });

  it('find data again that were opened by their path', () => {
    const runOn = (dataset: string, model?: string): Pick<RunRecord, 'run' | 'state'> => ({
      run: {
        ...{ name: 'r', dataset, network: network ?? assert.fail(), settings: defaults },
        created: '2026-01-02T03:04:05.000Z',
      },
      state: { ...INTERRUPTED, ...(model !== undefined && { model }) },
    });
    const other = runOn('/elsewhere/scans', '/models/other');
    const own = runOn('/data/scans', MODEL.folder);
    const scans = { ...MODEL, card: { ...CARD, data: [{ ...CARD.data[0], name: 'scans' }] as Card['data'] } };
    const dataset = (runs: Pick<RunRecord, 'run' | 'state'>[]) =>
      repeatTraining(scans, defaults, runs)?.dataset;
    assert.equal(dataset([other, own]), '/data/scans');
    assert.equal(dataset([runOn('/data/letters'), other]), '/elsewhere/scans');
    assert.equal(dataset([runOn('/data/letters')]), 'scans');
  });

  it('keep a network that is no preset any more', async () => {
    const other = { name: 'lenet-5', input: [28, 28, 1] as [number, number, number], layers: [] };
    const repeated = repeatTraining({ ...MODEL, card: { ...CARD, network: other } }, defaults, []);
    assert.equal(repeated?.network.value, 'model:mine');
    assert.deepEqual(await repeated.network.read(), other);
  });

  it('are there of models that were trained here only', () => {
    assert.ok(canRepeat(MODEL));
    assert.ok(!canRepeat({ ...MODEL, kind: 'bundled' }) && !canRepeat({ ...MODEL, kind: 'ensemble' }));
    assert.ok(!canRepeat({ ...MODEL, card: { ...CARD, network: undefined } }));
    assert.ok(!canRepeat({ ...MODEL, card: { ...CARD, training: { settings: {}, history: [] } } }));
    assert.equal(repeatTraining({ ...MODEL, card: undefined }, defaults, []), undefined);
  });

  it('of a model of lines are there as well', () => {
    const { preprocessing: _, network: __, metrics: ___, ...known } = CARD;
    const lines: LineCard = {
      ...known,
      kind: 'lines',
      preprocessing: { kind: 'points', step: 0.07, features: 12, stride: 4 },
      network: SCRAWL_LINE,
      metrics: [],
    };
    const repeated = repeatTraining({ ...MODEL, card: undefined, lines }, defaults, []);
    assert.deepEqual(
      [repeated?.dataset, repeated?.network.value, repeated?.settings.epochs],
      ['mnist', 'scrawl-line', 3],
    );
  });
});
