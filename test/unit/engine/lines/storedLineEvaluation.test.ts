import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { startWasm } from '../../../../src/engine/backends/wasm/wasmBackend';
import { judgeLines } from '../../../../src/engine/evaluation/judgedLines';
import { GREEDY, lineDecoding } from '../../../../src/engine/evaluation/lineDecoding';
import { evaluateLinesStored } from '../../../../src/engine/evaluation/storedLineEvaluation';
import { lineReportContent, writeLineReport } from '../../../../src/engine/evaluation/writeLineReport';
import { loadLineModel, type LineModel } from '../../../../src/engine/recognition/lineModel';
import { writeLineEvaluation } from '../../../../src/evaluations/lineEvaluationFile';
import { LineEvaluationStore, readLineEvaluationFile } from '../../../../src/evaluations/lineEvaluationStore';
import { sweepEvaluations } from '../../../../src/evaluations/sweepEvaluations';
import { ModelError } from '../../../../src/models/errors';
import { makeScratchFolder, removeScratchFolder } from '../../../harness/scratch';
import { LINE_TEXTS, LINE_WRITERS, storeLines, storeLineModel } from '../../lineEvaluations';

const LANGUAGE = path.join('media', 'language');

describe('the evaluation of a model of lines', () => {
  let home: string;
  let model: string;
  const models = {
    backend: 'wasm' as const,
    async use<T>(folder: string, work: (loaded: LineModel) => Promise<T>): Promise<T> {
      const loaded = await loadLineModel(folder);
      try {
        return await work(loaded);
      } finally {
        loaded.dispose();
      }
    },
  };

  before(async () => {
    await startWasm();
    home = await makeScratchFolder();
    await storeLines(home);
    model = await storeLineModel(home);
  });
  after(() => removeScratchFolder(home));

  it('stores nothing when it is canceled', async () => {
    const abort = new AbortController();
    const onProgress = () => abort.abort();
    const events = { signal: abort.signal, onProgress };
    await assert.rejects(evaluateLinesStored(models, { model, home, dataset: 'lines' }, events), {
      name: 'AbortError',
    });
    assert.ok(!existsSync(path.join(home, 'evaluations')));
  });

  it('keeps what was read of each line, and finds it the next time', async () => {
    const progress: number[] = [];
    const task = { model, home, dataset: 'lines' };
    const first = await evaluateLinesStored(models, task, { onProgress: (done) => progress.push(done) });
    assert.deepEqual(progress, [1, 2, 3, 4]);
    assert.equal(first.stored, false);
    const { header, lines } = await readLineEvaluationFile(first.file ?? '');
    assert.deepEqual(
      lines.map(({ place, text, writer }) => [place, text, writer]),
      LINE_TEXTS.map((text, place) => [place, text, LINE_WRITERS[place]]),
    );
    assert.deepEqual([header.modelName, header.samples, header.key.decoding], ['Tiny', 4, 'greedy']);
    const second = await evaluateLinesStored(models, task);
    assert.deepEqual([second.stored, second.file], [true, first.file]);
    assert.deepEqual(second.evaluation.lines, lines);
  });

  it('that an older Scrawl kept stays readable, and learns who wrote the lines', async () => {
    const task = { model, home, dataset: 'lines' };
    const { evaluation, file = '' } = await evaluateLinesStored(models, task);
    const { writers: _, ...header } = evaluation.header;
    const older = evaluation.lines.map(({ writer: __, ...line }) => line);
    await writeFile(file, writeLineEvaluation({ header, lines: older }));
    assert.deepEqual((await readLineEvaluationFile(file)).lines, older);
    const again = await evaluateLinesStored(models, task);
    const writers = again.evaluation.lines.map(({ writer }) => writer);
    assert.deepEqual([again.stored, writers], [true, LINE_WRITERS]);
    assert.deepEqual((await readLineEvaluationFile(file)).lines, evaluation.lines);
  });

  it('is not taken for current once the decoder weighs with something else', async () => {
    const { evaluation } = await evaluateLinesStored(models, { model, home, dataset: 'lines' });
    const { key } = evaluation.header;
    const store = new LineEvaluationStore(home);
    assert.ok(await store.read(key));
    assert.equal(await store.read({ ...key, decoder: 'f'.repeat(64) }), undefined);
    assert.notEqual(store.file({ ...key, decoder: 'f'.repeat(64) }), store.file(key));
  });

  it('read in a language is another one than by the ink alone, and one of its own with a lexicon', async () => {
    const task = { model, home, dataset: 'lines' };
    const language = await lineDecoding(LANGUAGE, { language: 'typescript' });
    const lexicon = new Map([['cab', 1]]);
    const both = await lineDecoding(LANGUAGE, { language: 'typescript', lexicon });
    const files = new Set<string | undefined>();
    for (const decoding of [undefined, language, both]) {
      const first = await evaluateLinesStored(models, { ...task, decoding });
      const again = await evaluateLinesStored(models, { ...task, decoding });
      assert.deepEqual([again.stored, again.file], [true, first.file]);
      files.add(first.file);
    }
    assert.equal(files.size, 3);
    assert.deepEqual([language.name, both.name], ['decoded, typescript', 'decoded, typescript, lexicon']);
    assert.equal(await lineDecoding(LANGUAGE, {}), GREEDY);
    const others = await lineDecoding(LANGUAGE, { language: 'typescript', lexicon: new Map([['cob', 1]]) });
    assert.notEqual(others.decoder, both.decoder);
  });

  it('of a file is read again where its texts are others, and its report names the file and no path', async () => {
    const file = path.join(home, 'written.jsonl');
    const write = (label: string) =>
      writeFile(file, JSON.stringify({ label, strokes: [[0, 10, 20, 30].map((x) => [x, x % 20])] }));
    await write('ab');
    const task = { model, home, dataset: file };
    await evaluateLinesStored(models, task);
    await write('ba');
    const changed = await evaluateLinesStored(models, task);
    assert.deepEqual([changed.stored, changed.evaluation.lines[0]?.text], [false, 'ba']);
    const judged = judgeLines(changed);
    for (const format of ['html', 'json', 'csv', 'writers'] as const) {
      const report = path.join(home, `report.${format}`);
      await writeLineReport(report, format, judged, judged);
      assert.ok(!(await readFile(report, 'utf8')).includes(home), format);
    }
    assert.match(await readFile(path.join(home, 'report.html'), 'utf8'), /<title>Tiny on written\.jsonl</);
    assert.match(await readFile(path.join(home, 'report.csv'), 'utf8'), /^truth,/);
    const stored = lineReportContent(
      judgeLines(await evaluateLinesStored(models, { ...task, dataset: 'lines' })),
    );
    assert.equal(stored.dataset, 'Lines', 'what the dataset is called, not its id');
    const others = judgeLines(await evaluateLinesStored(models, { ...task, dataset: 'lines' }));
    await assert.rejects(writeLineReport(path.join(home, 'no.html'), 'html', judged, others), ModelError);
  });

  it('is swept from the disk with its data alone', async () => {
    const folder = path.join(home, 'evaluations');
    const [ofModel = ''] = (await readdir(folder)).filter((name) => name.length === 32);
    const count = async () => (await readdir(path.join(folder, ofModel))).length;
    const later = (days: number) => Date.now() + days * 25 * 60 * 60 * 1000;
    await sweepEvaluations(home, () => Promise.resolve({ models: [], hasData: () => true }), later(1));
    assert.equal(await count(), 5);
    await sweepEvaluations(home, () => Promise.resolve({ models: [], hasData: () => false }), later(3));
    assert.equal(await count(), 0);
  });
});
