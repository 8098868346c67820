import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { asUserError } from '../../storage/fileSystemError';
import { writeWholeFolder } from '../../storage/wholeFolder';
import { writeJson } from '../../storage/writeJson';
import { ENSEMBLE_FILE } from '../ensembleFile';
import { ModelError } from '../errors';
import { withKerasNames } from '../kerasNames';
import { readLayersFolder } from '../layersFolder';
import { isLineCard } from '../lineCard';
import { readAnyCard, readModelFolder, writeCard, writeLayers } from '../modelFolder';
import type { WholeLineModel, WholeModel } from '../modelStore';
import { decodeWeights } from '../weights';
import { exportedGraph } from './exportedGraph';
import { kerasFile } from './keras/kerasFile';
import { ENDINGS, type ModelExportFormat } from './formats';
import { onnxFile } from './onnx/onnxFile';

/**
 * Writes a model for other programs: to a new folder `model.json` and `weights.bin` as `tf.loadLayersModel` reads them,
 * with the card beside them, from which an import knows what the model reads, or to a new file of Keras or ONNX with the names of the classes in it. Of an ensemble each
 * member gets a folder or a file in a new folder.
 *
 * @throws ModelError where something is there already or cannot be written, the format cannot hold a layer, or the
 * model is damaged
 */
export async function exportModel(
  model: WholeModel | WholeLineModel,
  format: ModelExportFormat,
  out: string,
): Promise<void> {
  const place = path.resolve(out);
  const fail = (sentence: string, cause?: unknown) => new ModelError(sentence, { cause });
  if (ENDINGS[format] !== undefined && !model.ensemble) return writeOne(model.folder, format, place);
  await writeWholeFolder(place, (temporary) => writeAll(model, format, temporary), fail);
}

async function writeAll(
  { folder, card, ensemble }: WholeModel | WholeLineModel,
  format: ModelExportFormat,
  out: string,
): Promise<void> {
  if (!ensemble || !card) return writeOne(folder, format, out);
  for (const member of ensemble.members) {
    const place = path.join(out, member + (ENDINGS[format] ?? ''));
    await mkdir(ENDINGS[format] === undefined ? place : path.dirname(place), { recursive: true });
    await writeOne(path.join(folder, member), format, place);
  }
  await writeJson(path.join(out, ENSEMBLE_FILE), ensemble);
  await writeCard(out, card);
}

async function writeOne(folder: string, format: ModelExportFormat, out: string): Promise<void> {
  if (format === 'tfjs' || format === 'keras') return writeFolder(folder, format, out);
  const anyCard = await readAnyCard(folder);
  if (isLineCard(anyCard)) {
    const name = format === 'onnx' ? 'An ONNX' : 'A .keras';
    throw new ModelError(`${name} file cannot say how lines are read: export it as a TensorFlow.js folder.`);
  }
  const model = await readModelFolder(folder);
  const bytes =
    format === 'onnx'
      ? onnxFile(exportedGraph(model, 'ONNX'), model.card)
      : await kerasFile(exportedGraph(model, 'Keras'), model.card);
  await writeNewFile(out, bytes);
}

async function writeFolder(folder: string, format: 'tfjs' | 'keras', out: string): Promise<void> {
  const card = await readAnyCard(folder);
  const { modelTopology, weightSpecs, weightData } = await readLayersFolder(folder);
  const layers = { topology: modelTopology, weights: decodeWeights(weightSpecs, weightData) };
  const named = format === 'keras' ? withKerasNames(layers) : layers;
  if (!named) {
    throw new ModelError(
      `The layers of "${card.name}" have no names in Keras: export it as a TensorFlow.js folder.`,
    );
  }
  await writeLayers(out, named);
  await writeCard(out, card);
}

/** Writes a file that is whole or absent. @throws ModelError where there is one already */
async function writeNewFile(file: string, bytes: Uint8Array): Promise<void> {
  if (await stat(file).catch(() => undefined))
    throw new ModelError(`${file} is there already: name a file that is not.`);
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFileAtomic(file, Buffer.from(bytes));
  } catch (error) {
    throw asUserError(error, file);
  }
}
