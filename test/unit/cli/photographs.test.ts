import assert from 'node:assert/strict';
import { makeScratchFolder, removeScratchFolder } from '../../harness/scratch';
import { sharedFile } from '../shared';
import { linesOf, scrawl } from './scrawl';

describe('photographs of characters, one by one', function () {
  this.timeout(120_000);
  let home: string;
  beforeEach(async () => (home = await makeScratchFolder()));
  afterEach(() => removeScratchFolder(home));

  it('are read right by the bundled model in at least 85 of 100, of those that it never saw', async function () {
    const file = sharedFile(this, 'photos', 'handwritten-characters-62x50.zip');
    // every fifth, which its training left out
    const dataset = ['--dataset', `${file}#5/5`, '--alphabet', 'alphanumeric'];
    const args = ['evaluate', '--model', 'bundled', ...dataset, '--json'];
    const { code, stdout, stderr } = await scrawl('--home', home, ...args);
    assert.equal(code, 0, stderr);
    const [figures] = linesOf(stdout);
    assert.equal(figures?.['samples'], 610);
    assert.equal((figures['classes'] as string[]).length, 62);
    assert.ok((figures['accuracy'] as number) >= 0.85, String(figures['accuracy']));
  });
});
