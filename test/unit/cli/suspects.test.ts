import assert from 'node:assert/strict';
import path from 'node:path';
import { openDataset } from '../../../src/datasets/open';
import { changeOverlay } from '../../../src/datasets/overlay';
import { DatasetStore } from '../../../src/datasets/store/datasetStore';
import { makeScratchFolder, removeScratchFolder } from '../../harness/scratch';
import { linesOf, scrawl } from './scrawl';

const FIXTURE = `${path.resolve('test', 'fixtures', 'emnist')}#balanced`;
/** Places of samples that are given another label than their own. */
const FLIPPED = [17, 131, 260];

describe('datasets suspects', function () {
  this.timeout(120_000);
  let home: string;
  let store: DatasetStore;
  before(async () => {
    home = await makeScratchFolder();
    store = new DatasetStore(home);
    const fixture = await openDataset(FIXTURE);
    const samples = await fixture.load('all');
    if (samples.kind !== 'images') throw new Error('not images');
    const { classes, covers } = fixture;
    const labels = samples.labels.map((label, at) =>
      FLIPPED.includes(at) ? (label + 10) % classes.length : label,
    );
    const batches = async function* () {
      yield await Promise.resolve({ ...samples, labels });
    };
    const about = { name: 'Mine', kind: 'images' as const, source: 'a test', height: 28, width: 28 };
    await store.write('mine', { ...about, classes: [...classes], covers: [...covers], officialSplits: [] }, [
      { split: 'all', batches: batches() },
    ]);
  });
  after(() => removeScratchFolder(home));

  const suspects = (...args: string[]) =>
    scrawl('--home', home, 'datasets', 'suspects', 'mine', '--model', 'bundled', ...args);

  it('has labels that were swapped among the first, and says what the model has learned from', async () => {
    const { code, stdout, stderr } = await suspects('--json', '--top', '5');
    assert.equal(code, 0, stderr);
    const lines = linesOf(stdout);
    const flipped = lines.filter(({ index }) => FLIPPED.includes(Number(index)));
    assert.equal(flipped.length, FLIPPED.length, stdout);
    for (const { split, margin, probability, suggestedProbability } of flipped) {
      assert.equal(split, 'all');
      assert.ok(Number(margin) < -0.5 && Number(suggestedProbability) > Number(probability));
    }
    assert.match(stderr, /card of the model does not name this dataset/);
  });

  it('leaves out what was decided', async () => {
    await changeOverlay(store.folder('mine'), {
      steps: [{ split: 'all', indices: [17], change: { exclude: true } }],
      kept: [{ split: 'all', indices: [131] }],
    });
    const { stdout } = await suspects();
    assert.match(stdout, /^mine, all: \d+ of \d+ labels are suspicious, 2 of them decided\n/);
    assert.match(stdout, /^all 260 {2}/m);
    assert.doesNotMatch(stdout, /^all (17|131) /m);
  });

  it('says which dataset there is not', async () => {
    const { code, stderr } = await scrawl(
      ...['--home', home, 'datasets', 'suspects', 'nothing', '--model', 'bundled'],
    );
    assert.equal(code, 1);
    assert.match(stderr, /no dataset "nothing"/);
  });
});
