import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { Command } from '../../src/host/shell/names';
import type { HostToSweep } from '../../src/protocol/pages/sweep';
import { makeScratchFolder, removeScratchFolder } from '../harness/scratch';
import { until } from '../harness/until';
import { run, says, set } from './support/commands';
import { listenFor } from './support/heard';
import { withPage } from './support/page';
import { withStub } from './support/stub';
import { closePages, tabLabels } from './support/tabs';

const DATA = path.join(__dirname, '..', '..', '..', 'test', 'fixtures', 'emnist');
const SETTINGS = { epochs: 2, limit: 200, batchSize: 32, validationSplit: 0.1 };
const NAME = 'emnist dense-50-50 sweep';

const heardOf = listenFor<HostToSweep>();

/** Of each list the answer that is chosen already, but for a network that is quick. */
function chosen(items: readonly vscode.QuickPickItem[], { canPickMany }: vscode.QuickPickOptions = {}) {
  if (canPickMany) return items.filter(({ picked }) => picked);
  return items.find(({ label }) => label === 'dense-50-50') ?? items[0];
}

/** Does work whose questions are answered by pressing Enter, but for three trials. */
async function entering(work: () => PromiseLike<unknown>): Promise<unknown[][]> {
  const typed = ({ value, title }: vscode.InputBoxOptions) => (title?.includes('6/6') ? '3' : value);
  let lists: unknown[][] = [];
  await withStub(vscode.window, 'showInputBox', typed, async () => {
    lists = await withStub(vscode.window, 'showQuickPick', chosen, work);
  });
  return lists;
}

describe('a sweep', () => {
  before(async () => {
    for (const [name, value] of Object.entries(SETTINGS)) await set(`scrawl.training.${name}`, value);
  });

  after(async () => {
    for (const name of Object.keys(SETTINGS)) await set(`scrawl.training.${name}`, undefined);
    await closePages();
  });

  it('is nothing that can be paused or resumed before there is one', async () => {
    for (const command of [Command.openSweep, Command.pauseSweep, Command.resumeSweep]) {
      const said = await says(() => run(command), 'Error');
      assert.match(String(said[0]?.[0]), /run "Scrawl: Start Sweep…" to start one/);
    }
  });

  it('starts with the answers that are chosen already, shows its trials, and keeps the best model', async () => {
    const file = path.join(await makeScratchFolder(), 'trials.csv');
    await withPage(async (tell, heard) => {
      const lists = await entering(() => run(Command.startSweep, DATA));
      const titles = lists.map(([, options]) => (options as vscode.QuickPickOptions).title);
      assert.deepEqual(titles, ['Start Sweep (2/6)', 'Start Sweep (3/6)', 'Start Sweep (4/6)']);
      tell({ type: 'ready' });
      const { sweep } = await heardOf(heard, 'sweep', ({ sweep: { hasModel } }) => hasModel);
      assert.deepEqual(
        sweep.axes.map(({ label }) => label),
        ['Learning rate', 'Batch size', 'Shift'],
      );
      assert.equal(sweep.trials.length, 3);
      assert.ok(sweep.trials.every(({ epochs }) => epochs >= 1));
      tell({ type: 'pick', trials: [sweep.best] });
      assert.equal((await heardOf(heard, 'curve')).epochs.length, 2);
      await withStub(vscode.window, 'showSaveDialog', vscode.Uri.file(file), async () => {
        tell({ type: 'act', action: 'exportCsv' });
        const lines = await until('the file', () => readFile(file, 'utf8').catch(() => undefined));
        assert.equal(lines.trim().split('\r\n').length, 4);
      });
      await until('the title', () => tabLabels().includes(NAME));
    });
    await removeScratchFolder(path.dirname(file));
  }).timeout(120_000);

  it('is removed with its tab, and its model stays', async () => {
    const [said = []] = await says(() => run(Command.removeSweep));
    assert.equal(said[0], `The sweep ${NAME} is removed; a model that was kept of it stays.`);
    await until('the tab to be gone', () => !tabLabels().includes(NAME));
    await says(() => run(Command.removeModel, 'emnist-dense-50-50-sweep'));
  });
});
