import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { startEngine, type TestEngine } from '../../harness/engine';
import { makeScratchFolder, removeScratchFolder } from '../../harness/scratch';
import { UserError } from '../../../src/base/userError';
import { openDataset } from '../../../src/datasets/open';
import { changeSamples } from '../../../src/datasets/overlay';
import { pictureOf } from '../../../src/datasets/pictures';
import { DatasetStore } from '../../../src/datasets/store/datasetStore';
import { readEvaluationFile } from '../../../src/evaluations/evaluationStore';
import { readProjectionFile } from '../../../src/evaluations/projectionFile';
import { LiveEvaluation } from '../../../src/host/evaluation/liveEvaluation';
import {
  embedSplit,
  evaluate,
  findLabelIssues,
  findNearest,
  occlude,
  writeReport,
} from '../../../src/protocol/engine/evaluation';
import { project } from '../../../src/protocol/engine/projection';
import { recognizePicture } from '../../../src/protocol/engine/recognition';
import { Canceled } from '../../../src/protocol/failures';
import type { Params } from '../../../src/protocol/rpc';

const MODEL = path.resolve('media', 'models', 'characters');
const FIXTURE = `${path.resolve('test', 'fixtures', 'emnist')}#balanced`;
const TEST_SAMPLES = 86;
const TRAIN_SAMPLES = 199;

