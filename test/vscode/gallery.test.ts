import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { Command } from '../../src/host/shell/names';
import { until } from '../harness/until';
import { RIGHT, type HostToGallery } from '../../src/protocol/pages/gallery';
import { DRAWN, evaluateInk } from './support/evaluatedInk';
import { loaded, withPage } from './support/page';
import { named, removing, run } from './support/commands';
import { listenFor } from './support/heard';
import { withTypedList } from './support/pad';
import { withStub } from './support/stub';
import { closePages } from './support/tabs';

const heardOf = listenFor<HostToGallery>();
const NAME = 'Drawings';

describe('gallery', function () {
  this.timeout(120_000);
  let folder: string;

  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'scrawl-'));
    await evaluateInk(NAME, folder, DRAWN);
  });

  after(async () => {
    await removing(Command.removeDataset, 'drawings');
    await rm(folder, { recursive: true, force: true });
  });

  afterEach(closePages);

  it('shows what is wrong, follows a corrected label, and takes it back', async () => {
    await withPage(async (tell, heard, said) => {
      await run(Command.openGallery);
      await loaded(said);
      tell({ type: 'ready' });
      const about = await heardOf(heard, 'about');
      assert.deepEqual([about.dataset, about.kind], [NAME, 'ink']);
      const wrong = await heardOf(heard, 'list');
      assert.deepEqual([wrong.total, wrong.wrong], [1, 1]);
      tell({ type: 'page', revision: wrong.revision, page: 0 });
      const page = await heardOf(heard, 'page');
      assert.deepEqual(
        [about.classes[page.labels[0] ?? 0], wrong.answers[page.predicted[0] ?? 0]],
        ['3', 'A'],
      );
      assert.ok(page.pixels.some((value) => value > 200));

      await withTypedList(
        () => Promise.resolve(tell({ type: 'relabel', revision: wrong.revision, places: [[0, 0]] })),
        async (list) => {
          await until('a class to be active', () => list.activeItems.length > 0);
          await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
          await heardOf(heard, 'done', ({ message }) => message === 'Relabeled 1 sample as A.');
        },
      );
      const mended = await heardOf(heard, 'list', ({ strayed }) => strayed === 1);
      assert.equal(mended.wrong, 0);
      assert.equal(mended.undo, 'Relabeled 1 sample as A');
      tell({ type: 'page', revision: mended.revision, page: 0 });
      const right = await heardOf(heard, 'page', ({ revision }) => revision === mended.revision);
      assert.equal((right.marks[0] ?? 0) & RIGHT, RIGHT);

      tell({ type: 'undo' });
      const back = await heardOf(heard, 'list', ({ revision }) => revision > mended.revision);
      assert.deepEqual([back.total, back.wrong, back.strayed], [1, 1, 0]);
    });
  });

  it('makes a dataset of what is wrong, and a run that goes on with it', async () => {
    await withPage(async (tell, heard) => {
      await run(Command.openGallery);
      tell({ type: 'ready' });
      const { revision } = await heardOf(heard, 'list');
      const titles: unknown[] = [];
      const pick = (_items: unknown, { title }: vscode.QuickPickOptions) => void titles.push(title);
      const [said] = await withStub(vscode.window, 'showInformationMessage', 'Continue Training…', () =>
        withStub(vscode.window, 'showQuickPick', pick, () =>
          named('Wrong Ones', async () => {
            tell({ type: 'makeDataset', revision, places: [[0, 0]] });
            await until('the question behind model and data', () => titles.length > 0, 60_000);
          }),
        ),
      );
      assert.equal(said?.[0], 'Wrong Ones is ready: 1 sample.');
      assert.deepEqual(titles, ['Continue Training (3/5)']);
    });
    await removing(Command.removeDataset, 'wrong-ones');
  });

  it('keeps a drawing as one of My Handwriting', async () => {
    await withPage(async (tell, heard) => {
      await run(Command.openGallery);
      tell({ type: 'ready' });
      const { revision } = await heardOf(heard, 'list');
      tell({ type: 'keep', revision, places: [[0, 0]] });
      await heardOf(heard, 'list', ({ undo }) => undo?.startsWith('Kept') === true);
      tell({ type: 'undo' });
      await heardOf(heard, 'list', ({ undo }) => undo === undefined);
    });
  });
});
