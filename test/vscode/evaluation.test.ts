import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import { Command } from '../../src/host/shell/names';
import type { HostToEvaluation, ShownEvaluation } from '../../src/protocol/pages/evaluation';
import type { HostToLeaderboard } from '../../src/protocol/pages/leaderboard';
import { until } from '../harness/until';
import { DRAWN, evaluateInk } from './support/evaluatedInk';
import { withPage } from './support/page';
import { named, picking, removing, run, says } from './support/commands';
import { listenFor } from './support/heard';
import { withStub } from './support/stub';
import { closePages, tabLabels } from './support/tabs';
import { writeModel } from './support/writtenModel';

const heardOf = listenFor<HostToEvaluation>();
const boardOf = listenFor<HostToLeaderboard>();
const NAME = 'Compared Drawings';
const DATASET = 'compared-drawings';
/** Says that everything is an A. */
const MODEL = 'constant';

describe('evaluation', function () {
  this.timeout(120_000);
  let folder: string;

  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'scrawl-'));
    await writeModel(path.join(folder, MODEL), ['A', '3', '7'], 0);
    await says(() => named(MODEL, () => run(Command.importModel, vscode.Uri.file(path.join(folder, MODEL)))));
    await evaluateInk(NAME, folder, DRAWN);
  });

  after(async () => {
    await says(() => run(Command.removeModel, MODEL));
    await removing(Command.removeDataset, DATASET);
    await rm(folder, { recursive: true, force: true });
  });

  afterEach(closePages);

  /**
   * Exports what the window shows, and gives the file's text.
   *
   * @param format as the list calls it
   */
  async function exported(name: string, format: string): Promise<string> {
    const target = path.join(folder, name);
    await withStub(vscode.window, 'showSaveDialog', vscode.Uri.file(target), async () => {
      const [said] = await says(() => picking(format, () => run(Command.exportEvaluationReport)));
      assert.equal(said?.[0], `The report is in ${name}.`);
    });
    return readFile(target, 'utf8');
  }
  /** The newest message of the evaluation that is as it should be. */
  const shown = (heard: readonly unknown[], fits: (message: ShownEvaluation) => boolean) =>
    heardOf(heard, 'evaluation', fits);

  it('has a cell of each model and dataset, and evaluates what is missing there', async () => {
    await withPage(async (tell, heard) => {
      await run(Command.showLeaderboard);
      tell({ type: 'ready' });
      const { models, columns, kept } = await boardOf(heard, 'board');
      const column = columns.find(({ dataset }) => dataset === DATASET)?.id ?? assert.fail('no column');
      const cell = (name: string) => ({
        model: models.find((model) => model.name === name)?.id ?? assert.fail(`no ${name}`),
        column,
      });
      assert.ok(kept.some((each) => isDeepStrictEqual(each, cell('Characters'))));
      assert.ok(!kept.some((each) => isDeepStrictEqual(each, cell(MODEL))));
      const figureOf = async (name: string) =>
        (await boardOf(heard, 'figure', (each) => each.model === cell(name).model && each.column === column))
          .figure;
      assert.equal((await figureOf('Characters'))?.value, 3 / 4);
      tell({ type: 'evaluate', places: [cell(MODEL)] });
      assert.deepEqual([(await figureOf(MODEL))?.value, (await figureOf(MODEL))?.samples], [1 / 4, 4]);
      tell({ type: 'open', ...cell('Characters') });
      await run(Command.openEvaluation);
    });
    await until('the tabs', () => ['Leaderboard', 'Evaluation'].every((each) => tabLabels().includes(each)));
  });

  it('compares two models on the same samples, and exports that', async () => {
    await withPage(async (tell, heard) => {
      await run(Command.openEvaluation);
      tell({ type: 'ready' });
      const alone = await shown(heard, () => true);
      assert.deepEqual([alone.dataset, alone.samples, alone.accuracy], [NAME, 4, 3 / 4]);
      assert.deepEqual([alone.comparison, alone.stale], [undefined, undefined]);

      await picking(MODEL, () => run(Command.compareModels));
      const { comparison } = await shown(heard, (message) => message.comparison !== undefined);
      assert.ok(comparison);
      const { model, samples, first, second, onlyFirst, onlySecond } = comparison;
      assert.deepEqual([model, samples, first, second], [MODEL, 4, 3 / 4, 1 / 4]);
      assert.deepEqual([onlyFirst, onlySecond], [2, 0]);

      const report = await exported('report.html', 'Report');
      assert.match(report, new RegExp(`<h2>Compared with ${MODEL}</h2>`));
      assert.match(report, new RegExp(`<title>Characters on ${NAME}</title>`));
      assert.ok(!report.includes(folder), 'names, not paths');
      assert.match(report, /McNemar/);
      assert.match(await exported('confusion.csv', 'Confusion Matrix'), /^truth,/);
      const all = JSON.parse(await exported('figures.json', 'All Figures')) as Record<string, unknown>;
      assert.deepEqual([all['dataset'], all['accuracy'], typeof all['macroF1']], [NAME, 3 / 4, 'number']);
      const { confusion } = all as { confusion: number[][] };
      assert.equal(
        confusion.flat().reduce((sum, count) => sum + count, 0),
        4,
      );
    });
  });

  it('says that a model is gone, shows what it was compared with all the same, and has it back', async () => {
    await withPage(async (tell, heard) => {
      await run(Command.openEvaluation);
      tell({ type: 'ready' });
      await picking(MODEL, () => run(Command.compareModels));
      await shown(heard, ({ comparison, stale }) => comparison !== undefined && stale === undefined);
      let undo: (answer: string) => void = () => undefined;
      const asked = new Promise<string>((resolve) => (undo = resolve));
      await withStub(
        vscode.window,
        'showInformationMessage',
        () => asked,
        async () => {
          const removing = run(Command.removeModel, MODEL);
          const { stale, accuracy, comparison } = await shown(
            heard,
            (message) => message.stale !== undefined,
          );
          assert.match(String(stale), /^constant no longer exists/);
          assert.deepEqual([accuracy, comparison?.second], [3 / 4, 1 / 4]);
          undo('Undo');
          await removing;
          const isBack = () => (heard.at(-1) as ShownEvaluation).stale === undefined;
          await until('the model is back', isBack);
        },
      );
    });
  });
});
