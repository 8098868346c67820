import { stat } from 'node:fs/promises';
import path from 'node:path';
import { ModelError } from '../errors';
import { readLayersFile, type StoredLayers } from '../layersFolder';
import { MOST_TEXT_BYTES } from './bounds';
import { modelKind } from './head';
import { kerasArchive, kerasHdf5 } from './kerasFile';
import { KERAS_CONFIG, KERAS_METADATA, KERAS_WEIGHTS } from './kerasFiles';
import { locateModel, readModelFile } from './location';
import { onnxLayers } from './onnx/onnxModel';
import { openZip } from './zip';

/**
 * Reads a model that another program made: a TensorFlow.js layers model, a `.keras` or `.h5` file of Keras, or an ONNX
 * file. What it is follows from its first bytes, not from its name.
 *
 * @param place a file, or a folder with one, as `withModel` gives it
 * @throws ModelError that says what is wrong with it, or how to get a file that can be read
 */
export async function readForeignModel(place: string): Promise<StoredLayers> {
  const { folder, name } = await locateModel(place);
  const file = path.join(folder, name);
  const isFile = (await stat(file).catch(() => undefined))?.isFile() === true;
  switch (isFile ? await modelKind(file) : 'json') {
    case 'zip':
      return readArchive(await readModelFile(file), name);
    case 'hdf5':
      return kerasHdf5(await readModelFile(file), name);
    case 'json':
      return readLayersFile(folder, name);
    case 'tflite':
      throw new ModelError(
        `${name} is a TensorFlow Lite model: import the Keras model that it was made from.`,
      );
    case 'pickle':
      throw new ModelError(
        `${name} is a pickle, which is a program: export its model to ONNX, and import that.`,
      );
    case 'other':
      // text that was cut off has no first bytes to tell it by
      if (/\.json$/i.test(name)) return readLayersFile(folder, name);
      return onnxLayers(await readModelFile(file), folder, name);
  }
}

async function readArchive(bytes: Buffer, file: string): Promise<StoredLayers> {
  const { names, read } = await openZip(bytes, file);
  const metadata = names.includes(KERAS_METADATA)
    ? (await read(KERAS_METADATA, MOST_TEXT_BYTES)).toString()
    : undefined;
  return kerasArchive(
    {
      config: (await read(KERAS_CONFIG, MOST_TEXT_BYTES)).toString(),
      metadata,
      weights: await read(KERAS_WEIGHTS),
    },
    file,
  );
}
