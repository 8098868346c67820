import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { openDataset } from '../../../src/datasets/open';
import { Random } from '../../../src/datasets/random';
import { openReplay } from '../../../src/datasets/replay';
import type { Dataset, InkSamples } from '../../../src/datasets/samples';
import { startWasm } from '../../../src/engine/backends/wasm/wasmBackend';
import { loadNetworkModel } from '../../../src/engine/models/layersModel';
import { PERSONS_OWN } from '../../../src/engine/personal/card';
import { MOST_LOST, personalize } from '../../../src/engine/personal/personalize';
import { loadReplay, type ReplayPart, type ReplaySet } from '../../../src/engine/personal/replaySet';
import { distort, HANDWRITING } from '../../../src/ink/distort';
import { runSettingsSchema } from '../../../src/models/runSettings';
import { readCard } from '../../../src/models/modelFolder';
import { RunStore } from '../../../src/models/runStore';
import { sharedFile } from '../shared';

const MODEL = path.join('media', 'model');
const REPLAY = path.resolve('media', 'replay');
const SLANT = 0.6;

describe('the replay set', () => {
  it('holds pictures of all characters that the bundled model knows, to learn and to measure', async () => {
    const replay = await openReplay(REPLAY);
    assert.equal(replay.classes.length, 94);
    for (const split of ['train', 'test'] as const) {
      const { labels } = await replay.load(split);
      assert.equal(new Set(labels).size, 94);
    }
    assert.equal((await replay.load('train')).labels.length, 4511);
    assert.equal((await replay.load('test')).labels.length, 1504);
  });

  it('has no other split', async () => {
    const replay = await openReplay(REPLAY);
    await assert.rejects(replay.load('all'), /no all split/);
  });
});

describe('the replay set of a model that was trained here', () => {
  let home: string;
  beforeEach(async () => (home = await mkdtemp(path.join(os.tmpdir(), 'scrawl-'))));
  afterEach(() => rm(home, { recursive: true }));

  it('comes from the data of its run, wherever that lies, and from no sample of the person', async () => {
    const dataset = path.resolve('test', 'fixtures', 'emnist');
    await new RunStore(home).create({
      name: 'letters',
      dataset,
      network: { name: 'tiny', input: [28, 28, 1], layers: [{ type: 'flatten' }] },
      settings: runSettingsSchema.parse({}),
      created: '2026-01-02T03:04:05.000Z',
    });
    const { classes } = await openDataset(dataset);
    const card = await readCard(MODEL);
    const source = (name: string, licence: string) => ({ name, licence, source: name, samples: 9 });
    const data = [source('emnist', 'as the dataset says'), source('mine.jsonl', PERSONS_OWN)];
    const replay = await loadReplay({ ...card, classes: [...classes], data }, home, REPLAY, 1);
    assert.equal(replay.name, 'emnist');
    assert.ok(replay.train.labels.length > 0 && replay.test.labels.length > 0);
  });

  it('is what ships with Scrawl where the data is gone', async () => {
    const card = await readCard(MODEL);
    const data = [{ name: 'test', licence: 'as the dataset says', source: 'test', samples: 9 }];
    assert.equal((await loadReplay({ ...card, data }, home, REPLAY, 1)).name, 'replay');
  });
});

describe('personalising a model', function () {
  this.timeout(240_000);
  before(() => startWasm(1));

  it('learns the hand of a person who slants and a new character, without forgetting other hands', async function () {
    const file = sharedFile(this, 'ink', 'chars74k-hnd-writers01-35.json.gz');
    const writer = await openDataset(`${file}#writers33-33`);
    const classes = writer.classes.map((name) => (name === 'Q' ? 'λ' : name));
    const base = await loadNetworkModel(MODEL);
    const replay = smaller(await loadReplay(base.card, 'nowhere', REPLAY, 1));
    const { model, report } = await personalize({ base, person: slanted({ ...writer, classes }), replay });
    assert.equal(report.person.samples + report.learnt, 124);
    assert.ok(report.person.after > report.person.before, JSON.stringify(report));
    assert.ok(report.original.after >= report.original.before - MOST_LOST, JSON.stringify(report));
    assert.equal(model.card.metrics[0]?.accuracy, report.original.after);
    assert.deepEqual(report.newClasses, ['λ']);
    assert.equal(model.card.classes.indexOf('λ'), 94);
    assert.deepEqual(model.layers.outputShape, [null, 95]);
    model.dispose();
  });

  it('asks for more samples where there are few', async () => {
    const base = await loadNetworkModel(MODEL);
    const replay = await loadReplay(base.card, 'nowhere', REPLAY, 1);
    await assert.rejects(
      personalize({ base, person: few(), replay }),
      /There are 1 samples of your handwriting: keep at least 8/,
    );
    base.dispose();
  });
});

function few(): Dataset {
  const samples: InkSamples = {
    kind: 'ink',
    inks: [
      [
        [
          [0, 0],
          [1, 1],
        ],
      ],
    ],
    penWidths: [undefined],
    writers: ['me'],
    labels: Uint16Array.of(0),
  };
  const load = () => Promise.resolve(samples);
  return { id: 'few', classes: ['a'], covers: ['a'], officialSplits: [], problems: [], load };
}

/** Every character twice, slanted far to the left, and varied as one hand does. */
function slanted(person: Dataset): Dataset {
  const { slant, rotation, aspect, strokeShift, elastic } = HANDWRITING;
  const half = {
    ...{ slant: slant / 2, rotation: rotation / 2, aspect: aspect / 2 },
    ...{ strokeShift: strokeShift / 2, elastic: elastic / 2 },
  };
  const load = async () => {
    const { inks, penWidths, writers, labels } = (await person.load('all')) as InkSamples;
    const random = new Random(5);
    const places = [...labels.keys(), ...labels.keys()];
    const drawn = places.map((at) =>
      distort(inks[at] ?? [], half, random.next).map((stroke) =>
        stroke.map(([x, y]) => [x - SLANT * y, y] as const),
      ),
    );
    return {
      kind: 'ink' as const,
      inks: drawn,
      penWidths: places.map((at) => penWidths[at]),
      writers: places.map((at) => writers[at]),
      labels: Uint16Array.from(places, (at) => labels[at] ?? 0),
    };
  };
  return { ...person, load };
}

/** The first samples of each part: enough for a test, and quick. */
function smaller(replay: ReplaySet, count = 800): ReplaySet {
  const part = ({ pixels, labels }: ReplayPart): ReplayPart => ({
    pixels: pixels.subarray(0, count * 28 * 28),
    labels: labels.subarray(0, count),
  });
  return { ...replay, train: part(replay.train), test: part(replay.test) };
}
