import assert from 'node:assert/strict';
import fs, { readFile, symlink } from 'node:fs/promises';
import path from 'node:path';
import { importAll } from '../../../../src/datasets/import/importDataset';
import { openDataset } from '../../../../src/datasets/open';
import type { ImageSamples } from '../../../../src/datasets/samples';
import { barFile, refused, temporaryFolder, zipOf } from './temporary';

const FIXTURE = path.resolve('test', 'fixtures', 'emnist');
const stroke = (label: string) => `{"label":"${label}","strokes":[[[0,0],[1,1]]]}\n`;

describe('a folder of several things', () => {
  const folder = temporaryFolder();

  async function imported(name: string, choose?: (names: readonly string[]) => Promise<readonly string[]>) {
    const { imported: all, failed } = await importAll(
      path.join(folder.path, 'd'),
      { name },
      folder.store,
      choose,
    );
    const counts = all.map(({ manifest }) => [
      manifest.id,
      Object.values(manifest.counts)
        .flat()
        .reduce((a, b) => a + b, 0),
    ]);
    return { counts: Object.fromEntries(counts) as Record<string, number>, failed };
  }

  async function fill(): Promise<void> {
    await folder.file('d/photos.zip', await zipOf({ 'A/1.png': await barFile('png') }));
    await folder.file('d/ink/strokes.zip', await zipOf({ 'a.jsonl': Buffer.from(stroke('x')) }));
    await folder.file('d/ink/more.json', '{"y":[[[[0,0],[5,5]]]]}');
    await folder.file('d/ink/about.json', '{"year":2013}');
    await folder.file('d/README.txt', 'What this is.');
    for (const part of ['mapping.txt', 'test-images-idx3-ubyte.gz', 'test-labels-idx1-ubyte.gz']) {
      const name = `emnist-balanced-${part}`;
      await folder.file(`d/emnist/${name}`, await readFile(path.join(FIXTURE, name)));
    }
    const pair = [
      Buffer.from([0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 77]),
      [0, 0, 8, 1, 0, 0, 0, 1, 4],
    ];
    await folder.file('d/own/images-idx3-ubyte', pair[0] as Buffer);
    await folder.file('d/own/labels-idx1-ubyte', Buffer.from(pair[1] as number[]));
  }

  it('is a dataset each: its pictures, its ink, and each set of IDX files', async () => {
    await fill();
    const { counts, failed } = await imported('All');
    assert.deepEqual(counts, { 'all-pictures': 1, 'all-emnist-balanced': 86, 'all-own': 1, 'all-ink': 2 });
    assert.deepEqual(failed, []);
    const { classes } = await folder.store.open('all-own');
    assert.equal(classes.join(''), '0123456789', "the other set's mapping is not its own");
  });

  it('is imported as far as it is wanted', async () => {
    await fill();
    const { counts } = await imported('Some', (names) => {
      assert.deepEqual(names, ['pictures', 'emnist-balanced', 'own', 'ink']);
      return Promise.resolve(['ink']);
    });
    assert.deepEqual(counts, { 'some-ink': 2 });
    assert.deepEqual((await imported('None', () => Promise.resolve([]))).counts, {});
  });

  it('says what could not be imported, and imports the rest', async () => {
    await fill();
    await folder.file('d/ink/strokes.zip', await zipOf({ 'a.jsonl': Buffer.from('{') }));
    await folder.file('d/ink/more.json', '{"y":[[[[0,"?"]]]]}');
    const { counts, failed } = await imported('All');
    assert.deepEqual(Object.keys(counts), ['all-pictures', 'all-emnist-balanced', 'all-own']);
    assert.equal(failed.length, 1);
    assert.match(failed[0] ?? '', /^ink: /);
  });

  it('is one dataset where all of it is of one kind, with its own name', async () => {
    await folder.file('d/a.zip', await zipOf({ 'a.jsonl': Buffer.from(stroke('x')) }));
    await folder.file('d/b/b.zip', await zipOf({ 'b.jsonl': Buffer.from(stroke('y')) }));
    assert.deepEqual((await imported('Ink')).counts, { ink: 2 });
    assert.deepEqual((await openDataset(path.join(folder.path, 'd'))).classes, ['x', 'y']);
  });

  it('keeps a table of labels with its pictures', async () => {
    await folder.file('d/1.png', await barFile('png'));
    await folder.file('d/labels.csv', 'file,label\n1.png,A\n');
    assert.deepEqual((await imported('Scans')).counts, { scans: 1 });
    assert.deepEqual((await folder.store.open('scans')).classes, ['A']);
  });

  it('with a damaged archive is what else is there, and the archive is named', async () => {
    await folder.file('d/1.png', await barFile('png'));
    await folder.file('d/labels.csv', 'file,label\n1.png,A\n');
    await folder.file('d/sub/a.zip', 'PK\x03\x04 and nothing more');
    const { imported } = await importAll(path.join(folder.path, 'd'), { name: 'x' }, folder.store);
    assert.deepEqual(
      imported.map(({ problems }) => problems),
      [['sub/a.zip is neither a folder nor a whole zip archive: fetch it again.']],
    );
  });

  it('with nothing but a damaged archive is refused in one sentence', async () => {
    await folder.file('d/a.zip', 'PK\x03\x04 and nothing more');
    await refused(importAll(path.join(folder.path, 'd'), { name: 'x' }, folder.store), /whole zip archive/);
  });

  it('with links: files are followed, what leads in a circle or nowhere is named', async () => {
    await folder.file('elsewhere/1.png', await barFile('png'));
    await folder.file('d/A/own.png', await barFile('png'));
    const inA = path.join(folder.path, 'd', 'A');
    await symlink(path.join(folder.path, 'elsewhere', '1.png'), path.join(inA, 'linked.png'));
    await symlink('..', path.join(inA, 'up'));
    await symlink('gone.png', path.join(inA, 'broken.png'));
    const { imported } = await importAll(path.join(folder.path, 'd'), { name: 'x' }, folder.store);
    assert.deepEqual(
      imported.map(({ manifest, problems }) => [manifest.counts, [...problems].sort()]),
      [[{ all: [2] }, ['"A/broken.png", a link to what is not there', '"A/up", a link to another folder']]],
    );
  });

  it('with a folder that nobody may read is what else is there, and the folder is named', async () => {
    await folder.file('d/A/1.png', await barFile('png'));
    await folder.file('d/B/1.png', await barFile('png'));
    // of the administrator, who runs tests in containers, no folder keeps anything
    const { readdir } = fs;
    const shut = (async (location: string, ...rest: unknown[]) => {
      if (location.endsWith('B')) throw Object.assign(new Error('denied'), { code: 'EACCES' });
      return (readdir as (...args: unknown[]) => Promise<unknown>)(location, ...rest);
    }) as typeof readdir;
    Object.assign(fs, { readdir: shut });
    try {
      const { imported } = await importAll(path.join(folder.path, 'd'), { name: 'x' }, folder.store);
      assert.deepEqual(
        imported.map(({ manifest, problems }) => [manifest.classes, problems]),
        [[['A'], ['the folder "B", which cannot be read (EACCES)']]],
      );
    } finally {
      Object.assign(fs, { readdir });
    }
  });
});

describe('pictures in several places of an archive in a folder', () => {
  const folder = temporaryFolder();

  it('are upright and in their classes', async () => {
    await folder.file('d/a.zip', await zipOf({ 'upper-A/1.png': await barFile('png') }));
    await folder.file('d/lower-b/1.png', await barFile('png'));
    await importAll(path.join(folder.path, 'd'), { name: 'p' }, folder.store);
    const dataset = await folder.store.open('p');
    const { labels } = (await dataset.load('all')) as ImageSamples;
    assert.deepEqual(
      [[...dataset.classes], [...labels]],
      [
        ['A', 'b'],
        [0, 1],
      ],
    );
  });
});
