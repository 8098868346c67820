import * as vscode from 'vscode';
import { ALPHABET_LABELS, CHARACTER_CHOICES, CUSTOM, requestAlphabet } from '../../base/alphabet';
import type { Manifest } from '../../datasets/store/manifest';
import { type Split, SPLIT_NAMES } from '../../base/split';
import { heldOutBy, type Learned } from '../../models/heldOut';
import type { Judging } from '../../protocol/pages/evaluation';
import { counted, percent } from '../../base/words';
import { samplesOf } from '../../datasets/store/manifest';
import { settings } from '../shell/settings';

/** Models are mostly evaluated on test, and never better than on what they learned from. */
const OFFERED: readonly Split[] = ['test', 'validation', 'train', 'all'];

const labelOf = (split: Split) => (split === 'all' ? 'All samples' : SPLIT_NAMES[split]);

/** What is asked about a split. */
interface SplitQuestion {
  title: string;
  placeHolder: string;
  /** The split that is offered first. */
  first: Split;
}

/** The split of a dataset that a model is to read; where there is only one it is not asked for. */
export async function pickSplit(
  manifest: Manifest,
  card: Learned,
  { title, placeHolder, first }: SplitQuestion,
): Promise<Split | undefined> {
  const stored = OFFERED.filter((split) => manifest.counts[split]);
  const items: (vscode.QuickPickItem & { split: Split })[] = stored.map((split) => ({
    split,
    label: labelOf(split),
    description: counted(samplesOf(manifest, split), 'sample'),
  }));
  const heldOut = heldOutBy(card, manifest);
  if (heldOut && !stored.includes('validation')) {
    const description = `the ${percent(heldOut.fraction, 0)} that the training held out`;
    items.push({ split: 'validation', label: labelOf('validation'), description });
  }
  if (stored.length > 1) {
    items.push({
      split: 'all',
      label: labelOf('all'),
      description: counted(samplesOf(manifest), 'sample'),
    });
  }
  if (items.length === 1) return items[0]?.split;
  items.sort((a, b) => Number(b.split === first) - Number(a.split === first));
  return (await vscode.window.showQuickPick(items, { title, placeHolder }))?.split;
}

/** Sets in which published figures tell upper from lower case, and 0 from O, or do not. */
const ALSO_MERGED = ['all', 'alphanumeric', 'letters'] as const;

/** What the model may answer, and what is told apart. */
export async function pickJudging(title: string): Promise<Judging | undefined> {
  const choices = CHARACTER_CHOICES.filter((choice) => choice !== CUSTOM || settings.customAlphabet !== '');
  const judgings = [
    ...choices.map((choice) => ({ choice, merged: false })),
    ...ALSO_MERGED.map((choice) => ({ choice, merged: true })),
  ];
  const items = judgings.map(({ choice, merged }) => ({
    label: ALPHABET_LABELS[choice],
    description: merged
      ? 'case, and 0 and O, taken as one'
      : choice === CUSTOM
        ? settings.customAlphabet
        : '',
    judging: { alphabet: requestAlphabet(choice, settings.customAlphabet), merged },
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: 'The characters that the model may give; the view changes this at any time',
    matchOnDescription: true,
  });
  return picked?.judging;
}
