import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { openDataset } from '../../../src/datasets/open';
import { pickSamples } from '../../../src/datasets/pick';
import { picturesOf } from '../../../src/datasets/pictures';
import { Random } from '../../../src/base/random';
import { openReplay } from '../../../src/datasets/replay';
import type { Dataset } from '../../../src/datasets/dataset';
import type { ImageSamples, InkSamples } from '../../../src/datasets/samples';
import { startWasm } from '../../../src/engine/backends/wasm/wasmBackend';
import { predict } from '../../../src/engine/evaluation/predict';
import { loadNetworkModel, NetworkModel } from '../../../src/engine/models/layersModel';
import { PERSONS_OWN } from '../../../src/engine/personal/personSamples';
import { loadPersonSamples } from '../../../src/engine/personal/personSamples';
import { MOST_LOST, personalize } from '../../../src/engine/personal/personalize';
import { loadReplay, type ReplayPart, type ReplaySet } from '../../../src/engine/personal/replaySet';
import { recognizeInk } from '../../../src/engine/recognition/recognize';
import { loadTrainingData } from '../../../src/engine/training/trainingData';
import { distort, HANDWRITING } from '../../../src/ink/distort';
import type { Ink } from '../../../src/ink/ink';
import type { Card } from '../../../src/models/card';
import { runSettingsSchema } from '../../../src/runs/runSettings';
import { readCard } from '../../../src/models/modelFolder';
import { RunStore } from '../../../src/runs/runStore';
import { sharedFile } from '../shared';
import { LAMBDA } from './lambda';

const MODEL = path.join('media', 'models', 'characters');
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

  it('comes from the data of its run, wherever that lies, and from no sample of the user', async () => {
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
    const source = (name: string, license: string) => ({ name, license, source: name, samples: 9 });
    const data = [source('emnist', 'as the dataset says'), source('mine.jsonl', PERSONS_OWN)];
    const replay = await loadReplay({ ...card, classes: [...classes], data }, home, REPLAY, 1);
    assert.equal(replay.name, 'emnist');
    assert.ok(replay.train.labels.length > 0 && replay.test.labels.length > 0);
    assert.equal(replay.perhapsLearned, false);
  });

  it('measures on what the training held out where the data has no test part, or says that it cannot', async () => {
    const ink = path.join(home, 'ink.jsonl');
    const lines = Array.from({ length: 40 }, (_, at) => {
      const label = at % 2 === 0 ? 'A' : 'B';
      return JSON.stringify({
        id: String(at),
        label,
        strokes: [
          [
            [0, 0],
            [at, 90],
          ],
        ],
      });
    });
    await writeFile(ink, lines.join('\n'));
    const settings = runSettingsSchema.parse({ validationSplit: 0.25, seed: 7 });
    await new RunStore(home).create({
      name: 'ink',
      dataset: ink,
      network: { name: 'tiny', input: [28, 28, 1], layers: [{ type: 'flatten' }] },
      settings,
      created: '2026-01-02T03:04:05.000Z',
    });
    const dataset = await openDataset(ink);
    const { held, labels, checksum } = await loadTrainingData(dataset, settings);
    const data = [{ name: 'ink.jsonl', license: '', source: 'ink.jsonl', samples: 30, checksum }];
    const { validationSplit, seed } = settings;
    const training = { settings: { validationSplit, seed }, history: [] };
    const card = { ...(await readCard(MODEL)), classes: ['A', 'B'], data, training };
    const replay = await loadReplay(card, home, REPLAY, 1);
    assert.equal(replay.perhapsLearned, false);
    const samples = (await dataset.load('all')) as InkSamples;
    const pictures = (all: Uint8Array) =>
      Array.from({ length: all.length / 784 }, (_, at) =>
        Buffer.from(all.subarray(at * 784, (at + 1) * 784)).toString('base64'),
      );
    assert.deepEqual(pictures(replay.test.pixels).sort(), pictures(picturesOf(samples, held)).sort());
    assert.equal(replay.train.labels.length, labels.length - held.length);
    // drawings that are others than those that were trained on, and a training that says nothing
    const others = [
      { ...card, data: [{ ...data[0], checksum: 'another' }] },
      { ...card, training: { settings: {}, history: [] } },
    ];
    for (const other of others) {
      assert.equal((await loadReplay(other as Card, home, REPLAY, 1)).perhapsLearned, true);
    }
  });

  it('is what ships with Scrawl where the data is gone', async () => {
    const card = await readCard(MODEL);
    const data = [{ name: 'test', license: 'as the dataset says', source: 'test', samples: 9 }];
    assert.equal((await loadReplay({ ...card, data }, home, REPLAY, 1)).name, 'replay');
  });
});

