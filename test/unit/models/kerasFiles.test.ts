import assert from 'node:assert/strict';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import yazl from 'yazl';
import { startWasm } from '../../../src/engine/backends/wasm/wasmBackend';
import { importModel } from '../../../src/engine/models/importModel';
import { loadModel } from '../../../src/engine/models/loadModel';
import { ModelError } from '../../../src/models/errors';
import { ModelStore } from '../../../src/models/modelStore';

const FIXTURES = path.join('test', 'fixtures', 'models');
const CLASSES = ['A', 'B', 'C'];
/** The picture that Keras answered for; see test/reference/foreignModels.py. */
const PIXELS = Uint8Array.from({ length: 784 }, (_, at) => (at * 7) % 256);

describe('files of Keras', () => {
  let folder: string;
  let store: ModelStore;
  before(() => startWasm());
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'scrawl-'));
    store = new ModelStore(folder, path.join('media', 'models', 'characters'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function answer(location: string): Promise<number[]> {
    const { folder: kept } = await importModel(store, location, { name: 'm', classes: CLASSES });
    const model = await loadModel(kept);
    const found = [...(await model.probabilities({ pixels: PIXELS, count: 1, height: 28, width: 28 }))];
    model.dispose();
    return found;
  }

  const refused = (location: string, sentence: RegExp) =>
    assert.rejects(importModel(store, location, { name: 'm', classes: CLASSES }), (error) => {
      assert.ok(error instanceof ModelError, String(error));
      assert.match(error.message, sentence);
      assert.match(error.message, /^[^\n]+\.$/);
      return true;
    });

  const near = (found: readonly number[], wanted: readonly number[]) => {
    assert.equal(found.length, wanted.length);
    found.forEach((each, at) => {
      assert.ok(Math.abs(each - (wanted[at] ?? 0)) < 1e-5, `${found.join()} for ${wanted.join()}`);
    });
  };

  it('answer as Keras does, whatever is in front of them or at their end', async () => {
    const answers = JSON.parse(await readFile(path.join(FIXTURES, 'keras.json'), 'utf8')) as Record<
      string,
      number[]
    >;
    assert.equal(Object.keys(answers).length, 12);
    for (const [name, wanted] of Object.entries(answers))
      near(await answer(path.join(FIXTURES, name)), wanted);
  });

  it('are known by their bytes under any name, in a folder, and in a zip archive beside other files', async () => {
    const named = path.join(folder, 'model.txt');
    await copyFile(path.join(FIXTURES, 'graph.h5'), named);
    const wanted = await answer(named);
    await rm(named);
    await copyFile(path.join(FIXTURES, 'graph.keras'), path.join(folder, 'my.keras'));
    near(await answer(folder), wanted);
    const zip = path.join(folder, 'all.zip');
    await writeFile(
      zip,
      await zipped({
        'deep/my.h5': await readFile(path.join(FIXTURES, 'graph.h5')),
        'readme.txt': Buffer.from('x'),
      }),
    );
    near(await answer(zip), wanted);
  });

  it('that are no models are refused in a sentence that says what to do', async () => {
    const write = async (name: string, bytes: Buffer | string) => {
      const file = path.join(folder, name);
      await writeFile(file, bytes);
      return file;
    };
    const whole = await readFile(path.join(FIXTURES, 'stack.h5'));
    await refused(await write('half.h5', whole.subarray(0, 20_000)), /half\.h5 is damaged/);
    await refused(
      await write('half.keras', (await readFile(path.join(FIXTURES, 'stack.keras'))).subarray(0, 900)),
      /damaged/,
    );
    await refused(await write('m.tflite', '\0\0\0\0TFL3'), /TensorFlow Lite.*import the Keras model/);
    await refused(await write('m.pkl', Buffer.from([0x80, 4, 1])), /pickle.*ONNX/);
    await refused(
      await write('m.pt', await zipped({ 'm/data.pkl': Buffer.from('x') })),
      /PyTorch.*torch\.onnx\.export/,
    );
    const weights = await readFile(path.join(FIXTURES, 'stack.keras'));
    await refused(
      await write(
        'm.keras',
        await zipped({
          'config.json': Buffer.from('{"class_name":"Mine","config":{}}'),
          'model.weights.h5': weights,
        }),
      ),
      /is a Mine.*Sequential or Functional/,
    );
    await refused(
      await write('bomb.zip', await zipped({ 'a.h5': Buffer.alloc(200 * 2 ** 20) })),
      /unpacks to more than 192 MiB/,
    );
  });
});

function zipped(files: Readonly<Record<string, Buffer>>): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  for (const [name, bytes] of Object.entries(files)) zip.addBuffer(bytes, name);
  zip.end();
  return buffer(zip.outputStream);
}
