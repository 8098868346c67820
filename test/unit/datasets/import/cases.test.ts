import assert from 'node:assert/strict';
import { exportDataset, type ExportFormat } from '../../../../src/datasets/export/exportDataset';
import { importAll, type ImportOptions } from '../../../../src/datasets/import/importDataset';
import type { ImageSamples, InkSamples } from '../../../../src/datasets/samples';
import { sharedCase } from '../../shared';
import { refused, temporaryFolder } from './temporary';

/** What is right of `shared/cases`; each kind has tests of its own, with inputs of its own. */
describe('inputs that people have', () => {
  const folder = temporaryFolder();

  async function imported(location: string, options: Partial<ImportOptions> = {}) {
    const { imported: all, failed } = await importAll(location, { name: 'd', ...options }, folder.store);
    assert.deepEqual(failed, []);
    assert.equal(all.length, 1);
    const { manifest, problems } = all[0] ?? assert.fail();
    const dataset = await folder.store.open(manifest.id);
    const samples: Record<string, string[]> = {};
    for (const split of Object.keys(manifest.counts) as 'all'[]) {
      samples[split] = Array.from(
        (await dataset.load(split)).labels,
        (label) => dataset.classes[label] ?? '',
      );
    }
    return { classes: dataset.classes, samples, problems, dataset };
  }

  async function strokesOf(location: string) {
    const { dataset } = await imported(location);
    return ((await dataset.load('all')) as InkSamples).inks;
  }

  it("C03: a table as Excel saves it in Windows' letters", async function () {
    const { classes, samples, problems } = await imported(sharedCase(this, 'C03'));
    assert.deepEqual([classes, samples['all']?.length, problems], [['F', 'ß', 'é'], 3, []]);
  });

  it('C04: the label first, and other heads', async function () {
    const { classes, samples } = await imported(sharedCase(this, 'C04'));
    assert.deepEqual([classes, samples['all']?.length], [['7', 'F', 'L'], 3]);
  });

  it('C08: names decomposed as macOS has them', async function () {
    const { classes, problems } = await imported(sharedCase(this, 'C08'));
    assert.deepEqual([classes, problems], [['7', 'F'], []]);
  });

  it('C09: a row without a label, and pictures without a row', async function () {
    const { classes, problems } = await imported(sharedCase(this, 'C09'));
    assert.deepEqual(classes, ['F', 'L']);
    assert.match(problems.join('\n'), /a row without a label/);
    assert.match(problems.join('\n'), /2 pictures without a row/);
  });

  it('D01: rows of pixels with the label last', async function () {
    const { classes, samples, dataset } = await imported(sharedCase(this, 'D01'));
    assert.deepEqual([classes.join(''), samples['all']?.slice(0, 3)], ['0123456789', ['7', '1', '4']]);
    const { pixels } = (await dataset.load('all')) as ImageSamples;
    assert.ok(pixels.reduce((most, value) => Math.max(most, value), 0) > 200);
  });

  it('D02: a table with other names of columns is never passed over', async function () {
    const { classes, samples, problems } = await imported(sharedCase(this, 'D02'));
    assert.deepEqual([classes, problems], [['7', 'C', 'F', 'T', '\\rho'], []]);
    assert.deepEqual(samples['all'], ['F', '7', '\\rho', 'C', 'T', 'F', '7', '\\rho']);
  });

  it('D06: labels in a file of eight numbers each', async function () {
    const { samples } = await imported(sharedCase(this, 'D06'));
    assert.deepEqual(
      [samples['train']?.slice(0, 2), samples['test']?.slice(0, 2)],
      [
        ['7', '1'],
        ['7', '1'],
      ],
    );
    assert.deepEqual([samples['train']?.length, samples['test']?.length], [5, 3]);
  });

  it('D07: each IDX file in a folder of its own beside its double', async function () {
    const { samples } = await imported(sharedCase(this, 'D07', 'archive.zip'));
    assert.deepEqual([samples['train']?.length, samples['test']?.length], [5, 3]);
  });

  it('E02: own exports come back whole', async function () {
    const { samples, problems, dataset } = await imported(sharedCase(this, 'E02', 'E02.jsonl'));
    assert.equal(samples['all']?.length, 18);
    assert.deepEqual(problems, ['2 drawings whose label is empty']);
    for (const format of ['inkml', 'idx', 'png', 'jsonl'] as ExportFormat[]) {
      const out = `${folder.path}/${format}`;
      await exportDataset(dataset, { format, out });
      const back = await imported(out, { name: format });
      assert.deepEqual(back.problems, [], format);
      assert.deepEqual([...(back.samples['all'] ?? [])].sort(), [...samples['all']].sort(), format);
    }
  });

  it('I01: ink of OneNote and PowerPoint', async function () {
    const ink = await import('../../../../src/ink/inkml');
    const { readFile } = await import('node:fs/promises');
    const strokes = async (name: string) =>
      ink.readInkml(await readFile(sharedCase(this, 'I01', name), 'utf8')).strokes;
    assert.equal((await strokes('onenote-F.inkml')).length, 3);
    assert.deepEqual(await strokes('onenote-F.inkml'), await strokes('control-F.inkml'));
  });

  it('I03: channels by reference', async function () {
    const inks = await strokesOf(sharedCase(this, 'I03-ref'));
    const f = inks.find((ink) => ink.length === 3);
    assert.deepEqual(f?.[0]?.[0], [1000, 500, 0, undefined]);
  });

  it('I05, I12: labels as LaTeX commands and as numeric references', async function () {
    const { classes, samples, problems } = await imported(sharedCase(this, 'I05'));
    assert.deepEqual([samples['all']?.length, problems], [16, []]);
    assert.ok(classes.includes('\\rho') && classes.includes('\\mathbb{R}'));
    await folder.store.remove('d');
    assert.deepEqual((await imported(sharedCase(this, 'I12'))).classes, ['7', 'é', 'λ', '漢']);
  });

  it('I06: no blank before a sign', async function () {
    const inks = await strokesOf(sharedCase(this, 'I06', 'lab-compact.inkml'));
    assert.equal(inks[0]?.[0]?.length, 13);
  });

  it('I07: traces of a pen that is up', async function () {
    assert.deepEqual((await strokesOf(sharedCase(this, 'I07')))[0]?.length, 3);
  });

  it('I13: the encoding that is declared', async function () {
    assert.equal((await imported(sharedCase(this, 'I13', 'latin1.inkml'))).classes.length, 1);
    assert.doesNotMatch((await folder.store.open('d')).classes.join(''), /\uFFFD/);
    const utf16 = await imported(sharedCase(this, 'I13', 'utf16.inkml'), { name: 'u' });
    assert.doesNotMatch(utf16.classes.join(''), /\uFFFD/);
  });

  it('J01, J04: a label that is a number, and none', async function () {
    assert.deepEqual((await imported(sharedCase(this, 'J01'))).classes, ['1', '7']);
    const { classes, problems } = await imported(sharedCase(this, 'J04'), { name: 'j' });
    assert.deepEqual(classes, ['7', 'L']);
    assert.deepEqual(problems, ['a drawing without a label', 'a drawing without a point']);
  });

  it('N07: one class for all is not guessed', async function () {
    await refused(imported(sharedCase(this, 'N07')), /neither a folder nor a file name says/);
  });

  it('P02: pictures of other extensions', async function () {
    const { classes, samples } = await imported(sharedCase(this, 'P02'));
    assert.deepEqual(
      [classes, samples['all']],
      [
        ['F', 'L'],
        ['F', 'F', 'L'],
      ],
    );
  });

  it('U01: keywords in the first column only', async function () {
    assert.deepEqual((await imported(sharedCase(this, 'U01'))).classes, ['7']);
  });

  it('U02: labels of several characters', async function () {
    assert.deepEqual((await imported(sharedCase(this, 'U02'))).classes, ['23', '7', 'ch']);
  });

  it('U04: X and Y of different resolution', async function () {
    const inks = await strokesOf(sharedCase(this, 'U04'));
    const [x, y] = [0, 1].map((axis) => {
      const values = inks.flat(2).map((point) => point[axis as 0 | 1]);
      return Math.max(...values) - Math.min(...values);
    });
    assert.equal(x, y);
  });

  it('Z03: archives of tar', async function () {
    assert.deepEqual((await imported(sharedCase(this, 'Z03', 'EnglishHnd.tgz'))).classes, ['7', 'F']);
    const { samples } = await imported(sharedCase(this, 'Z03', 'mnist_png.tar.gz'), { name: 'm' });
    assert.deepEqual(samples, { train: ['1', '7'], test: ['7'] });
  });
});
