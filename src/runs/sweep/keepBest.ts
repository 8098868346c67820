import { cp, rm } from 'node:fs/promises';
import { readAnyCard, writeCard } from '../../models/modelFolder';
import { isLineCard } from '../../models/lineCard';
import type { ModelStore } from '../../models/modelStore';
import { ranked } from './nextTrial';
import type { SweepFile } from './sweepFile';
import { trialModel, writeSweep } from './sweepStore';

/** Place of the best trial where it has a model that was not kept yet. */
export function toKeep({ trials, model, kept }: SweepFile): number | undefined {
  const [best] = ranked(trials);
  if (best === undefined || trials[best]?.state !== 'finished') return undefined;
  return model !== undefined && (kept ?? best) === best ? undefined : best;
}

/** Adds the best trial's model to the others, under the sweep's name, where it is trained and was not added yet. */
export async function keepBest(folder: string, sweep: SweepFile, models: ModelStore): Promise<void> {
  const best = toKeep(sweep);
  if (best === undefined) return;
  const from = trialModel(folder, best);
  const card = await readAnyCard(from);
  const write = async (to: string, name: string) => {
    await cp(from, to, { recursive: true });
    await writeCard(to, { ...card, name });
  };
  const { name } = sweep;
  const added = await (isLineCard(card) ? models.addLines(name, write) : models.add(name, write));
  Object.assign(sweep, { model: added.folder, kept: best });
  await writeSweep(folder, sweep);
  await rm(from, { recursive: true, force: true });
}
