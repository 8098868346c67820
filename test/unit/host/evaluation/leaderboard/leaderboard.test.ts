import assert from 'node:assert/strict';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { changeSamples } from '../../../../../src/datasets/overlay';
import type { DatasetStore } from '../../../../../src/datasets/store/datasetStore';
import { keptEvaluations } from '../../../../../src/evaluations/keptEvaluations';
import { type Board, boardOf } from '../../../../../src/host/evaluation/leaderboard/board';
import { BoardFigures } from '../../../../../src/host/evaluation/leaderboard/boardFigures';
import { CellQueue } from '../../../../../src/host/evaluation/leaderboard/cellQueue';
import type { EvaluationSpec } from '../../../../../src/host/evaluation/evaluationSpec';
import { modelChecksum } from '../../../../../src/models/checksum';
import { ModelError } from '../../../../../src/models/errors';
import { ModelStore } from '../../../../../src/models/modelStore';
import { keyOf } from '../../../../../src/protocol/pages/boardPlace';
import type { BoardWork } from '../../../../../src/protocol/pages/leaderboard';
import { makeScratchFolder, removeScratchFolder } from '../../../../harness/scratch';
import { storeAnswers, storeLetters } from '../evaluatedLetters';

describe('the leaderboard', () => {
  let home: string;
  let store: DatasetStore;
  let spec: EvaluationSpec;

  beforeEach(async () => {
    home = await makeScratchFolder();
    store = await storeLetters(home);
    spec = await storeAnswers(store);
  });
  afterEach(() => removeScratchFolder(home));

  const kept = async () => keptEvaluations(home, await modelChecksum(spec.model));
  const only = async () => (await kept())[0] ?? assert.fail('nothing is kept');

  async function board(): Promise<Board> {
    const models = await new ModelStore(home, path.resolve('media', 'models', 'characters')).list();
    // the model has no network that could answer; what is kept of it is there all the same
    const rated = models.map(async (model) => ({
      model: model.folder === spec.model ? { ...model, problem: undefined } : model,
      kept: model.folder === spec.model ? await kept() : [],
    }));
    return boardOf(await Promise.all(rated), await store.list());
  }

  it('has a row for each model of characters and lines, and a column for the test split of each dataset', async () => {
    const { models, columns, kept: cells } = await board();
    assert.deepEqual(
      models.map(({ name, reads }) => [name, reads]),
      [
        ['Characters', 'characters'],
        ['Lines', 'lines'],
        ['Mine', 'characters'],
      ],
    );
    const letters = { dataset: 'letters', name: 'Letters', split: 'test', ink: false };
    assert.deepEqual(columns, [{ id: 'letters test', ...letters }]);
    const key = keyOf({ model: spec.model, column: 'letters test' });
    assert.deepEqual([...cells.keys()], [key]);
    assert.equal(cells.get(key)?.file, spec.file);
  });

  it('finds what is kept by the start of its file, and passes over what is damaged', async () => {
    const [{ header, reads, file } = assert.fail()] = await kept();
    assert.deepEqual([reads, file, header.samples], ['characters', spec.file, 8]);
    await writeFile(path.join(path.dirname(file), 'test-0.scrawleval'), 'SCRAWLEV and no more');
    await writeFile(path.join(path.dirname(file), 'notes.txt'), '');
    assert.equal((await kept()).length, 1);
    assert.deepEqual(await keptEvaluations(home, 'f'.repeat(64)), []);
  });

  it('judges by the labels as they are now', async () => {
    const figures = new BoardFigures(store);
    const { value, interval, samples, created } = await figures.of(await only(), 'letters');
    assert.deepEqual([value, samples, created], [4 / 8, 8, '2026-01-02T03:04:05.000Z']);
    assert.ok(interval.low > 0.21 && interval.high < 0.79, JSON.stringify(interval));
    const change = { label: 'O' };
    await changeSamples(store.folder('letters'), { split: 'test', indices: [5], change });
    assert.equal((await figures.of(await only(), 'letters')).value, 5 / 8);
  });

  it('says where what is kept is damaged', async () => {
    const each = await only();
    const whole = await readFile(each.file);
    await writeFile(each.file, whole.subarray(0, whole.length - 4));
    await assert.rejects(new BoardFigures(store).of(each, 'letters'), ModelError);
    await appendFile(each.file, whole.subarray(whole.length - 4));
    assert.equal((await new BoardFigures(store).of(each, 'letters')).value, 4 / 8);
  });
});

describe('the queue of the leaderboard', () => {
  const cell = (model: string) => ({ model, column: 'letters test' });

  it('evaluates one cell after the other, and goes on behind one that fails', async () => {
    const told: string[] = [];
    let atOnce = 0;
    let done: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => (done = resolve));
    const queue = new CellQueue(
      async ({ model }, report) => {
        assert.equal(++atOnce, 1);
        report('halfway', 0.5);
        await Promise.resolve();
        atOnce--;
        if (model === 'bad') throw new ModelError('It is damaged.');
        if (model === 'last') done();
      },
      ({ model }, work) => told.push(`${model} ${inWords(work)}`),
      (error) => (error as Error).message,
    );
    queue.add([cell('good'), cell('bad'), cell('last')]);
    queue.add([cell('last')]);
    await ended;
    await Promise.resolve();
    assert.deepEqual(told.filter((each) => !each.startsWith('good')).slice(0, 5), [
      'bad waiting',
      'last waiting',
      'bad running',
      'bad 0.5',
      'bad failed: It is damaged.',
    ]);
    assert.equal(told.filter((each) => each === 'last waiting').length, 1, 'it waited already');
    assert.deepEqual(
      queue.all.filter(({ work }) => work.state === 'failed').map(({ place }) => place),
      [cell('bad')],
    );
  });

  it('gives up what waits and what runs', async () => {
    const told: string[] = [];
    const queue = new CellQueue(
      (_place, _report, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new Error('aborted')));
        }),
      ({ model }, work) => told.push(`${model} ${inWords(work)}`),
      () => assert.fail('nothing failed'),
    );
    queue.add([cell('first'), cell('second')]);
    queue.cancel();
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(told.slice(-2), ['second nothing', 'first nothing']);
    assert.deepEqual(queue.all, []);
  });
});

function inWords(work: BoardWork | undefined): string {
  if (!work) return 'nothing';
  if (work.state === 'failed') return `failed: ${work.message}`;
  return work.state === 'running' && work.share !== undefined ? String(work.share) : work.state;
}
