import assert from 'node:assert/strict';
import { changeOverlay, takeBack } from '../../../../src/datasets/overlay';
import type { SampleEdit } from '../../../../src/datasets/sampleEdit';
import { startWasm } from '../../../../src/engine/backends/wasm/wasmBackend';
import type { DatasetStore } from '../../../../src/datasets/store/datasetStore';
import { writeLineEvaluation } from '../../../../src/evaluations/lineEvaluationFile';
import { LineEvaluationStore } from '../../../../src/evaluations/lineEvaluationStore';
import { LineSession } from '../../../../src/host/evaluation/lines/lineSession';
import { LiveLineEvaluation } from '../../../../src/host/evaluation/lines/liveLineEvaluation';
import { openSplits } from '../../../../src/host/samples/sampleReader';
import { modelChecksum } from '../../../../src/models/checksum';
import type { LineView, ShownLine } from '../../../../src/protocol/pages/lineEvaluation';
import { makeScratchFolder, removeScratchFolder } from '../../../harness/scratch';
import { LINE_TEXTS, LINE_WRITERS, storeLineModel, storeLines } from '../../lineEvaluations';

const ANSWERS = ['let o = b', 'cab', 'ab', 'cob'];
const WRONG: LineView = { blanks: 'ignored', filter: { kind: 'wrong' } };