describe('evaluation in the engine', function () {
  this.timeout(120_000);
  let home: string;
  let engine: TestEngine;
  before(async () => {
    home = await makeScratchFolder();
    engine = startEngine();
  });
  after(async () => {
    await engine.end();
    await removeScratchFolder(home);
  });

  const params = (changes: Partial<Params<typeof evaluate>> = {}): Params<typeof evaluate> => ({
    model: MODEL,
    home,
    dataset: FIXTURE,
    split: 'test',
    alphabet: 'alphanumeric',
    merged: false,
    ...changes,
  });
  /** Evaluates, and judges by the labels as they are now. */
  const judge = async (asked: Params<typeof evaluate>) => {
    const { stored, file = '', split } = await engine.ask(evaluate, asked);
    const { model, dataset, alphabet, merged } = asked;
    const spec = { file, model, dataset, split, judging: { alphabet, merged } };
    const live = await LiveEvaluation.open(spec, new DatasetStore(home));
    return { stored, figures: live.figures };
  };
  const picture = async (index: number) => {
    const samples = await (await openDataset(FIXTURE)).load('test');
    return { width: 28, height: 28, pixels: [...pictureOf(samples, index)] };
  };

  it('measures, tells how far it is, and keeps what the model said', async () => {
    const told: number[] = [];
    const first = await engine.ask(evaluate, params(), { onProgress: ({ done }) => told.push(done) });
    assert.deepEqual([first.stored, first.split], [false, 'test']);
    assert.equal(told.at(-1), TEST_SAMPLES);
    const { figures } = await judge(params());
    assert.equal(figures.samples, TEST_SAMPLES);
    assert.ok(figures.accuracy > 0.7 && figures.interval.low < figures.accuracy);
    assert.equal((await readEvaluationFile(first.file ?? '')).places.length, TEST_SAMPLES);

    const again = await engine.ask(evaluate, params());
    assert.deepEqual({ ...again, stored: false }, first);
    assert.equal(again.stored, true);
    const merged = await judge(params({ merged: true, alphabet: 'letters' }));
    assert.equal(merged.stored, true);
    assert.ok(merged.figures.leftOut > 0);
  });

  it('computes again where the stored result is damaged', async () => {
    const { file } = await engine.ask(evaluate, params());
    await writeFile(file ?? '', 'no evaluation');
    assert.equal((await engine.ask(evaluate, params())).stored, false);
    assert.equal((await engine.ask(evaluate, params())).stored, true);
  });

  it('recognizes meanwhile, and stops when it is canceled', async () => {
    const stop = new AbortController();
    let begin = () => {};
    const begun = new Promise<void>((resolve) => (begin = resolve));
    const running = engine.ask(evaluate, params({ split: 'train' }), {
      signal: stop.signal,
      onProgress: () => begin(),
    });
    await begun;
    const read = await engine.ask(recognizePicture, {
      ...{ model: MODEL, alphabet: 'all', top: 1 },
      picture: await picture(0),
    });
    assert.equal(read.candidates.length, 1);
    stop.abort();
    // the last batch may have been under way
    await running.then(
      () => undefined,
      (error: unknown) => assert.ok(error instanceof Canceled),
    );
  });

  it('stores nothing of what is canceled before it begins', async () => {
    const stop = new AbortController();
    const running = engine.ask(evaluate, params({ split: 'all' }), stop);
    stop.abort();
    await assert.rejects(running, Canceled);
    const [folder = ''] = await readdir(path.join(home, 'evaluations'));
    const files = await readdir(path.join(home, 'evaluations', folder));
    assert.ok(!files.some((name) => name.startsWith('all')));
  });

  it('says in a sentence what it cannot evaluate', async () => {
    for (const changes of [
      { alphabet: '☃' },
      { split: 'validation' as const },
      { model: home },
      { dataset: 'none' },
    ]) {
      await assert.rejects(
        engine.ask(evaluate, params(changes)),
        (error) => error instanceof UserError && /: .*\.$/.test(error.message),
      );
    }
  });

  it('computes on the backend that it is started for, or says why not', async () => {
    const other = startEngine(['--backend', 'tensorflow-cuda', '--home', home]);
    try {
      await assert.rejects(
        other.ask(evaluate, params()),
        (error) =>
          error instanceof UserError && /^tensorflow-cuda cannot compute here because/.test(error.message),
      );
    } finally {
      await other.end();
    }
  });

  it('judges a stored dataset by the labels that the user corrected, without computing again', async () => {
    const store = new DatasetStore(home);
    const fixture = await openDataset(FIXTURE);
    const samples = await fixture.load('test');
    if (samples.kind !== 'images') throw new Error('not images');
    const batches = async function* () {
      yield await Promise.resolve(samples);
    };
    const { classes, covers } = fixture;
    await store.write(
      'mine',
      {
        ...{ name: 'Mine', kind: 'images', source: 'a test', height: 28, width: 28 },
        ...{ classes: [...classes], covers: [...covers], officialSplits: ['test'] },
      },
      [{ split: 'test', batches: batches() }],
    );
    const task = params({ dataset: 'mine' });
    const before = await judge(task);
    const asked = { model: MODEL, home, dataset: 'mine', most: 5 };
    const wrong = await engine.ask(findLabelIssues, asked);
    const [issue] = wrong.issues;
    assert.ok(issue && wrong.total >= wrong.issues.length && wrong.of === 'test');
    assert.ok(issue.margin < 0 && issue.suggestedProbability > issue.probability);
    assert.deepEqual([wrong.samples, wrong.learning], [TEST_SAMPLES, 'unnamed']);
    await changeSamples(store.folder('mine'), {
      split: 'test',
      indices: [issue.place],
      change: { label: wrong.classes[issue.suggested] ?? '' },
    });
    assert.deepEqual(
      await engine.ask(findLabelIssues, asked),
      wrong,
      'the list stays as it is while it is worked through',
    );
    const mended = await judge(task);
    assert.equal(mended.stored, true);
    assert.ok(mended.figures.accuracy > before.figures.accuracy);
    await changeSamples(store.folder('mine'), {
      split: 'test',
      indices: [issue.place],
      change: { exclude: true },
    });
    assert.equal((await judge(task)).figures.samples, TEST_SAMPLES - 1);
  });

  it('writes a report with pictures, compared with another model, and every figure', async () => {
    const report = path.join(home, 'report.html');
    await engine.ask(writeReport, {
      ...params(),
      file: report,
      format: 'html',
      compare: MODEL,
    });
    const text = await readFile(report, 'utf8');
    assert.match(text, /<img\s+src="data:image\/png;base64,iVBOR/);
    assert.match(text, /McNemar/);
    const table = path.join(home, 'confusion.json');
    await engine.ask(writeReport, { ...params(), file: table, format: 'json' });
    const all = JSON.parse(await readFile(table, 'utf8')) as { confusion: number[][]; dataset: string };
    const { confusion, dataset } = all;
    assert.equal(dataset, 'emnist#balanced', 'the data, not where they lie');
    assert.match(text, /<title>Characters on emnist#balanced</);
    assert.equal(
      confusion.flat().reduce((sum, count) => sum + count, 0),
      TEST_SAMPLES,
    );
  });

  it('finds the samples nearest to one: itself first, then others of its class', async () => {
    const task = { model: MODEL, home, dataset: FIXTURE, most: 1000 };
    const embedded = await engine.ask(embedSplit, { ...task, split: 'test' });
    assert.deepEqual([embedded.samples, embedded.width], [TEST_SAMPLES, 320]);
    const query = { ...task, split: 'test' as const, picture: await picture(3), count: 5 };
    const { neighbors, samples } = await engine.ask(findNearest, query);
    assert.equal(samples, TEST_SAMPLES);
    assert.deepEqual([neighbors.length, neighbors[0]?.place], [5, 3]);
    assert.ok((neighbors[0]?.distance ?? 1) < 1e-3);
    const distances = neighbors.map(({ distance }) => distance);
    assert.deepEqual(
      distances,
      [...distances].sort((a, b) => a - b),
    );
    const others = await engine.ask(findNearest, { ...query, except: 3 });
    assert.ok(others.neighbors.every(({ place }) => place !== 3));
    const train = await engine.ask(findNearest, { ...query, split: 'train', most: 50 });
    assert.deepEqual([train.samples, train.of, train.neighbors.length], [50, 'train', 5]);
    assert.ok(train.neighbors.every(({ place }) => place < TRAIN_SAMPLES));
  });

  it('lays samples out, tells how far it is, and stops when it is canceled', async () => {
    const task = { model: MODEL, home, dataset: FIXTURE, split: 'test' as const, method: 'umap' as const };
    const phases: string[] = [];
    const { file } = await engine.ask(
      project,
      { ...task, most: 1000 },
      { onProgress: ({ phase }) => phases.push(phase) },
    );
    assert.equal((await readProjectionFile(file)).places.length, TEST_SAMPLES);
    assert.deepEqual([...new Set(phases)], ['neighbors', 'layout']);
    const stop = new AbortController();
    const ended = engine.ask(
      project,
      { ...task, most: 50 },
      {
        signal: stop.signal,
        onProgress: ({ phase }) => {
          if (phase === 'layout') stop.abort();
        },
      },
    );
    await assert.rejects(ended, Canceled);
  });

  it('shows where the network looks: hiding ink costs more than hiding paper', async () => {
    const shown = await picture(3);
    const read = await engine.ask(recognizePicture, {
      ...{ model: MODEL, alphabet: 'all', top: 1, picture: shown },
    });
    const name = read.candidates[0]?.text ?? '';
    const { drops, probability } = await engine.ask(occlude, {
      model: MODEL,
      picture: shown,
      class: name,
    });
    assert.ok(Math.abs(probability - (read.candidates[0]?.probability ?? 0)) < 1e-3);
    const mean = (wanted: (gray: number) => boolean) => {
      const chosen = drops.filter((_, at) => wanted(shown.pixels[at] ?? 0));
      return chosen.reduce((sum, drop) => sum + drop, 0) / chosen.length;
    };
    assert.equal(drops.length, 784);
    assert.ok(mean((gray) => gray > 128) > mean((gray) => gray === 0));
    await assert.rejects(engine.ask(occlude, { model: MODEL, picture: shown, class: '☃' }), UserError);
  });
});
