import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { writeWholeFolder } from '../storage/wholeFolder';
import { ENSEMBLE_FILE } from './ensembleFile';
import { ModelError } from './errors';
import { withKerasNames } from './kerasNames';
import { readLayersFolder } from './layersFolder';
import { readAnyCard, writeCard, writeLayers } from './modelFolder';
import type { WholeLineModel, WholeModel } from './modelStore';
import { decodeWeights } from './weights';

/** Both are TensorFlow.js folders of full precision; `keras` has the names that Keras gives to layers and weights. */
export const MODEL_EXPORT_FORMATS = ['tfjs', 'keras'] as const;
export type ModelExportFormat = (typeof MODEL_EXPORT_FORMATS)[number];

/**
 * Writes a model to a new folder for other programs: `model.json` and `weights.bin` as `tf.loadLayersModel` reads
 * them, with the card beside them, from which an import knows what the model reads and its
 * classes. Of an ensemble each member gets a folder.
 *
 * @throws ModelError where the folder is there already or cannot be written, or the model is damaged
 */
export async function exportModel(
  model: WholeModel | WholeLineModel,
  format: ModelExportFormat,
  out: string,
): Promise<void> {
  const folder = path.resolve(out);
  await writeWholeFolder(
    folder,
    (temporary) => writeAll(model, format, temporary),
    (sentence, cause) => new ModelError(sentence, { cause }),
  );
}

async function writeAll(
  { folder, card, ensemble }: WholeModel | WholeLineModel,
  format: ModelExportFormat,
  out: string,
): Promise<void> {
  if (!ensemble || !card) return writeOne(folder, format, out);
  for (const member of ensemble.members) {
    await mkdir(path.join(out, member), { recursive: true });
    await writeOne(path.join(folder, member), format, path.join(out, member));
  }
  await writeFile(path.join(out, ENSEMBLE_FILE), `${JSON.stringify(ensemble, null, 2)}\n`);
  await writeCard(out, card);
}

async function writeOne(folder: string, format: ModelExportFormat, out: string): Promise<void> {
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
