import path from 'node:path';
import type { InkSamples } from '../../src/datasets/samples';
import { DatasetStore } from '../../src/datasets/store/datasetStore';
import { saveModel } from '../../src/engine/models/layersModel';
import { buildLineModel } from '../../src/engine/training/lines/buildLineModel';
import { FEATURES } from '../../src/ink/lines/features';
import { STEP } from '../../src/ink/lines/resample';
import type { Ink } from '../../src/ink/ink';
import type { LineNetwork } from '../../src/networks/lineNetwork';

/** Texts of the lines of `storeLines`, in their order. */
export const LINE_TEXTS = ['let a = b;', 'cab', 'a b', 'cab'];

const NETWORK: LineNetwork = {
  name: 'tiny',
  input: [null, FEATURES],
  layers: [{ type: 'conv1d', filters: 6, kernelSize: 5, strides: 4, padding: 'same', activation: 'relu' }],
};

/** Who wrote each; one is unknown. */
export const LINE_WRITERS = ['Ann', 'Bob', undefined, 'Bob'];

/** A stored dataset of lines, each a wave as long as its text. */
export async function storeLines(home: string, id = 'lines'): Promise<DatasetStore> {
  const store = new DatasetStore(home);
  const classes = [...new Set(LINE_TEXTS)].sort();
  async function* all(): AsyncGenerator<InkSamples> {
    yield await Promise.resolve({
      kind: 'ink',
      inks: LINE_TEXTS.map(waveOf),
      penWidths: LINE_TEXTS.map(() => undefined),
      writers: LINE_WRITERS,
      labels: Uint16Array.from(LINE_TEXTS, (text) => classes.indexOf(text)),
    });
  }
  const about = { name: 'Lines', kind: 'ink' as const, source: 'here', height: 28, width: 28 };
  await store.write(id, { ...about, classes, covers: classes, officialSplits: [] }, [
    { split: 'all', batches: all() },
  ]);
  return store;
}

function waveOf(text: string): Ink {
  return [
    Array.from(
      { length: 12 * text.length },
      (_, i) => [3 * i, 50 + 40 * Math.sin(i / 3 + text.length)] as const,
    ),
  ];
}

/** The folder of a model of lines that has learned nothing. */
export async function storeLineModel(home: string, name = 'Tiny'): Promise<string> {
  const folder = path.join(home, 'models', name.toLowerCase());
  const classes = ['a', 'b', 'c'];
  const layers = buildLineModel(NETWORK, classes.length + 1, 1);
  const card = {
    ...{ name, kind: 'lines' as const, description: 'For a test.', classes },
    preprocessing: { kind: 'points' as const, step: STEP, features: FEATURES, stride: 4 },
    ...{ network: NETWORK, parameters: 1, data: [], training: { settings: {}, history: [] } },
    ...{ metrics: [], backend: 'wasm' },
  };
  await saveModel(folder, { card, layers }, 'float16');
  layers.dispose();
  return folder;
}
