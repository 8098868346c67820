import { model, type LayersModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';

/** The network up to what its last layer with weights takes: the features by which it tells the classes apart. */
export function embeddingLayers(layers: LayersModel): LayersModel {
  const deciding = layers.layers.filter(({ weights }) => weights.length > 0).at(-1) ?? layers.layers.at(-1);
  return model({ inputs: layers.inputs, outputs: deciding?.input as SymbolicTensor });
}
