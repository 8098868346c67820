import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { withLock } from '../storage/lock';
import { DatasetError } from './errors';
import { pickSamples } from './pick';
import type { Samples } from './samples';
import { SPLITS, type Split } from '../base/split';

const FILE = 'overlay.json';

const stepSchema = z.object({
  split: z.enum(SPLITS),
  /** Samples by their place in the stored split. */
  indices: z.array(z.number().int().min(0)).min(1),
  /** What is done to them: another class, left out, or as they were. */
  change: z.union([
    z.object({ label: z.string().min(1) }),
    z.object({ exclude: z.literal(true) }),
    z.object({ restore: z.literal(true) }),
  ]),
});

const keptSchema = stepSchema.pick({ split: true, indices: true });

const overlaySchema = z.object({
  version: z.literal(1),
  steps: z.array(stepSchema),
  /** Beside the steps, so that a Scrawl that does not know it reads them all the same. */
  kept: z.array(keptSchema).optional(),
});

/** One change to some samples, which undo takes back as one. */
export type OverlayStep = z.infer<typeof stepSchema>;

/** Samples whose labels, as they are stored, the user found right. */
export type KeptLabels = z.infer<typeof keptSchema>;

/** What is made, and taken back, as one. */
export interface OverlayChange {
  readonly steps: readonly OverlayStep[];
  readonly kept?: readonly KeptLabels[] | undefined;
}

/** What a user changed in a dataset, in order; the data themselves stay as they are. */
export type Overlay = z.infer<typeof overlaySchema>;

/** What is changed in one sample. */
export interface SampleChange {
  readonly label?: string | undefined;
  readonly excluded: boolean;
}

export const NO_OVERLAY: Overlay = { version: 1, steps: [] };

/**
 * Reads the changes beside a stored dataset; none where there is no file.
 *
 * @param folder of the dataset
 * @throws DatasetError where the file is damaged
 */
export async function readOverlay(folder: string): Promise<Overlay> {
  const file = path.join(folder, FILE);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return NO_OVERLAY;
    throw new DatasetError(`${file} cannot be read: check its permissions.`, { cause: error });
  }
  try {
    return overlaySchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new DatasetError(`${file} is damaged: remove it to have the samples as they were.`, { cause });
  }
}

/**
 * Adds a change. Other windows may do so at the same time.
 *
 * @throws DatasetError where the file is damaged or cannot be written
 */
export function changeSamples(folder: string, step: OverlayStep): Promise<Overlay> {
  return changeOverlay(folder, { steps: [step] });
}

/** As `changeSamples`, for steps and kept labels that belong together. */
export function changeOverlay(folder: string, { steps, kept = [] }: OverlayChange): Promise<Overlay> {
  const change = { steps: z.array(stepSchema).parse(steps), kept: z.array(keptSchema).parse(kept) };
  return update(folder, (before) => withChange(before, change));
}

/** Takes a change back, whatever was changed since, and by whom. */
export function takeBack(folder: string, change: OverlayChange): Promise<Overlay> {
  return update(folder, (before) => withoutChange(before, change));
}

/** What an overlay says behind a change. */
export function withChange(before: Overlay, { steps, kept = [] }: OverlayChange): Overlay {
  return overlayOf([...before.steps, ...steps], [...(before.kept ?? []), ...kept]);
}

/** What an overlay says without a change. */
export function withoutChange(before: Overlay, { steps, kept = [] }: OverlayChange): Overlay {
  return overlayOf(withoutLast(before.steps, steps), withoutLast(before.kept ?? [], kept));
}

/** A list without the last of those that are equal to each of some. */
function withoutLast<T>(list: readonly T[], taken: readonly T[]): T[] {
  const left = [...list];
  for (const each of taken) {
    const at = left.findLastIndex((other) => isDeepStrictEqual(other, each));
    if (at >= 0) left.splice(at, 1);
  }
  return left;
}

