import { type Command, Option } from 'commander';
import { BACKEND_CHOICES, type BackendChoice } from '../base/backendChoice';
import { percent } from '../base/words';
import type { Manifest } from '../datasets/store/manifest';
import { keptOf, type Overlay, readOverlay } from '../datasets/overlay';
import { SPLITS, type Split, trainSplitOf } from '../base/split';
import type { DatasetStore } from '../datasets/store/datasetStore';
import { changesIn, storedPlace } from '../datasets/store/storedSplit';
import { labelIssues } from '../engine/evaluation/labelIssues';
import type { LabelIssues, Learning } from '../protocol/engine/evaluation';
import { interruptible } from './interruptible';
import { modelFolder } from './modelReference';
import { numberBetween } from './numbers';
import { print, say } from './output';
import { tenths } from './tenths';
import { usingBackend } from './usingBackend';

const MOST_LABELS = 100_000;

interface Options {
  model: string;
  split?: Split;
  top: number;
  backend: BackendChoice;
  json?: boolean;
}

const LEARNING: Record<Learning, string | undefined> = {
  learned:
    'the model has learned from these samples and sides with their labels: a model that has not finds more',
  unseen: undefined,
  unnamed: 'the card of the model does not name this dataset: one that has learned from it finds fewer',
};

/** `datasets suspects`. */
export function addSuspectsCommand(datasets: Command, store: () => DatasetStore): void {
  datasets
    .command('suspects')
    .description('labels that a model speaks against and nobody has decided on, the most suspicious first')
    .argument('<id>', 'as "datasets list" names it')
    .requiredOption('--model <id|folder|bundled>', 'the model that judges')
    .addOption(
      new Option('--split <split>', 'which samples (train where the dataset has one, else all)').choices([
        ...SPLITS,
      ]),
    )
    .option('--top <count>', 'how many to print', numberBetween(1, MOST_LABELS, true), 20)
    .addOption(new Option('--backend <name>', 'what computes').choices([...BACKEND_CHOICES]).default('auto'))
    .option('--json', 'print one JSON object a line')
    .action(async (id: string, options: Options) => {
      await interruptible((signal) => run(id, options, store(), signal), 'Stopped: nothing is written.');
    });
}

async function run(
  id: string,
  { model, split, top, backend, json = false }: Options,
  store: DatasetStore,
  signal: AbortSignal,
): Promise<void> {
  const { home } = store;
  const { officialSplits } = await store.open(id);
  const task = {
    ...{ home, dataset: id, model: await modelFolder(model, home) },
    split: split ?? trainSplitOf(officialSplits),
  };
  const events = { signal, onProgress: tenths(say) };
  const found = await labelIssues(usingBackend(backend, home), task, MOST_LABELS, events);
  const warning = LEARNING[found.learning];
  if (warning !== undefined) say(warning);
  const manifest = (await store.find(id))?.manifest;
  if (!manifest) return;
  const suspects = open(found, manifest, await readOverlay(store.folder(id)));
  if (!json) {
    const decided = found.issues.length - suspects.length;
    print(
      `${id}, ${found.split}: ${String(found.total)} of ${String(found.samples)} labels are suspicious, ${String(decided)} of them decided`,
    );
  }
  for (const suspect of suspects.slice(0, top)) print(json ? JSON.stringify(suspect) : line(suspect));
}

/** The suspicious labels that nobody has decided on, as they are printed. */
function open({ issues, of, classes }: LabelIssues, manifest: Manifest, overlay: Overlay) {
  const changes = changesIn(manifest, of, overlay);
  const kept = new Map(SPLITS.map((split) => [split, keptOf(overlay, split)]));
  return issues.flatMap(({ place, given, suggested, ...rest }) => {
    const at = storedPlace(manifest, of, place);
    if (!at || changes.has(place) || kept.get(at.split)?.has(at.index)) return [];
    return [{ ...at, given: classes[given] ?? '', suggested: classes[suggested] ?? '', ...rest }];
  });
}

function line({
  split,
  index,
  given,
  suggested,
  margin,
  probability,
  suggestedProbability,
}: ReturnType<typeof open>[number]): string {
  const shown = (share: number) => percent(share, 1).padStart(6);
  return `${split} ${String(index)}  ${given} ${shown(probability)}  suggested ${suggested} ${shown(suggestedProbability)}  margin ${margin.toFixed(3)}`;
}
