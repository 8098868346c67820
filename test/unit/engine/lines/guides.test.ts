import assert from 'node:assert/strict';
import { inkDataset } from '../../../../src/datasets/formats/inkDataset';
import type { InkSamples } from '../../../../src/datasets/samples';
import { evaluateLines } from '../../../../src/engine/evaluation/lines';
import { loadPersonLines } from '../../../../src/engine/personal/lines/personLines';
import { share } from '../../../../src/engine/training/batches/sharedSamples';
import { featuresOf } from '../../../../src/engine/training/lines/lineData';
import type { Ink } from '../../../../src/ink/ink';
import { FEATURES, lineFeatures } from '../../../../src/ink/lines/features';
import type { Guide } from '../../../../src/ink/lines/guide';
import { HANDS } from '../../../../src/ink/lines/vary';
import { pathsOf } from '../../../../src/ink/lines/path';

/** Bars beside each other, 20 high, on base lines. */
const bars = (...baselines: number[]): Ink =>
  baselines.flatMap((y) =>
    [0, 15, 30].map(
      (x) =>
        [
          [x, y - 20],
          [x + 1, y],
        ] as const,
    ),
  );

const GUIDE: Guide = { baseline: 100, xHeight: 12, pitch: 60 };
const WITHOUT_GUIDE = { label: 'ill', ink: bars(100) };
const LINES = [
  { label: 'lil', ink: bars(100), guide: GUIDE },
  { label: 'lil\nill', ink: bars(100, 160), guide: GUIDE },
  WITHOUT_GUIDE,
];

describe('lines that were written on guide lines', () => {
  it('are read with them by evaluations, each row with its own', async () => {
    const seen: (Guide | undefined)[] = [];
    const read = (_: Ink, guide?: Guide) => {
      seen.push(guide);
      return Promise.resolve('');
    };
    await evaluateLines(read, inkDataset('lines', LINES), 'all');
    const { baseline, xHeight } = GUIDE;
    assert.deepEqual(seen, [GUIDE, { baseline, xHeight }, { baseline: 160, xHeight }, undefined]);
  });

  it('are learned with them, varied or not', async () => {
    const dataset = inkDataset('lines', LINES);
    const samples = (await dataset.load('all')) as InkSamples;
    const data = { samples: share(samples) } as Parameters<typeof featuresOf>[0];
    const paths = pathsOf(bars(100));
    assert.deepEqual(featuresOf(data, 0), lineFeatures(paths, { guide: GUIDE }));
    assert.deepEqual(featuresOf(data, 2), lineFeatures(paths));
    const varied = featuresOf(data, 0, { strengths: HANDS, random: () => 0.5 });
    const [isKnown, height] = [varied.values[10], varied.values[11]];
    assert.equal(isKnown, 1);
    assert.ok(
      Math.abs((height ?? 0) - 20 / 12) < 0.3 && varied.values.length % FEATURES === 0,
      String(height),
    );
  });

  it('are personalized with them', async () => {
    const many = Array.from({ length: 12 }, (_, at) => ({
      label: 'lil',
      ink: bars(100 + at),
      guide: { ...GUIDE, baseline: 100 + at },
    }));
    const { train, held } = await loadPersonLines(inkDataset('my-lines', many), ['i', 'l']);
    for (const { ink, guide } of [...train, ...held]) assert.equal(guide?.baseline, ink[0]?.[1]?.[1]);
  });
});
