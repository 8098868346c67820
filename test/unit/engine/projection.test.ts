import assert from 'node:assert/strict';
import { readFile, readdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { Random } from '../../../src/base/random';
import { startBackend } from '../../../src/engine/backends/startBackend';
import { embedStored } from '../../../src/engine/evaluation/storedEmbeddings';
import type { Models } from '../../../src/engine/evaluation/storedEvaluation';
import { loadModel } from '../../../src/engine/models/loadModel';
import { nearestNeighbors } from '../../../src/engine/projection/neighbors';
import { principalComponents } from '../../../src/engine/projection/principal';
import { Quadtree } from '../../../src/engine/projection/quadtree';
import { reduce } from '../../../src/engine/projection/reduce';
import { projectStored, type ProjectionTask } from '../../../src/engine/projection/storedProjection';
import { exportEmbeddings } from '../../../src/engine/projection/tensorBoard/exportEmbeddings';
import { Sprite, spriteSize } from '../../../src/engine/projection/tensorBoard/sprite';
import { metadataLines, projectorConfig } from '../../../src/engine/projection/tensorBoard/texts';
import { EmbeddingsFile } from '../../../src/evaluations/embeddingsFile';
import { readProjectionFile } from '../../../src/evaluations/projectionFile';
import { makeScratchFolder, removeScratchFolder } from '../../harness/scratch';

const MODEL = path.resolve('media', 'models', 'characters');
const FIXTURE = `${path.resolve('test', 'fixtures', 'emnist')}#balanced`;
/** All samples of the fixture. */
const SAMPLES = 200;

describe('projection', function () {
  this.timeout(120_000);
  let home: string;
  /** Times that the model was loaded. */
  let loaded = 0;
  const use: Models['use'] = async (folder, work) => {
    loaded++;
    await startBackend('wasm', home);
    const model = await loadModel(folder);
    try {
      return await work(model);
    } finally {
      model.dispose();
    }
  };
  const models: Models = { backend: 'auto', use };
  const task = (method: 'umap' | 'tsne', most = 1000): ProjectionTask => ({
    ...{ model: MODEL, home, dataset: FIXTURE, split: 'train', most, method },
  });

  before(async () => {
    home = await makeScratchFolder();
  });
  after(() => removeScratchFolder(home));

  /** Of the samples the share whose nearest ones are mostly of their own class. */
  function agreement(points: { count: number; width: number; values: Float32Array }, labels: Uint16Array) {
    const { each, indices } = nearestNeighbors(points, 3);
    let agreeing = 0;
    for (let row = 0; row < points.count; row++) {
      const near = indices.subarray(row * each, (row + 1) * each);
      agreeing += near.filter((other) => labels[other] === labels[row]).length / each;
    }
    return agreeing / points.count;
  }

  for (const method of ['umap', 'tsne'] as const) {
    it(`lays real letters out so that those of a class lie together, and keeps that (${method})`, async () => {
      const phases = new Set<string>();
      const file = await projectStored(models, task(method), { onProgress: (phase) => phases.add(phase) });
      assert.ok(phases.has('neighbors') && phases.has('layout'));
      const { header, places, coordinates } = await readProjectionFile(file);
      assert.deepEqual([header.samples, header.of, header.method], [SAMPLES, 'train', method]);
      assert.ok(coordinates.every((value) => value >= -1 && value <= 1));

      const embeddings = await EmbeddingsFile.open(await embedStored(models, task(method)));
      const { labels } = embeddings;
      assert.deepEqual([...embeddings.places], [...places]);
      await embeddings.close();
      // 47 classes, four or five samples of each: by chance 2% of the nearest ones were of the same class
      const agreeing = agreement({ count: SAMPLES, width: 2, values: coordinates }, labels);
      assert.ok(agreeing > 0.4, `${method}: ${String(agreeing)} of the nearest are of the same class`);

      const before = loaded;
      const told: string[] = [];
      const again = await projectStored(models, task(method), { onProgress: (phase) => told.push(phase) });
      assert.deepEqual([again, told, loaded - before], [file, [], 0], 'found as it was stored');
      const bytes = await readFile(file);
      await writeFile(file, bytes.subarray(0, bytes.length - 1));
      await assert.rejects(readProjectionFile(file), /damaged/);
      await projectStored(models, task(method));
      assert.deepEqual(await readFile(file), bytes, 'the same layout to the last bit');
    });
  }

  it('stops when it is told to, and keeps nothing of that', async () => {
    const abort = new AbortController();
    const before = await readdir(home, { recursive: true });
    await assert.rejects(
      projectStored(models, task('umap', 150), {
        signal: abort.signal,
        onProgress: (phase) => {
          if (phase === 'layout') abort.abort(new Error('enough'));
        },
      }),
      /enough/,
    );
    const added = (await readdir(home, { recursive: true })).filter((name) => !before.includes(name));
    assert.deepEqual(
      added.map((name) => path.extname(name)),
      ['.embeddings'],
    );
  });

  it('lays out a handful of samples, and one', () => {
    for (const count of [1, 2, 4, 5, 7]) {
      const values = Float32Array.from({ length: 3 * count }, (_, at) => Math.sin(at));
      for (const method of ['umap', 'tsne'] as const) {
        const places = reduce({ count, width: 3, values }, method, 1);
        assert.ok(
          places.length === 2 * count && places.every((value) => Math.abs(value) <= 1),
          `${method} ${count}`,
        );
      }
    }
  });

  it('lays out samples that are all the same', () => {
    for (const method of ['umap', 'tsne'] as const) {
      const places = reduce({ count: 40, width: 4, values: new Float32Array(160).fill(1) }, method, 1);
      assert.ok(places.every(Number.isFinite), method);
    }
  });

  it('finds the directions in which points differ most', () => {
    const random = new Random(3);
    const spread = [9, 4, 1, 0.1, 0.1];
    const values = Float32Array.from(
      { length: 5 * 400 },
      (_, at) => (spread[at % 5] ?? 0) * (random.next() - 0.5),
    );
    const { values: scores } = principalComponents({ count: 400, width: 5, values }, 2, random);
    for (const [axis, factor] of [9, 4].entries()) {
      let square = 0;
      for (let row = 0; row < 400; row++) square += (scores[2 * row + axis] ?? 0) ** 2 / 400;
      const expected = factor ** 2 / 12;
      assert.ok(Math.abs(square / expected - 1) < 0.15, `${String(square)} for ${String(expected)}`);
    }
  });

  it('feels far points as one, near to what all pairs give', () => {
    const random = new Random(5);
    const points = Float64Array.from({ length: 2 * 500 }, () => 20 * random.next());
    const tree = new Quadtree();
    tree.fill(points);
    const [x, y] = [points[0] ?? 0, points[1] ?? 0];
    let [total, forceX, size] = [0, 0, 0];
    for (let at = 0; at < points.length; at += 2) {
      const [dx, dy] = [x - (points[at] ?? 0), y - (points[at + 1] ?? 0)];
      const weight = 1 / (1 + dx * dx + dy * dy);
      total += weight;
      forceX += weight * weight * dx;
      size += Math.abs(weight * weight * dx);
    }
    const near = (value: number, expected: number, most: number) =>
      assert.ok(Math.abs(value - expected) <= most, `${String(value)} for ${String(expected)}`);
    near(tree.feel(x, y, 0), total, 1e-9);
    near(tree.force[0], forceX, 1e-9);
    near(tree.feel(x, y, 0.5), total, 0.02 * total);
    near(tree.force[0], forceX, 0.02 * size);
  });

  describe("for TensorBoard's projector", () => {
    it('writes vectors, metadata, pictures and configuration that belong together', async () => {
      const out = path.join(home, 'projector');
      const judging = { alphabet: 'all', merged: false };
      const written = await exportEmbeddings(models, { ...task('umap', 100), ...judging, out });
      assert.equal(written, 100);
      const text = (name: string) => readFile(path.join(out, name), 'utf8');
      const vectors = (await text('vectors.tsv')).trimEnd().split('\n');
      assert.equal(vectors.length, 100);
      assert.ok(vectors.every((line) => line.split('\t').map(Number).filter(Number.isFinite).length === 320));
      const [head, ...lines] = (await text('metadata.tsv')).trimEnd().split('\n');
      assert.equal(head, 'label\tprediction\tprobability\toutcome\tsplit\tindex');
      assert.equal(lines.length, 100);
      for (const line of lines) {
        const [label, prediction, probability, outcome, split, index] = line.split('\t');
        assert.equal(outcome, label === prediction ? 'right' : 'wrong');
        assert.ok(Number(probability) > 0 && split === 'train' && Number(index) < SAMPLES);
      }
      const { width, height } = await sharp(path.join(out, 'sprite.png')).metadata();
      assert.deepEqual([width, height], [280, 280]);
      const config = await text('projector_config.pbtxt');
      assert.match(config, /tensor_path: "vectors.tsv"\n {2}metadata_path: "metadata.tsv"/);
      assert.match(config, /image_path: "sprite.png"\n {4}single_image_dim: 28\n {4}single_image_dim: 28/);
      await assert.rejects(
        exportEmbeddings(models, { ...task('umap', 100), ...judging, out }),
        /is there already: name a folder that is not/,
      );
    });

    it('leaves nothing behind where it is stopped', async () => {
      const abort = new AbortController();
      abort.abort(new Error('enough'));
      const out = path.join(home, 'stopped');
      const stopped = { ...task('umap', 100), alphabet: 'all', merged: false, out };
      await assert.rejects(exportEmbeddings(models, stopped, { signal: abort.signal }), /enough/);
      await assert.rejects(stat(out));
      assert.ok(!(await readdir(home)).some((name) => name.startsWith('stopped')));
    });

    it('puts pictures side by side, smaller where they would be more than 8192 pixels wide', async () => {
      assert.deepEqual(spriteSize(2000, { height: 28, width: 28 }), { height: 28, width: 28 });
      for (const count of [90_000, 200_000]) {
        const { width, height } = spriteSize(count, { height: 48, width: 24 });
        assert.ok(Math.ceil(Math.sqrt(count)) * Math.max(width, height) <= 8192 && width > 0);
      }
      const sprite = new Sprite(3, { height: 1, width: 2 });
      sprite.add(Uint8Array.of(1, 2, 3, 4), 2, { height: 1, width: 2 });
      sprite.add(Uint8Array.of(5, 6), 1, { height: 1, width: 2 });
      const file = path.join(home, 'sprite.png');
      await sprite.write(file);
      const { data, info } = await sharp(file).grayscale().raw().toBuffer({ resolveWithObject: true });
      assert.deepEqual([info.width, info.height, ...data], [4, 2, 1, 2, 3, 4, 5, 6, 0, 0]);
    });

    it('writes names that hold tabs and quotes as one column and one string', () => {
      const sample = { label: 'a\tb', prediction: '"', probability: 0.5, split: 'test', index: 7 };
      assert.equal([...metadataLines([sample])][1], 'a b\t"\t0.5000\twrong\ttest\t7\n');
      const config = projectorConfig('my "best"\nmodel\\', { height: 28, width: 28 });
      assert.match(config, /tensor_name: "my \\"best\\" model\\\\"\n/);
    });
  });
});
