import assert from 'node:assert/strict';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { startWasm } from '../../../src/engine/backends/wasm/wasmBackend';
import { InkAidedModel } from '../../../src/engine/models/inkAidedModel';
import { InkNetwork } from '../../../src/engine/models/inkNetwork';
import { saveModel } from '../../../src/engine/models/layersModel';
import { loadModel } from '../../../src/engine/models/loadModel';
import type { LoadedModel, PictureBatch } from '../../../src/engine/models/loadedModel';
import { TurnedModel } from '../../../src/engine/models/turnedModel';
import { CHARACTER_POINTS, characterPoints, POINT_FEATURES } from '../../../src/ink/characterPoints';
import type { Ink } from '../../../src/ink/ink';
import { rasterize } from '../../../src/ink/rasterize';
import { turnInk } from '../../../src/ink/turnInk';
import type { InkCard } from '../../../src/models/inkCard';
import { modelChecksum } from '../../../src/models/checksum';
import { turnPicture } from '../../../src/pictures/turnPicture';
import { temporaryFolder } from '../datasets/import/temporary';
import { tinyModel } from './tinyModel';

const SIDE = 28;
const SEVEN: Ink = [
  [
    [10, 10],
    [60, 10],
    [30, 80],
  ],
];

const batchOf = (...pictures: Uint8Array[]): PictureBatch => ({
  pixels: Uint8Array.from(pictures.flatMap((picture) => [...picture])),
  count: pictures.length,
  height: SIDE,
  width: SIDE,
});

function turned(picture: Uint8Array, degrees: number): Uint8Array {
  const target = new Uint8Array(picture.length);
  turnPicture(picture, 0, target, 0, { height: SIDE, width: SIDE }, degrees);
  return target;
}

/** Geometric mean of lists of probabilities, by another way than the code's. */
function geometricMean(lists: readonly Float32Array[]): number[] {
  const products = [...(lists[0] ?? [])].map(
    (_, at) => lists.reduce((product, list) => product * (list[at] ?? 0), 1) ** (1 / lists.length),
  );
  const total = products.reduce((sum, value) => sum + value, 0);
  return products.map((value) => value / total);
}

function assertNear(values: ArrayLike<number>, wanted: readonly number[]): void {
  assert.equal(values.length, wanted.length);
  wanted.forEach((value, at) => {
    assert.ok(
      Math.abs((values[at] ?? NaN) - value) < 1e-5,
      `${String(values[at])} instead of ${String(value)}`,
    );
  });
}

describe('a model that reads what it is given turned besides', () => {
  const folder = temporaryFolder();
  before(() => startWasm());
  const at = (name: string) => path.join(folder.path, name);

  it('answers with the geometric mean of three views, for each of several pictures', async () => {
    const model = tinyModel('m');
    await saveModel(at('once'), model);
    await saveModel(at('thrice'), { layers: model.layers, card: { ...model.card, turned: 5 } });
    const [once, thrice] = [await loadModel(at('once')), await loadModel(at('thrice'))];
    const pictures = [rasterize(SEVEN), rasterize(SEVEN.map((stroke) => stroke.toReversed().slice(1)))];
    const wanted: number[] = [];
    for (const picture of pictures) {
      const views: Float32Array[] = [];
      for (const degrees of [0, -5, 5]) {
        const view = degrees === 0 ? picture : turned(picture, degrees);
        views.push(await once.probabilities(batchOf(view)));
      }
      wanted.push(...geometricMean(views));
    }
    assertNear(await thrice.probabilities(batchOf(...pictures)), wanted);
    assert.notEqual(await modelChecksum(at('thrice')), await modelChecksum(at('once')));
    [once, thrice].forEach((each) => each.dispose());
  });

  it('turns the points of ink, and reads its picture once', async () => {
    const card = { preprocessing: {}, classes: ['A', 'B'], mixing: { picture: 0.5, ink: 0.5 } } as InkCard;
    const seen: number[][] = [];
    const layers = {
      apply: (x: tf.Tensor) => {
        const values = CHARACTER_POINTS * POINT_FEATURES;
        seen.push(...(tf.reshape(x, [-1, values]).arraySync() as number[][]));
        return tf.tensor([
          [0.5, 0.3, 0.2],
          [0.9, 0.05, 0.05],
          [0.2, 0.6, 0.2],
        ]);
      },
    } as unknown as LayersModel;
    const points = new InkNetwork(card, layers, 5);
    assertNear(
      await points.probabilities([{ ink: SEVEN }]),
      geometricMean([
        Float32Array.of(0.5, 0.3, 0.2),
        Float32Array.of(0.9, 0.05, 0.05),
        Float32Array.of(0.2, 0.6, 0.2),
      ]),
    );
    const views = [SEVEN, turnInk(SEVEN, -5), turnInk(SEVEN, 5)];
    assert.deepEqual(
      seen,
      views.map((ink) => [...characterPoints(ink, undefined)]),
    );

    let asked = 0;
    const pictures: LoadedModel = {
      card: tinyModel('m', { classes: ['A', 'B'] }).card,
      probabilities: ({ count }) => {
        asked += count;
        return Promise.resolve(Float32Array.of(0.5, 0.5));
      },
      embeddings: () => Promise.reject(new Error('no embedding')),
      dispose: () => undefined,
    };
    const model = new InkAidedModel(new TurnedModel(pictures, 5), points);
    assert.equal((await model.inkProbabilities([{ ink: SEVEN }], batchOf(rasterize(SEVEN)))).length, 2);
    assert.equal(asked, 1);
  });

  it('turns ink and pictures the same way', () => {
    assert.deepEqual(
      turnInk([[[2, 0, 7, 0.5]]], 90).map((stroke) =>
        stroke.map((point) => point.map((value) => Math.round((value ?? 0) * 10) / 10)),
      ),
      [[[0, 2, 7, 0.5]]],
    );
    const bar: Ink = [
      [
        [0, 0],
        [100, 0],
      ],
    ];
    const wanted = rasterize(turnInk(bar, 20));
    const apart = (degrees: number) =>
      turned(rasterize(bar), degrees).reduce((sum, gray, at) => sum + Math.abs(gray - (wanted[at] ?? 0)), 0);
    assert.ok(apart(20) < apart(-20) / 3, `${String(apart(20))}, ${String(apart(-20))}`);
  });
});
