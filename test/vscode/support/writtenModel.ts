import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** A TensorFlow.js folder, written by hand, of a model that always gives the same class. */
export async function writeModel(folder: string, classes: readonly string[], always: number): Promise<void> {
  const units = classes.length;
  const layer = (name: string, config: object) => ({ class_name: name, config });
  const modelTopology = {
    class_name: 'Sequential',
    config: {
      name: 'sequential',
      layers: [
        layer('Flatten', { name: 'flatten', batch_input_shape: [null, 28, 28, 1] }),
        layer('Dense', { name: 'dense', units, activation: 'softmax', use_bias: true }),
      ],
    },
    keras_version: '2.15.0',
    backend: 'tensorflow',
  };
  const weights = [
    { name: 'dense/kernel', shape: [784, units], dtype: 'float32' },
    { name: 'dense/bias', shape: [units], dtype: 'float32' },
  ];
  const values = new Float32Array(785 * units);
  values[784 * units + always] = 9;
  await mkdir(folder);
  await writeFile(path.join(folder, 'shard1.bin'), values);
  const weightsManifest = [{ paths: ['shard1.bin'], weights }];
  await writeFile(path.join(folder, 'model.json'), JSON.stringify({ modelTopology, weightsManifest }));
  await writeFile(path.join(folder, 'classes.txt'), classes.join('\n'));
}
