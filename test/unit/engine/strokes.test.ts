import assert from 'node:assert/strict';
import { groupBy } from '../../../src/base/groupBy';
import { openDataset } from '../../../src/datasets/open';
import type { InkSamples } from '../../../src/datasets/samples';
import { SHARES, strokesScore } from '../../../src/engine/recognition/strokes';
import { sharedFile } from '../shared';

/** Fewer samples of a character tell little. */
const LEAST = 60;
/** In the data: the 30 writers of Chars74K against the many symbols of CROHME. */
const EACH_WRITER = 3;

async function strokesOf(dataset: string): Promise<{ label: string; strokes: number }[]> {
  const opened = await openDataset(dataset);
  const { inks, labels } = (await opened.load('all')) as InkSamples;
  return inks.map((ink, at) => ({ label: opened.classes[labels[at] ?? 0] ?? '', strokes: ink.length }));
}

describe('the number of strokes of a character', () => {
  it('is as in the data that it was counted in', async function () {
    this.timeout(120_000);
    const chars74k = sharedFile(this, 'ink', 'chars74k-hnd-writers01-35.json.gz');
    const writers = await strokesOf(`${chars74k}#writers1-30`);
    const counted = [
      ...(await strokesOf(sharedFile(this, 'ink', 'crohme-2013-train-part.zip'))),
      ...Array.from({ length: EACH_WRITER }, () => writers).flat(),
    ];
    const wrong: string[] = [];
    for (const [text, all] of groupBy(counted, ({ label }) => label)) {
      const shares = SHARES[text];
      if (!shares || all.length < LEAST) continue;
      [1, 2, 3, 4].forEach((count, at) => {
        const share = all.filter(({ strokes }) => Math.min(strokes, 4) === count).length / all.length;
        if (Math.abs(share - (shares[at] ?? 0) / 100) >= 0.15)
          wrong.push(`${text} in ${count}: ${share.toFixed(2)}`);
      });
    }
    assert.deepEqual(wrong, []);
  });

  it('speaks against a character only where hardly anybody draws it so', () => {
    assert.equal(strokesScore('4', 1), 0);
    assert.equal(strokesScore('4', 2), 0);
    assert.ok(strokesScore('6', 2) < -1);
    assert.ok(strokesScore('=', 1) < -1);
    assert.equal(strokesScore('λ', 3), 0);
  });
});
