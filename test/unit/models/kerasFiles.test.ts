import assert from 'node:assert/strict';
import { copyFile, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import yazl from 'yazl';
import { answersIn, FIXTURES, ForeignModels, near } from './foreignFiles';

describe('files of Keras', () => {
  const models = new ForeignModels();

  it('answer as Keras does, whatever is in front of them or at their end', async () => {
    const answers = await answersIn('keras.json');
    assert.equal(answers.length, 12);
    for (const [name, wanted] of answers) near(await models.answer(path.join(FIXTURES, name)), wanted, name);
  });

  it('are known by their bytes under any name, in a folder, and in a zip archive beside other files', async () => {
    const named = path.join(models.folder, 'model.txt');
    await copyFile(path.join(FIXTURES, 'graph.h5'), named);
    const wanted = await models.answer(named);
    await rm(named);
    await copyFile(path.join(FIXTURES, 'graph.keras'), path.join(models.folder, 'my.keras'));
    near(await models.answer(models.folder), wanted);
    const zip = path.join(models.folder, 'all.zip');
    await writeFile(
      zip,
      await zipped({
        'deep/my.h5': await readFile(path.join(FIXTURES, 'graph.h5')),
        'readme.txt': Buffer.from('x'),
      }),
    );
    near(await models.answer(zip), wanted);
  });

  it('that hold more than any model does are refused before it is looked through', async () => {
    const file = path.join(models.folder, 'many.h5');
    await writeFile(file, await hdf5WithGroups(10_001));
    await models.refused(file, /holds too much/);
  });

  it('that are no models are refused in a sentence that says what to do', async () => {
    const write = async (name: string, bytes: Buffer | string) => {
      const file = path.join(models.folder, name);
      await writeFile(file, bytes);
      return file;
    };
    const whole = await readFile(path.join(FIXTURES, 'stack.h5'));
    await models.refused(await write('half.h5', whole.subarray(0, 20_000)), /half\.h5 is damaged/);
    await models.refused(
      await write('half.keras', (await readFile(path.join(FIXTURES, 'stack.keras'))).subarray(0, 900)),
      /damaged/,
    );
    await models.refused(await write('m.tflite', '\0\0\0\0TFL3'), /TensorFlow Lite.*import the Keras model/);
    await models.refused(await write('m.pkl', Buffer.from([0x80, 4, 1])), /pickle.*ONNX/);
    await models.refused(
      await write('m.pt', await zipped({ 'm/data.pkl': Buffer.from('x') })),
      /PyTorch.*torch\.onnx\.export/,
    );
    const weights = await readFile(path.join(FIXTURES, 'stack.keras'));
    await models.refused(
      await write(
        'm.keras',
        await zipped({
          'config.json': Buffer.from('{"class_name":"Mine","config":{}}'),
          'model.weights.h5': weights,
        }),
      ),
      /is a Mine.*Sequential or Functional/,
    );
    await models.refused(
      await write('bomb.zip', await zipped({ 'a.h5': Buffer.alloc(200 * 2 ** 20) })),
      /unpacks to more than 96 MiB/,
    );
  });
});

function zipped(files: Readonly<Record<string, Buffer>>): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  for (const [name, bytes] of Object.entries(files)) zip.addBuffer(bytes, name);
  zip.end();
  return buffer(zip.outputStream);
}

/** An HDF5 file with a group under so many names. */
async function hdf5WithGroups(count: number): Promise<Buffer> {
  const { File, ready } = await import('h5wasm');
  const { FS } = await ready;
  const file = new File('/groups', 'w');
  file.create_group('g');
  for (let at = 1; at < count; at++) file.create_hard_link('/g', `/g${String(at)}`);
  file.close();
  const bytes = Buffer.from(FS.readFile('/groups'));
  FS.unlink('/groups');
  return bytes;
}
