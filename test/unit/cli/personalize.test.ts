import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { personalizeStored } from '../../../src/engine/personal/personalizeStored';
import { readCard } from '../../../src/models/modelFolder';
import { ownHandLines } from '../../harness/ownHand';
import { makeScratchFolder, removeScratchFolder } from '../../harness/scratch';
import { linesOf, scrawl } from './scrawl';

const BUNDLED = path.resolve('media', 'models', 'characters');
const REPLAY = path.resolve('media', 'replay');

describe('personalizing on the command line', function () {
  this.timeout(240_000);
  let home: string;
  let samples: string;
  beforeEach(async () => {
    home = await makeScratchFolder();
    samples = path.join(home, 'hand.jsonl');
    await writeFile(samples, ownHandLines(100));
  });
  afterEach(() => removeScratchFolder(home));

  it('makes a new model of 100 samples and the whole replay set, and keeps the old one to the byte', async () => {
    const before = await contentOf(BUNDLED);
    const args = ['--model', 'bundled', '--samples', samples, '--name', 'Mine', '--json'];
    const { code, stdout, stderr } = await scrawl('--home', home, 'models', 'personalize', ...args);
    assert.equal(code, 0, stderr);
    const [result] = linesOf(stdout);
    const person = result?.['person'] as { samples: number; before: number; after: number };
    const original = result?.['original'] as { samples: number; before: number; after: number };
    assert.equal((result?.['learned'] as number) + person.samples, 100);
    assert.equal(original.samples, 1504);
    assert.ok(person.after >= person.before && original.after >= original.before - 0.005, stdout);
    assert.deepEqual(await contentOf(BUNDLED), before);
    const card = await readCard(path.join(home, 'models', String(result?.['model'])));
    const base = await readCard(BUNDLED);
    assert.equal(card.name, 'Mine');
    assert.equal(card.training.settings['personalized'], base.name);
    assert.match(card.description, new RegExp(`^${base.name}, which learned the hand of one person`));
  });

  it('leaves nothing behind when it is canceled', async () => {
    const stop = new AbortController();
    const job = { home, bundled: BUNDLED, model: BUNDLED, samples, name: 'Mine' };
    const phases = new Set<string>();
    const personalizing = personalizeStored(job, REPLAY, {
      signal: stop.signal,
      onProgress: (phase) => {
        phases.add(phase);
        if (phase === 'looking') stop.abort(new Error('enough'));
      },
    });
    await assert.rejects(personalizing, /enough/);
    assert.deepEqual([...phases], ['reading', 'looking']);
    assert.ok(!existsSync(path.join(home, 'models')));
  });
});

/** The bytes of a folder's files, and of those of the folders in it, by their paths. */
async function contentOf(folder: string): Promise<Map<string, Buffer>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.join(parentPath, name));
  return new Map(await Promise.all(files.sort().map(async (file) => [file, await readFile(file)] as const)));
}
