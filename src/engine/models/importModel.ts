import type { LayersModel } from '@tensorflow/tfjs-layers';
import path from 'node:path';
import { PICTURE_SIZE, rasterize } from '../../ink/rasterize';
import type { Card } from '../../models/card';
import { ModelError } from '../../models/errors';
import { readForeignModel } from '../../models/foreign/foreignModel';
import { withModel } from '../../models/foreign/location';
import { standardModel } from '../../models/foreign/standardModel';
import type { StoredLayers } from '../../models/layersFolder';
import { checkModelName } from '../../models/modelName';
import type { ModelStore, WholeModel } from '../../models/modelStore';
import { checkWeightsFirst } from './dryBuild';
import { checkKinds, checkWork, failingLayer } from './foreignLayers';
import { makeLayers, NetworkModel, saveModel } from './layersModel';

/** Side of the smallest and of the largest picture that a model may take. */
const SMALLEST = 8;
const LARGEST = 512;
/** How far the probabilities of one answer may be from a sum of 1. */
const TOLERANCE = 1e-3;

/**
 * Takes a model that another program made into the store, once it has recognized something.
 *
 * @param location a file of Keras or ONNX, a TensorFlow.js layers model's description beside its weights, a folder with
 * one of these, or a zip archive with one
 * @param classes what the outputs stand for, in their order
 * @throws ModelError that says what is wrong with the model, its input or its classes
 */
export async function importModel(
  store: ModelStore,
  location: string,
  { name, classes }: { name: string; classes: readonly string[] },
): Promise<WholeModel> {
  checkModelName(name);
  const layers = await makeForeign(standardModel(await withModel(location, readForeignModel)), location);
  try {
    checkWork(layers, location);
    const [height, width] = inputOf(layers);
    checkOutput(layers, classes);
    const card = importedCard(name, location, classes, [height, width], layers);
    await tryOut(new NetworkModel(card, layers));
    return await store.add(name, (target, free) =>
      saveModel(target, { card: { ...card, name: free }, layers }),
    );
  } finally {
    layers.dispose();
  }
}

async function makeForeign(stored: StoredLayers, location: string): Promise<LayersModel> {
  checkKinds(stored.modelTopology, location);
  await checkWeightsFirst(stored, location);
  return makeLayers(stored).catch((cause: unknown) => {
    throw new ModelError(
      `The layers in ${location} cannot be built (${firstLine(cause)}): leave that out, and export the model again.`,
      { cause },
    );
  });
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return (text.split('\n')[0] ?? '').replace(/[.:\s]+$/, '').slice(0, 200);
}

/** @throws ModelError where the input is no gray picture */
function inputOf({ inputs }: LayersModel): [height: number, width: number] {
  const shape = inputs[0]?.shape ?? [];
  const [, height, width, channels] = shape;
  const isSide = (side: number | null | undefined): side is number =>
    typeof side === 'number' && side >= SMALLEST && side <= LARGEST;
  if (inputs.length !== 1 || shape.length !== 4 || !isSide(height) || !isSide(width) || channels !== 1) {
    const taken = inputs.map((input) => input.shape.slice(1).join('x')).join(' and ');
    throw new ModelError(
      `The model takes ${taken} and not one gray picture, as 28x28x1 is: choose another model.`,
    );
  }
  return [height, width];
}

function checkOutput({ outputs }: LayersModel, classes: readonly string[]): void {
  const [first] = outputs;
  const given = first?.shape[1];
  if (!first || outputs.length !== 1 || first.shape.length !== 2 || typeof given !== 'number') {
    throw new ModelError('The model does not give one number a class: choose another model.');
  }
  if (given !== classes.length) {
    throw new ModelError(
      `The model gives ${String(given)} classes and ${String(classes.length)} are named: name them all, in its order.`,
    );
  }
}

function importedCard(
  name: string,
  location: string,
  classes: readonly string[],
  [height, width]: [number, number],
  layers: LayersModel,
): Card {
  return {
    name,
    description: `Imported from "${path.basename(path.resolve(location))}".`,
    classes: [...classes],
    preprocessing: { kind: 'emnist', height, width },
    parameters: layers.countParams(),
    data: [],
    training: { settings: {}, history: [] },
    metrics: [],
    backend: 'unknown',
  };
}

/** A first recognition, of a slanted stroke. @throws ModelError where the answer is no probabilities */
async function tryOut(model: NetworkModel): Promise<void> {
  const pixels = rasterize([
    [
      [0, 9],
      [4, 0],
    ],
  ]);
  const batch = { pixels, count: 1, height: PICTURE_SIZE, width: PICTURE_SIZE };
  const answer = await model.probabilities(batch).catch((cause: unknown) => {
    const layer = failingLayer(model.layers);
    throw new ModelError(
      `The layer ${layer ?? 'at the end'} fails at a picture (${firstLine(cause)}): leave it out, and export the model again.`,
      { cause },
    );
  });
  const sum = answer.reduce((all, each) => all + each, 0);
  if (answer.every((each) => each >= 0 && each <= 1 + TOLERANCE) && Math.abs(sum - 1) <= TOLERANCE) return;
  throw new ModelError('The model does not give probabilities: end it with a softmax layer.');
}