describe('lines of an evaluation', () => {
  let home: string;
  let store: DatasetStore;
  let live: LiveLineEvaluation;
  let session: LineSession;
  /** Keeps an evaluation with these answers. */
  let keep: (answers: readonly string[], decoding: string) => Promise<string>;

  before(() => startWasm());

  beforeEach(async () => {
    home = await makeScratchFolder();
    store = await storeLines(home);
    const model = await storeLineModel(home);
    const manifest = (await store.find('lines'))?.manifest;
    assert.ok(manifest);
    keep = async (answers, decoding) => {
      const key = {
        ...{ model: await modelChecksum(model), dataset: manifest.checksum },
        ...{ split: 'all' as const, part: '', decoding },
      };
      const header = {
        ...{ key, modelName: 'Tiny', modelFolder: model, datasetId: 'lines', of: 'all' as const },
        ...{ backend: 'wasm', milliseconds: 10, created: '2026-03-01T12:00:00.000Z' },
      };
      const lines = answers.map((answer, place) => ({
        ...{ place, text: LINE_TEXTS[place] ?? '', answer, writer: LINE_WRITERS[place] },
      }));
      return new LineEvaluationStore(home).write(key, writeLineEvaluation({ header, lines }));
    };
    const file = await keep(ANSWERS, 'greedy');
    live = await LiveLineEvaluation.open({ file, model, dataset: 'lines', split: 'all' }, store);
    session = new LineSession(live, await openSplits(store, manifest), WRONG);
  });
  afterEach(async () => {
    await session.close();
    await removeScratchFolder(home);
  });

  async function page(): Promise<ShownLine[]> {
    const lines = await session.page(session.list(undefined).revision, 0);
    assert.ok(lines);
    return lines;
  }

  async function made(edit: SampleEdit | undefined): Promise<SampleEdit> {
    assert.ok(edit);
    await changeOverlay(store.folder('lines'), edit);
    assert.ok(await live.look());
    session.keepUp();
    return edit;
  }

  it('are those with most errors first, with the ink of the dataset', async () => {
    const [first, second, ...others] = await page();
    assert.deepEqual([first?.index, second?.index, others.length], [0, 3, 0]);
    assert.equal(first?.ink[0]?.length, 2 * 12 * 'let a = b;'.length);
    assert.deepEqual(
      first.aligned.filter(({ truth, answer }) => truth !== answer),
      [{ truth: 'a', answer: 'o' }, { truth: ';' }],
    );
    assert.equal(live.scores().ignored.exact.value, 2 / 4);
    assert.equal(live.scores().counted.exact.value, 1 / 4);
  });

  it('with blanks counted have errors in them too', async () => {
    session.show({ blanks: 'counted', filter: { kind: 'confusion', truth: ' ' } });
    assert.deepEqual(
      (await page()).map(({ index }) => index),
      [2],
    );
  });

  it('of a confusion are those that have it', async () => {
    assert.deepEqual(live.confusion('ignored')[0], { truth: 'a', answer: 'o', count: 2 });
    session.show({ blanks: 'ignored', filter: { kind: 'confusion', truth: ';' } });
    assert.deepEqual(
      (await page()).map(({ index }) => index),
      [0],
    );
  });

  it('of a writer are those that are read wrongly', async () => {
    assert.deepEqual(
      live.writers('ignored').map(({ writer, samples, value }) => [writer, samples, value]),
      [
        ['Ann', 1, 2 / 7],
        ['Bob', 2, 1 / 6],
      ],
    );
    session.show({ blanks: 'ignored', filter: { kind: 'writer', name: 'Bob' } });
    assert.deepEqual(
      (await page()).map(({ index }) => index),
      [3],
    );
  });

  it('are judged by the text that the user gives them, and stay in their places', async () => {
    const edit = await made(session.relabel(1 + 2, 'cob'));
    const [, second] = await page();
    assert.deepEqual([second?.text, second?.stored, second?.aligned.length], ['cob', 'cab', 3]);
    assert.equal(live.scores().ignored.exact.value, 3 / 4);
    // every reader of the dataset has the new text
    const opened = await store.open('lines');
    const { labels } = await opened.load('all');
    assert.equal(opened.classes[labels[3] ?? -1], 'cob');
    await takeBack(store.folder('lines'), edit);
    assert.ok(await live.look());
    assert.equal(live.text(3), 'cab');
  });

  it('do not count where they are excluded, and are as stored when restored', async () => {
    await made(session.exclude(0, true));
    assert.equal(live.scores().ignored.lines, 3);
    assert.equal((await page())[0]?.excluded, true);
    session.show({ blanks: 'ignored', filter: { kind: 'changed' } });
    assert.deepEqual(
      (await page()).map(({ index }) => index),
      [0],
    );
    await made(session.restore(0));
    assert.equal(live.scores().ignored.lines, 4);
    assert.equal(session.restore(0), undefined);
  });

  it('that another evaluation reads better or worse are listed, with what it read', async () => {
    const { spec } = live;
    const file = await keep(['let a = b;', 'cob', 'a b', 'cob'], 'decoded, typescript');
    live = await LiveLineEvaluation.open({ ...spec, other: { file, model: spec.model } }, store);
    session = new LineSession(live, [], { blanks: 'ignored', filter: { kind: 'worse' } });
    const [worse, ...more] = await page();
    assert.deepEqual([worse?.index, worse?.other?.length, more.length], [0, 10, 0]);
    session.show({ blanks: 'ignored', filter: { kind: 'better' } });
    assert.deepEqual(
      (await page()).map(({ index }) => index),
      [1],
    );
    const { cer, better, worse: fewer } = live.comparison()?.ignored ?? assert.fail('no comparison');
    assert.deepEqual([better, fewer], [1, 1]);
    assert.equal(cer.value, (3 - 2) / 15);
  });

  it('are shown without a comparison that cannot be made, which says why', async () => {
    const { spec } = live;
    const file = await keep(ANSWERS.slice(1), 'decoded');
    live = await LiveLineEvaluation.open({ ...spec, other: { file, model: spec.model } }, store);
    assert.deepEqual([live.other, live.comparison()], [undefined, undefined]);
    assert.match(live.incomparable ?? '', /held out different samples/);
    const gone = `${file}.gone`;
    live = await LiveLineEvaluation.open({ ...spec, other: { file: gone, model: spec.model } }, store);
    assert.match(live.incomparable ?? '', /no such stored evaluation/);
  });

  it('cannot be shown where the dataset is gone, and the figures stay', async () => {
    await store.remove('lines');
    assert.ok(await live.look());
    assert.match(live.stale ?? '', /^lines no longer exists/);
    assert.equal(live.scores().ignored.lines, 4);
  });
});
