import { DatasetError } from './errors';
import type { NewDataset, SplitStream } from './import/datasetWriter';
import type { Dataset, Samples, Split } from './samples';

/**
 * Several datasets of one kind as one to be stored: the classes of all, and each split of all together. Where only some
 * have splits, the samples of the others are for training.
 *
 * @throws DatasetError where pictures and ink, or pictures of different sizes, are to be mixed
 */
export async function mergeDatasets(
  datasets: readonly Dataset[],
  name: string,
): Promise<{ dataset: NewDataset; splits: SplitStream[] }> {
  const covers = new Map<string, string>();
  for (const dataset of datasets) {
    dataset.classes.forEach((label, index) => {
      const more = [...(covers.get(label) ?? ''), ...(dataset.covers[index] ?? label)];
      const own = dataset.covers[index] === label && [undefined, label].includes(covers.get(label));
      covers.set(label, own ? label : [...new Set(more)].join(''));
    });
  }
  const classes = [...covers.keys()].sort();
  const split = (datasetHas: readonly Split[]) =>
    datasets.some((each) => datasetHas.some((one) => each.officialSplits.some((own) => own === one)));
  const official = (['train', 'validation', 'test'] as const).filter((one) => split([one]));
  const plan = official.length === 0 ? (['all'] as const) : official;
  const first = await sampleOf(datasets[0]);
  const shape =
    first?.kind === 'images' ? { height: first.height, width: first.width } : { height: 28, width: 28 };
  const kind = first?.kind ?? 'images';
  return {
    dataset: {
      name,
      kind,
      source: datasets.map(({ id }) => id).join(' + '),
      ...shape,
      classes,
      covers: classes.map((label) => covers.get(label) ?? label),
      officialSplits: [...official],
    },
    splits: plan.map((one) => ({ split: one, batches: batches(datasets, one, classes, { kind, ...shape }) })),
  };
}

/** The smallest part of a dataset that shows what its samples are. */
async function sampleOf(dataset: Dataset | undefined): Promise<Samples | undefined> {
  const [part = 'all'] = [...(dataset?.officialSplits ?? [])].reverse();
  return dataset?.load(part);
}

async function* batches(
  datasets: readonly Dataset[],
  split: Split,
  classes: readonly string[],
  shape: { kind: Samples['kind']; height: number; width: number },
): AsyncGenerator<Samples> {
  for (const dataset of datasets) {
    const own = dataset.officialSplits.length === 0 && split === 'train' ? 'all' : split;
    if (own !== 'all' && !dataset.officialSplits.includes(own)) continue;
    const samples = await dataset.load(own);
    if (samples.kind !== shape.kind) {
      throw new DatasetError(
        'Ink and pictures cannot be one dataset: merge ink with ink, or pictures with pictures.',
      );
    }
    if (samples.kind === 'images' && (samples.height !== shape.height || samples.width !== shape.width)) {
      throw new DatasetError(`The pictures of ${dataset.id} have another size: merge pictures of one size.`);
    }
    const position = dataset.classes.map((label) => classes.indexOf(label));
    yield { ...samples, labels: samples.labels.map((label) => position[label] ?? 0) };
  }
}
