import * as vscode from 'vscode';
import { UserError } from '../../base/userError';
import { MY_HANDWRITING } from '../../datasets/store/myHandwriting';
import { MY_LINES } from '../../datasets/store/myLines';
import type { WholeLineModel, WholeModel } from '../../models/modelStore';
import {
  LEAST_LINES,
  LEAST_SAMPLES,
  personalize,
  personalizeLines,
  type PersonalizePhase,
} from '../../protocol/engine/personal';
import type { Engine } from '../engine/engine';
import type { ModelLibrary } from '../models/library';
import type { ModelsInUse } from '../models/modelsInUse';
import { anyWholeModelFor, type ModelArgument } from '../models/pickModel';
import { longWork } from '../shell/longWork';
import { lineSummaryOf, phaseWord, summaryOf } from './words';

export interface PersonalizeParts {
  readonly models: ModelLibrary;
  readonly inUse: ModelsInUse;
  readonly engine: Pick<Engine, 'callApart'>;
  /** How many samples a dataset holds. */
  readonly countSamples: (dataset: string) => Promise<number>;
}

/** What became of teaching a model, in words, and the new model, where there is one. */
interface Taught {
  readonly summary: string;
  readonly made?: { readonly id: string; readonly readsLines: boolean };
}

const USE = 'Use on Pad';

/**
 * Makes new models that know the user's hand better: of the row of the tree that it was called with, or of those in use,
 * the one of characters and the one of lines, as far as the user kept enough.
 */
export async function personalizeModel(parts: PersonalizeParts, argument: ModelArgument): Promise<void> {
  const models = argument === undefined ? await modelsToTeach(parts) : await named(parts, argument);
  if (models.length === 0) return;
  const title = `Personalizing ${models.map(({ name }) => name).join(' and ')}`;
  const all = await longWork(title, (report, signal) =>
    parts.models.change(async () => {
      const each: Taught[] = [];
      for (const [at, model] of models.entries()) {
        const told = (phase: PersonalizePhase, done: number) =>
          report(`${model.name}: ${phaseWord(phase)}`, (at + done) / models.length);
        each.push(await taught(parts, model, told, signal));
      }
      return each;
    }),
  );
  if (all) await offer(all, parts.inUse);
}

/** The models in use that there are enough samples for. */
async function modelsToTeach({
  inUse,
  countSamples,
}: PersonalizeParts): Promise<(WholeModel | WholeLineModel)[]> {
  const [characters, lines] = await Promise.all([countSamples(MY_HANDWRITING), countSamples(MY_LINES)]);
  const models = [
    ...(characters >= LEAST_SAMPLES ? [await inUse.characters.current()] : []),
    ...(lines >= LEAST_LINES ? [await inUse.lines.current()] : []),
  ];
  if (models.length > 0) return models;
  throw new UserError(
    `There are ${characters} characters and ${lines} words and lines of your handwriting: ` +
      `keep at least ${LEAST_SAMPLES} characters or ${LEAST_LINES} words, or run "Scrawl: Practice…".`,
  );
}

async function named(
  { models }: PersonalizeParts,
  argument: ModelArgument,
): Promise<(WholeModel | WholeLineModel)[]> {
  const model = await anyWholeModelFor(models, argument, {
    title: 'Personalize Model',
    placeHolder: 'The model that learns your handwriting',
    suits: () => true,
    none: 'There is no model.',
  });
  return model ? [model] : [];
}

/** Teaches one model. That it cannot be taught is told with what became of the others. */
async function taught(
  parts: PersonalizeParts,
  model: WholeModel | WholeLineModel,
  told: (phase: PersonalizePhase, done: number) => void,
  signal: AbortSignal,
): Promise<Taught> {
  try {
    return await teach(parts, model, told, signal);
  } catch (error) {
    if (!(error instanceof UserError) || signal.aborted) throw error;
    return { summary: error.message };
  }
}

/** Teaches apart, so that the pad reads on meanwhile. */
async function teach(
  { models: { home, bundled }, engine }: PersonalizeParts,
  model: WholeModel | WholeLineModel,
  told: (phase: PersonalizePhase, done: number) => void,
  signal: AbortSignal,
): Promise<Taught> {
  const task = { home, bundled, model: model.folder, name: `${model.name}, my hand`.slice(0, 90) };
  const onProgress = ({ phase, done }: { phase: PersonalizePhase; done: number }) => told(phase, done);
  if (model.lines) {
    const params = { ...task, samples: MY_LINES };
    const result = await engine.callApart(personalizeLines, params, { signal, onProgress });
    return { summary: lineSummaryOf(result), made: { id: result.model, readsLines: true } };
  }
  const params = { ...task, samples: MY_HANDWRITING };
  const result = await engine.callApart(personalize, params, { signal, onProgress });
  return { summary: summaryOf(result), made: { id: result.model, readsLines: false } };
}

/** Says what became of all, and offers to read with what was made; throws UserError where nothing was. */
async function offer(all: readonly Taught[], inUse: ModelsInUse): Promise<void> {
  const said = all.map(({ summary }) => summary).join(' ');
  const made = all.flatMap((each) => each.made ?? []);
  if (made.length === 0) throw new UserError(said);
  if ((await vscode.window.showInformationMessage(said, USE)) !== USE) return;
  for (const { id, readsLines } of made) await (readsLines ? inUse.lines : inUse.characters).choose(id);
}
