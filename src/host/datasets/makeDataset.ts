import * as vscode from 'vscode';
import { groupBy } from '../../base/groupBy';
import type { Split } from '../../base/split';
import { counted } from '../../base/words';
import { deriveDataset, type Share } from '../../datasets/derive';
import { LONGEST_NAME, type Manifest, samplesOf } from '../../datasets/store/manifest';
import type { StoredPlace } from '../samples/placedPictures';
import { longWork } from '../shell/longWork';
import { Command } from '../shell/names';
import { askName } from './import';
import type { DatasetLibrary } from './library';

/** Samples of a dataset that another is to be made of. */
export interface SamplesToTake {
  readonly dataset: Pick<Manifest, 'id' | 'name' | 'checksum'>;
  readonly samples: readonly StoredPlace[];
  /** What they are, in words: a proposed name, and part of where the new dataset says that it comes from. */
  readonly what: string;
  /** Folder of the model that has read them. */
  readonly model: string;
  readonly modelName: string;
}

const TITLE = 'Make Dataset';

/** Makes a dataset of samples that the user chose, and offers to train on it. */
export async function makeDataset(library: DatasetLibrary, taken: SamplesToTake): Promise<void> {
  const { dataset, samples, what, modelName } = taken;
  const proposed = `${what} of ${dataset.name}`;
  const name = await askName(
    `${TITLE} of ${counted(samples.length, 'Sample')}`,
    proposed.slice(0, LONGEST_NAME),
  );
  if (name === undefined) return;
  const bySplit = groupBy(samples, ({ split }) => split);
  const shares = [...bySplit].map(([from, own]): Share => ({
    ...{ target: 'all', from },
    places: own.map(({ index }) => index),
  }));
  const splits = [...bySplit.keys()];
  const source = `${dataset.name} (${splits.join(' and ')}): ${what}, as read by ${modelName}`;
  const manifest = await longWork(`Making ${name}`, (report, signal) =>
    deriveDataset(
      dataset.id,
      shares,
      {
        ...{ name, source, signal, checksum: dataset.checksum },
        onProgress: ({ done, total }) => report(counted(done, 'sample'), done / total),
      },
      library.store,
    ),
  );
  library.refresh();
  if (manifest) offerToTrain(manifest, splits, taken);
}

function offerToTrain(
  manifest: Manifest,
  splits: readonly Split[],
  { dataset, samples, model }: SamplesToTake,
): void {
  const count = samplesOf(manifest);
  const left = samples.length - count;
  const sentences = [
    `${manifest.name} is ready: ${counted(count, 'sample')}${left > 0 ? `, without ${String(left)} that ${left === 1 ? 'is' : 'are'} excluded` : ''}.`,
    ...(splits.includes('test')
      ? [
          `They are of the test split of ${dataset.name}: a model that learns them cannot be judged by it any more.`,
        ]
      : []),
  ];
  const [goOn, train, browse] = ['Continue Training…', 'Train…', 'Browse'];
  // nobody waits for a notification to be answered
  void vscode.window.showInformationMessage(sentences.join(' '), goOn, train, browse).then((answer) => {
    const { id } = manifest;
    if (answer === goOn) {
      void vscode.commands.executeCommand(Command.continueTraining, { model: { id: model }, dataset: id });
    } else if (answer === train) void vscode.commands.executeCommand(Command.trainModel, { dataset: id });
    else if (answer === browse) void vscode.commands.executeCommand(Command.browseDataset, id);
  });
}
