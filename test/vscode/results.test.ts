import assert from 'node:assert/strict';
import { Command, Setting } from '../../src/host/shell/names';
import type { HostToTraining } from '../../src/protocol/pages/training';
import { until } from '../harness/until';
import { run, set } from './support/commands';
import { listenFor } from './support/heard';
import { withPage } from './support/page';
import { closePages, tabLabels } from './support/tabs';

const heardOf = listenFor<HostToTraining>();

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
