import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { encode } from 'bmp-ts';
import { DatasetError } from '../../../../src/datasets/errors';
import { importDataset } from '../../../../src/datasets/import/importDataset';
import { Random } from '../../../../src/base/random';
import { InkError } from '../../../../src/ink/errors';
import { barFile, bar, temporaryFolder, zipOf } from './temporary';

const FIXTURE = path.resolve('test', 'fixtures', 'emnist');
const MUTATIONS = 60;

/** Cuts a file off, changes bytes of it, or repeats a part: what broken disks, and people who mean harm, do. */
function damage(content: Buffer, random: Random): Buffer {
  const at = random.integer(content.length);
  if (random.integer(3) === 0) return content.subarray(0, at);
  const changed = Buffer.from(content);
  for (let change = 0; change <= random.integer(6); change++) {
    changed[random.integer(changed.length)] = [0, 255, 127, random.integer(256)][random.integer(4)] ?? 0;
  }
  if (random.integer(4) > 0) return changed;
  return Buffer.concat([changed, changed.subarray(at, at + 500)]);
}

describe('damaged files', function () {
  this.timeout(120_000);
  const folder = temporaryFolder();

  const idx = (name: string) => readFile(path.join(FIXTURE, `emnist-balanced-test-${name}.gz`));
  const ink =
    '<ink><traceFormat><channel name="X"/><channel name="Y"/></traceFormat><trace id="0">1 2, 3 4</trace><traceGroup><annotation type="truth">a</annotation><traceView traceDataRef="0"/></traceGroup></ink>';
  const FORMATS: [string, () => Promise<Record<string, string | Buffer>>][] = [
    ['x.inkml', () => Promise.resolve({ 'x.inkml': ink })],
    [
      'x.upn',
      () =>
        Promise.resolve({
          'x.upn': '.COORD X Y\n.SEGMENT CHARACTER 0 ? "a"\n.PEN_DOWN\n0 0\n5 5\n.PEN_UP\n',
        }),
    ],
    [
      'x.jsonl',
      () => Promise.resolve({ 'x.jsonl': '{"label":"b","writer":"w","strokes":[[[0,0],[1,1]]]}\n' }),
    ],
    ['x.json', () => Promise.resolve({ 'x.json': '{"A":[[[[1,2],[3,4]]]],"B":[[[[1,2]]]]}' })],
    ['x.csv', () => Promise.resolve({ 'x.csv': 'label,p0,p1,p2,p3\n3,1,2,3,255\n4,1,2,3,255\n' })],
    ['labels.csv', async () => ({ '1.png': await barFile('png'), 'labels.csv': 'file,label\n1.png,A\n' })],
    [
      'images',
      async () => ({ images: await idx('images-idx3-ubyte'), labels: await idx('labels-idx1-ubyte') }),
    ],
    [
      'labels',
      async () => ({ images: await idx('images-idx3-ubyte'), labels: await idx('labels-idx1-ubyte') }),
    ],
    [
      'x.zip',
      async () => ({
        'x.zip': await zipOf({ 'A/1.png': await barFile('png'), 'b.inkml': Buffer.from(ink) }),
      }),
    ],
    ['A/1.bmp', () => Promise.resolve({ 'A/1.bmp': bmp() })],
    ...(['png', 'jpeg', 'webp', 'tiff'] as const).map(
      (format): [string, () => Promise<Record<string, Buffer>>] => [
        `A/1.${format}`,
        async () => ({ [`A/1.${format}`]: await barFile(format) }),
      ],
    ),
  ];
  for (const [at, [name, make]] of FORMATS.entries()) {
    it(`such as ${name} are a dataset still, or one sentence`, async () => {
      const random = new Random(40 + at);
      const files = await make();
      for (const [each, content] of Object.entries(files)) await folder.file(`d/${each}`, content);
      const whole = Buffer.from(files[name] ?? '');
      for (let mutation = 0; mutation < MUTATIONS; mutation++) {
        const damaged = damage(whole, random);
        await folder.file(`d/${name}`, damaged);
        const id = String(mutation);
        try {
          const { manifest } = await importDataset(
            path.join(folder.path, 'd'),
            { name: id, characters: 'x'.repeat(47) },
            folder.store,
          );
          assert.equal((await folder.store.verify(id)).checksum, manifest.checksum);
        } catch (error) {
          const said = error instanceof DatasetError || error instanceof InkError;
          assert.ok(said && /^[^\n]*\.$/.test(error.message), `mutation ${id}: ${String(error)}`);
          assert.equal(await folder.store.find(id), undefined);
        }
      }
    });
  }
});

function bmp(): Buffer {
  const data = Buffer.alloc(40 * 40 * 4);
  bar(40, 0.5, 20, 230).forEach((value, i) => data.set([255, value, value, value], 4 * i));
  return encode({ width: 40, height: 40, data, bitPP: 24 }).data;
}