describe('personalizing a model', function () {
  this.timeout(240_000);
  before(() => startWasm(1));

  it('learns the hand of a person who slants and a new character, without forgetting other hands', async function () {
    const file = sharedFile(this, 'ink', 'chars74k-hnd-writers01-35.json.gz');
    const writer = await openDataset(`${file}#writers33-33`);
    const classes = writer.classes.map((name) => (name === 'Q' ? 'λ' : name));
    const base = await loadNetworkModel(MODEL);
    const archive = sharedFile(this, 'emnist', 'gzip.zip');
    const whole = await loadReplay(base.card, 'nowhere', REPLAY, 1);
    const replay = smaller(whole);
    const others = await samplesBeside(whole, `${archive}#byclass`);
    const rightBefore = await rightIn(base, others);
    const { model, report } = await personalize({ base, person: slanted({ ...writer, classes }), replay });
    assert.equal(report.person.samples + report.learned, 124);
    assert.ok(report.person.after > report.person.before, JSON.stringify(report));
    assert.ok(report.original.after >= report.original.before - MOST_LOST, JSON.stringify(report));
    assertLittleLost(rightBefore, await rightIn(model, others), replay.test.labels.length);
    assert.equal(model.card.metrics[0]?.accuracy, report.original.after);
    assert.deepEqual(report.newClasses, ['λ']);
    assert.equal(model.card.classes.indexOf('λ'), 94);
    assert.deepEqual(model.layers.outputShape, [null, 95]);
    model.dispose();
  });

  it('reads a new character that was drawn five times, and digits as before', async () => {
    const base = await loadNetworkModel(MODEL);
    const replay = smaller(await loadReplay(base.card, 'nowhere', REPLAY, 1));
    const digits = digitsOf(replay);
    const before = await rightOf(base, digits);
    const { model, report } = await personalize({ base, person: lambdas(5), replay });
    assert.deepEqual(report.newClasses, ['λ']);
    assert.equal(report.learned + report.person.samples, 5);
    assert.ok(report.learned >= 3 && report.person.samples >= 1, JSON.stringify(report));
    const others = (await lambdas(25).load('all')) as InkSamples;
    const read = await Promise.all(
      others.inks.slice(5).map(async (ink) => {
        const { candidates } = await recognizeInk(model, ink, { alphabet: 'all', top: 1 });
        return candidates[0]?.text;
      }),
    );
    const right = read.filter((text) => text === 'λ').length;
    assert.ok(right >= 16, `${String(right)} of 20: ${read.join(' ')}`);
    assert.ok(before > 0.95 * digits.labels.length);
    assert.ok((await rightOf(model, digits)) >= before - 1);
    model.dispose();
  });

  it('may not lose more of other hands than the first model may, however often it learns', async () => {
    const base = await loadNetworkModel(MODEL);
    const replay = smaller(await loadReplay(base.card, 'nowhere', REPLAY, 1), 400);
    const { model, report } = await personalize({ base, person: lambdas(12), replay });
    assert.equal(report.original.first, undefined);
    // as if it had lost already all that it may lose
    const { settings } = model.card.training;
    const lost = { ...settings, 'first.accuracy': report.original.after + 0.05 };
    const tired = { ...model.card, training: { ...model.card.training, settings: lost } };
    const again = personalize({ base: new NetworkModel(tired, model.layers), person: lambdas(20), replay });
    await assert.rejects(again, /or personalize .+, which it comes from/);
    model.dispose();
  });

  it('asks for more samples where there are few', async () => {
    const base = await loadNetworkModel(MODEL);
    const replay = await loadReplay(base.card, 'nowhere', REPLAY, 1);
    await assert.rejects(
      personalize({ base, person: lambdas(1), replay }),
      /There are 1 samples of your handwriting: keep at least 5/,
    );
    base.dispose();
  });
});

describe('the samples of a person that are held out', () => {
  const known = new Set('0123456789abcdefghij');

  it('stay held out, and those that were learned are never held out, when there are more', async () => {
    const learned = new Set<string>();
    for (const count of [5, 6, 9, 20, 60, 200]) {
      const { train, held } = await loadPersonSamples(characters('λ0123456789abcdefghij☃', count), known);
      assert.equal(train.length + held.length, count);
      assert.ok(held.length >= 1 && held.length <= count / 2, `${String(held.length)} of ${String(count)}`);
      for (const { ink } of held) assert.ok(!learned.has(JSON.stringify(ink)));
      for (const { ink } of train) learned.add(JSON.stringify(ink));
    }
  });

  it('are about a quarter of them, but none of the first three of a new character', async () => {
    const { train, held } = await loadPersonSamples(characters('λ0123456789abcdefghij☃', 1100), known);
    assert.ok(held.length > 200 && held.length < 350, String(held.length));
    assert.ok(held.some(({ label }) => label === '☃'));
    const few = await loadPersonSamples(characters('λ☃', 6), new Set());
    assert.deepEqual([few.train.length, few.held.length], [6, 0]);
    assert.ok(train.some(({ label }) => label === '☃'));
  });

  it('are some of drawings that are all the same', async () => {
    const same = (await lambdas(1).load('all')) as InkSamples;
    const inks = Array.from({ length: 8 }, () => same.inks[0] ?? []);
    const { train, held } = await loadPersonSamples(
      drawn(inks, ['a'], () => 0),
      new Set('a'),
    );
    assert.ok(train.length >= 4 && held.length >= 1);
  });
});