/** Forgets what was said of a sample that the data hold no longer; those behind it have moved up. */
export function forgetSample(folder: string, split: Split, gone: number): Promise<Overlay> {
  const moved = <T extends KeptLabels>(list: readonly T[]): T[] =>
    list
      .map((each) => (each.split === split ? { ...each, indices: without(each.indices, gone) } : each))
      .filter(({ indices }) => indices.length > 0);
  return update(folder, ({ steps, kept = [] }) => overlayOf(moved(steps), moved(kept)));
}

function without(indices: readonly number[], gone: number): number[] {
  return indices.filter((index) => index !== gone).map((index) => (index > gone ? index - 1 : index));
}

function overlayOf(steps: readonly OverlayStep[], kept: readonly KeptLabels[]): Overlay {
  return { version: 1, steps: [...steps], ...(kept.length > 0 && { kept: [...kept] }) };
}

async function update(folder: string, change: (before: Overlay) => Overlay): Promise<Overlay> {
  return withLock(path.join(folder, `${FILE}.lock`), {}, async () => {
    const overlay = change(await readOverlay(folder));
    await writeFileAtomic(path.join(folder, FILE), `${JSON.stringify(overlay)}\n`);
    return overlay;
  });
}

/** The places in a split whose labels the user found right. */
export function keptOf({ kept = [] }: Overlay, split: Split): Set<number> {
  return new Set(kept.filter((each) => each.split === split).flatMap(({ indices }) => indices));
}

/** What is changed in a split, by the place of the sample. */
export function changesOf({ steps }: Overlay, split: Split): Map<number, SampleChange> {
  const changes = new Map<number, SampleChange>();
  for (const { split: of, indices, change } of steps) {
    if (of !== split) continue;
    for (const index of indices) {
      const before = changes.get(index) ?? { excluded: false };
      if ('restore' in change) changes.delete(index);
      else if ('exclude' in change) changes.set(index, { ...before, excluded: true });
      else changes.set(index, { label: change.label, excluded: false });
    }
  }
  return changes;
}

/** The classes of a dataset, and behind them the texts that the user gave its ink, which need not be of a class yet. */
export function withNewTexts(
  { kind, classes, covers }: { kind: Samples['kind']; classes: readonly string[]; covers: readonly string[] },
  overlay: Overlay,
): { classes: string[]; covers: string[] } {
  const known = new Set(classes);
  const given = SPLITS.flatMap((split) => [...changesOf(overlay, split).values()]);
  const texts = given.flatMap(({ label }) => (label === undefined || known.has(label) ? [] : [label]));
  const added = kind === 'ink' ? [...new Set(texts)] : [];
  return { classes: [...classes, ...added], covers: [...covers, ...added] };
}

/**
 * Samples with their changes: relabeled ones have their new class, excluded ones are gone. What is said of samples or
 * classes that are not there is passed over. Without changes the samples are the same object.
 *
 * @param changes by the samples' place in what is given
 */
export function applyChanges(
  samples: Samples,
  changes: ReadonlyMap<number, SampleChange>,
  classes: readonly string[],
): Samples {
  if (changes.size === 0) return samples;
  // what was read may lie in memory that others see too
  const labels = Uint16Array.from(samples.labels);
  const excluded = relabel(labels, changes, classes);
  if (excluded.size === 0) return { ...samples, labels };
  const kept = Array.from(labels.keys()).filter((index) => !excluded.has(index));
  return pickSamples({ ...samples, labels }, kept);
}

/** Makes changes to labels in place, and gives the places of the samples that are excluded. */
export function relabel(
  labels: Uint16Array,
  changes: ReadonlyMap<number, SampleChange>,
  classes: readonly string[],
): Set<number> {
  const left = new Set<number>();
  for (const [index, { label, excluded }] of changes) {
    if (index >= labels.length) continue;
    const position = label === undefined ? -1 : classes.indexOf(label);
    if (position >= 0) labels[index] = position;
    if (excluded) left.add(index);
  }
  return left;
}
