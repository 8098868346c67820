import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { Command, Setting } from '../../src/host/shell/names';
import type { HostToRuns } from '../../src/protocol/pages/runs';
import type { HostToTraining } from '../../src/protocol/pages/training';
import { makeScratchFolder, removeScratchFolder } from '../harness/scratch';
import { until } from '../harness/until';
import { run, set } from './support/commands';
import { listenFor } from './support/heard';
import { withPage } from './support/page';
import { withStub } from './support/stub';
import { closePages, tabLabels } from './support/tabs';

const heardOf = listenFor<HostToTraining>();
const heardOfRuns = listenFor<HostToRuns>();

describe('results', () => {
  afterEach(async () => {
    await set(Setting.resultsIn, undefined);
    await closePages();
  });

  it('of training open in a tab by a command of its own, with the runs that there are', async () => {
    await withPage(async (tell, heard) => {
      await run(Command.openTraining);
      tell({ type: 'ready', picked: [] });
      assert.ok(Array.isArray((await heardOf(heard, 'runs')).runs));
    });
    await until('the tab', () => tabLabels().includes('Training'));
  });

  it('stand in a table of all runs, which is written as CSV', async () => {
    const file = path.join(await makeScratchFolder(), 'runs.csv');
    await withPage(async (tell, heard) => {
      await run(Command.showRuns);
      tell({ type: 'ready', picked: [] });
      const { rows, settings } = await heardOfRuns(heard, 'runs');
      assert.ok(settings.some(({ name }) => name === 'learningRate'));
      await withStub(vscode.window, 'showSaveDialog', vscode.Uri.file(file), async () => {
        tell({ type: 'exportCsv', runs: rows.map(({ id }) => id) });
        const lines = await until('the file', () => readFile(file, 'utf8').catch(() => undefined));
        assert.equal(lines.trim().split('\r\n').length, rows.length + 1);
      });
    });
    await until('the tab', () => tabLabels().includes('Runs'));
    await removeScratchFolder(path.dirname(file));
  });

  it('open in the sidebar, and in tabs where the user says so', async () => {
    await run(Command.showTraining);
    assert.ok(!tabLabels().includes('Training'));
    await set(Setting.resultsIn, 'editor');
    await withPage(async (tell, heard) => {
      await run(Command.showTraining, 'some-run');
      tell({ type: 'ready', picked: [] });
      assert.equal((await heardOf(heard, 'show')).run, 'some-run');
    });
    await until('the tab', () => tabLabels().includes('Training'));
  });
});