/** Drawings of λ as one hand varies: the first are the same whatever the count. */
function lambdas(count: number): Dataset {
  const random = new Random(3);
  const inks = Array.from({ length: count }, () => distort(LAMBDA, HANDWRITING, random.next));
  return drawn(inks, ['λ'], () => 0);
}

/** Drawings that are called one character after another: the first are the same whatever the count. */
function characters(names: string, count: number): Dataset {
  const classes = [...names];
  const inks = Array.from({ length: count }, (_, at): Ink => [
    [
      [0, 0],
      [at, 90],
    ],
  ]);
  return drawn(inks, classes, (at) => at % classes.length);
}

function drawn(inks: readonly Ink[], classes: readonly string[], labelOf: (at: number) => number): Dataset {
  const samples: InkSamples = {
    kind: 'ink',
    inks,
    penWidths: inks.map(() => undefined),
    writers: inks.map(() => 'me'),
    labels: Uint16Array.from(inks, (_, at) => labelOf(at)),
  };
  const load = () => Promise.resolve(samples);
  return { id: 'drawn', classes, covers: classes, officialSplits: [], problems: [], load };
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

/** The pictures of digits to measure on. */
function digitsOf({ classes, test: { pixels, labels } }: ReplaySet): ImageSamples {
  const digits = [...labels.keys()].filter((at) => /^\d$/.test(classes[labels[at] ?? 0] ?? ''));
  const size = 28 * 28;
  return {
    ...{ kind: 'images', height: 28, width: 28 },
    pixels: Buffer.concat(digits.map((at) => pixels.subarray(at * size, (at + 1) * size))),
    labels: Uint16Array.from(digits, (at) => labels[at] ?? 0),
  };
}

/** Pictures of EMNIST's test file, of which none is in the replay set, drawn with a seed, with the set's labels. */
async function samplesBeside({ train, test, classes }: ReplaySet, location: string): Promise<ImageSamples> {
  const size = 28 * 28;
  const pictures =
    ({ pixels }: { pixels: Uint8Array }) =>
    (at: number) =>
      Buffer.from(pixels.subarray(at * size, (at + 1) * size)).toString('latin1');
  const inReplay = new Set([train, test].flatMap((part) => Array.from(part.labels.keys(), pictures(part))));
  const dataset = await openDataset(location);
  const all = (await dataset.load('test')) as ImageSamples;
  const pictureOf = pictures(all);
  const beside = [...new Random(6).permutation(all.labels.length)].filter(
    (at) => !inReplay.has(pictureOf(at)),
  );
  // EMNIST's test pictures of the replay set were found in the file, so that the others are indeed others
  assert.equal(all.labels.length - beside.length, 62 * 20);
  const some = pickSamples(all, Uint32Array.from(beside.slice(0, 2000))) as ImageSamples;
  const labels = some.labels.map((label) => classes.indexOf(dataset.classes[label] ?? ''));
  return { ...some, labels };
}

/**
 * A model may lose half a point of what it read right, and what two samples leave open: the one that is measured here,
 * and the replay set's `chosenOn` samples, by which the mix was chosen. With b samples of n that became wrong and c that
 * became right, the difference (b - c) / n has the standard error sqrt(b + c) / n; twice the error of both is allowed.
 */
function assertLittleLost(before: readonly boolean[], after: readonly boolean[], chosenOn: number): void {
  const n = before.length;
  assert.ok(before.filter(Boolean).length > 0.8 * n, 'the model reads the samples at first');
  const wrong = before.filter((right, at) => right && after[at] === false).length;
  const right = before.filter((was, at) => !was && after[at] === true).length;
  const changed = (wrong + right) / n;
  const noise = 2 * Math.sqrt(changed / n + changed / chosenOn);
  const lost = (wrong - right) / n;
  assert.ok(lost <= MOST_LOST + noise, `${String(wrong)} lost, ${String(right)} won of ${String(n)}`);
}

/** How many pictures a model reads right. */
async function rightOf(model: NetworkModel, samples: ImageSamples): Promise<number> {
  return (await rightIn(model, samples)).filter(Boolean).length;
}

/** Which pictures a model reads right whose labels are its first classes. */
async function rightIn(model: NetworkModel, samples: ImageSamples): Promise<boolean[]> {
  const predictions = await predict(model, samples);
  const own = new Float32Array(predictions.width);
  return Array.from(samples.labels, (label, row) => {
    predictions.read(row, own);
    return own.indexOf(Math.max(...own)) === label;
  });
}
