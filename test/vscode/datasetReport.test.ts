import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { Command } from '../../src/host/shell/names';
import type { HostToBrowse } from '../../src/protocol/pages/browse';
import type { HostToReport } from '../../src/protocol/pages/datasetReport';
import { until } from '../harness/until';
import { named, removing, run } from './support/commands';
import { listenFor } from './support/heard';
import { withPage } from './support/page';
import { closePages } from './support/tabs';

const reportOf = listenFor<HostToReport>();
const browseOf = listenFor<HostToBrowse>();

describe('report of a dataset', function () {
  this.timeout(120_000);
  let folder: string;

  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'scrawl-'));
    const file = path.join(folder, 'ink.jsonl');
    const drawn = [
      ['a', 2],
      ['b', 3],
      ['c', 4],
      ['b', 3],
    ] as const;
    const lines = drawn.map(([label, x]) =>
      JSON.stringify({
        label,
        strokes: [
          [
            [x, 0],
            [1, 1],
          ],
        ],
      }),
    );
    await writeFile(file, lines.join('\n'));
    await named('Reported', () => run(Command.importDataset, vscode.Uri.file(file)));
  });

  after(async () => {
    await removing(Command.removeDataset, 'reported');
    await rm(folder, { recursive: true, force: true });
  });

  afterEach(closePages);

  it('is made in a thread, and opens the samples of a finding alone', async () => {
    await withPage(async (tell, heard) => {
      await run(Command.showDatasetReport, 'reported');
      tell({ type: 'ready' });
      const { classes, splits } = await reportOf(heard, 'dataset');
      assert.deepEqual([classes, splits], [['a', 'b', 'c'], [{ split: 'all', counts: [1, 2, 1] }]]);
      const { findings, means } = await reportOf(heard, 'report');
      assert.deepEqual(
        findings.map(({ id, title, total, shown }) => [id, title, total, shown]),
        [['doubles all', 'Doubles', 1, 2]],
      );
      assert.equal(means?.pixels.length, 3 * 28 * 28);
      await withPage(async (tellBrowse, heardBrowse) => {
        tell({ type: 'open', finding: 'doubles all' });
        await heardFirst(tellBrowse, heardBrowse);
        const view = await browseOf(heardBrowse, 'view');
        assert.deepEqual([view.total, view.only?.title], [2, 'Doubles']);
        tellBrowse({ type: 'exclude', revision: view.revision, places: [[1, 1]], excluded: true });
        await browseOf(heardBrowse, 'done');
        // as when its tab is shown again
        tell({ type: 'ready' });
        await reportOf(heard, 'report', ({ findings: [first] }) => first?.excluded === 1);
        tell({ type: 'openClass', class: 2 });
        const ofClass = await browseOf(heardBrowse, 'view', ({ filter }) => filter.classes.length === 1);
        assert.deepEqual([ofClass.total, ofClass.only], [1, undefined]);
      });
    });
  });
});

/** The page of the tab says that it is there once it is opened. */
async function heardFirst(tell: (message: unknown) => void, heard: readonly unknown[]): Promise<void> {
  await until('the page', () => {
    tell({ type: 'ready' });
    return heard.length > 0;
  });
}
