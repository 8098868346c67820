import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { Command } from '../../src/host/shell/names';
import type { HostToProjector } from '../../src/protocol/pages/projector';
import { until } from '../harness/until';
import { evaluateInk, type LabeledInk } from './support/evaluatedInk';
import { withPage } from './support/page';
import { removing, run } from './support/commands';
import { listenFor } from './support/heard';
import { withStub } from './support/stub';
import { tabLabels, tabs } from './support/tabs';

const heardOf = listenFor<HostToProjector>();
const SAMPLES = 40;
const NAME = 'Strokes and rings';

/** Upright strokes and rings, each a little other than the one before. */
function strokesAndRings(): LabeledInk[] {
  return Array.from({ length: SAMPLES }, (_, at) => {
    const lean = (at % 10) - 5;
    const ring = Array.from({ length: 25 }, (_, step) => {
      const angle = (step * Math.PI) / 12;
      return [50 + (30 + lean) * Math.cos(angle), 50 + 40 * Math.sin(angle)];
    });
    const stroke = [
      [50 + lean, 5],
      [50 - lean, 95],
    ];
    return { label: at % 2 ? 'O' : '1', strokes: [at % 2 ? ring : stroke] };
  });
}

describe('projector', () => {
  let folder: string;

  before(async function () {
    this.timeout(120_000);
    folder = await mkdtemp(path.join(os.tmpdir(), 'scrawl-'));
    await evaluateInk(NAME, folder, strokesAndRings());
  });

  after(async () => {
    await removing(Command.removeDataset, 'strokes-and-rings');
    await rm(folder, { recursive: true, force: true });
  });

  const files = ['metadata.tsv', 'projector_config.pbtxt', 'sprite.png', 'vectors.tsv'];

  it('lays out what was evaluated, with pictures, and exports it from its tab', async () => {
    await withPage(async (tell, heard) => {
      await run(Command.openProjector);
      tell({ type: 'ready' });
      const about = await heardOf(heard, 'about');
      assert.deepEqual([about.dataset, about.samples], [NAME, SAMPLES]);
      const shown = await heardOf(heard, 'projected');
      assert.equal(shown.places.length + shown.leftOut, SAMPLES);
      assert.ok(shown.coordinates.every((value) => Math.abs(value) <= 1));
      assert.ok(shown.classes.includes('O') && shown.classes.includes('1'));
      tell({ type: 'page', revision: shown.revision, page: 0 });
      const page = await heardOf(heard, 'page');
      assert.equal(page.pixels.length, shown.places.length * page.width * page.height);
      await until('the title', () =>
        tabLabels().some((label) => label.startsWith('Projector: ') && label.includes(NAME)),
      );
      await withStub(vscode.window, 'showOpenDialog', [vscode.Uri.file(folder)], async () => {
        tell({ type: 'export', most: 2000 });
        const out = path.join(folder, 'strokes-and-rings-all-projector');
        await until('the export', async () => (await readdir(out).catch(() => [])).length === files.length);
        assert.deepEqual((await readdir(out)).sort(), files);
        const metadata = await readFile(path.join(out, 'metadata.tsv'), 'utf8');
        assert.equal(metadata.trimEnd().split('\n').length, 1 + shown.places.length);
      });
    });
  }).timeout(120_000);

  it('shows the tab that is there already', async () => {
    const shown = () => tabs().filter(({ label }) => label.startsWith('Projector'));
    assert.equal(shown().length, 1);
    await run(Command.openProjector);
    assert.equal(shown().length, 1);
    await vscode.window.tabGroups.close(shown());
  });

  it('exports from the palette, as many samples as are chosen', async () => {
    await withStub(vscode.window, 'showQuickPick', { count: 10 }, () =>
      withStub(vscode.window, 'showOpenDialog', [vscode.Uri.file(folder)], async () => {
        await run(Command.exportEmbeddings);
      }),
    );
    const out = path.join(folder, 'strokes-and-rings-all-projector-2');
    assert.deepEqual((await readdir(out)).sort(), files);
    const vectors = await readFile(path.join(out, 'vectors.tsv'), 'utf8');
    assert.equal(vectors.trimEnd().split('\n').length, 10);
  }).timeout(60_000);
});
