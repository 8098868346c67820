import { ModelError } from '../../models/errors';
import { readCard } from '../../models/modelFolder';
import { isWhole, isWholeLines, type WholeModel } from '../../models/modelStore';
import type { DatasetLibrary } from '../datasets/library';
import type { CurrentEvaluation } from './currentEvaluation';
import { evaluate } from './evaluate';
import type { Engine } from '../engine/engine';
import type { EvaluationSpec } from './evaluationSpec';
import type { LiveEvaluations } from './liveEvaluations';
import type { ModelLibrary } from '../models/library';
import { datasetFor } from '../datasets/pickDataset';
import { longWork } from '../shell/longWork';
import { type ModelArgument, modelArgument, modelFor, wholeModelFor } from '../models/pickModel';
import { evaluateLineModel } from './lines/evaluateLineModel';
import type { LineEvaluationTabs } from './lines/lineEvaluationTab';
import { pickJudging, pickSplit } from './pickEvaluated';

export interface EvaluateParts {
  library: DatasetLibrary;
  models: ModelLibrary;
  engine: Engine;
  current: CurrentEvaluation;
  evaluations: LiveEvaluations;
  /** The tabs of evaluations of models of lines. */
  lineTabs: LineEvaluationTabs;
  /** Shows the window's evaluation. */
  showEvaluation: () => Promise<void>;
}

const SUITS = {
  placeHolder: 'The data to evaluate on',
  suits: ({ state }: { state: string }) => state === 'ready',
  none: 'There is no dataset to evaluate on: run "Scrawl: Download Dataset…" or "Scrawl: Import Dataset…" first.',
};

/** Asks which model reads which samples, evaluates it unless that is stored, and shows the result. */
export async function evaluateModel(parts: EvaluateParts, argument: unknown): Promise<void> {
  const title = 'Evaluate Model';
  const model = await modelFor(parts.models, modelArgument(argument), {
    title,
    placeHolder: 'The model to evaluate',
    suits: (each) => isWhole(each) || isWholeLines(each),
    none: 'There is no model that can be read: train or import one first.',
  });
  if (!model) return;
  if (isWholeLines(model)) return evaluateLineModel(parts, model, title);
  if (!isWhole(model)) throw new ModelError(model.problem ?? `The model "${model.name}" is damaged.`);
  const spec = await evaluated(parts, title, model);
  if (spec) await show(parts, spec);
}

/** Asks for a second model, and shows how it differs from the one named, or the window's evaluated one, on the same samples. */
export async function compareModels(parts: EvaluateParts, argument?: unknown): Promise<void> {
  const title = 'Compare Models';
  const named = modelArgument(argument);
  const spec =
    named === undefined ? await currentOrEvaluated(parts, title) : await evaluatedFor(parts, title, named);
  if (!spec) return;
  const other = await wholeModelFor(parts.models, undefined, {
    title,
    placeHolder: `The model to compare with on ${spec.dataset}, ${spec.split}`,
    suits: ({ folder }) => folder !== spec.model,
    none: 'There is no other model: train or import one first.',
  });
  if (!other) return;
  await evaluateBoth(parts, spec, other.folder);
}

/** The window's evaluation, or one that is asked for; undefined where the user gave up. */
export async function currentOrEvaluated(
  parts: EvaluateParts,
  title: string,
): Promise<EvaluationSpec | undefined> {
  return parts.current.spec ?? evaluatedFor(parts, title, undefined);
}

/** An evaluation of a model, which is asked for unless it is named; undefined where the user gave up. */
async function evaluatedFor(
  parts: EvaluateParts,
  title: string,
  argument: ModelArgument,
): Promise<EvaluationSpec | undefined> {
  const model = await wholeModelFor(parts.models, argument, {
    title,
    placeHolder: 'The model to evaluate',
    suits: () => true,
    none: 'There is no model that can be read: train or import one first.',
  });
  return model && evaluated(parts, title, model);
}

async function evaluated(
  parts: EvaluateParts,
  title: string,
  model: WholeModel,
): Promise<EvaluationSpec | undefined> {
  const entry = await datasetFor(parts.library, undefined, { title, ...SUITS });
  if (!entry?.manifest) return undefined;
  const split = await pickSplit(entry.manifest, model.card, {
    title,
    placeHolder: 'The samples to evaluate on',
    first: 'test',
  });
  if (split === undefined) return undefined;
  const judging = await pickJudging(title);
  if (!judging) return undefined;
  return work(parts, { model: model.folder, dataset: entry.id, split, judging });
}

/** Evaluates what the window shows once more: its samples, or what lies in the model's place, are others by now. */
export async function evaluateAgain(parts: EvaluateParts): Promise<void> {
  const { spec } = parts.current;
  if (!spec || !(await isModel(spec.model))) return evaluateModel(parts, undefined);
  const { other } = spec;
  await evaluateBoth(parts, spec, other && (await isModel(other.model)) ? other.model : undefined);
}

function isModel(folder: string): Promise<boolean> {
  return readCard(folder).then(
    () => true,
    () => false,
  );
}

/** Evaluates a model, and another one on the same samples, unless what is stored of them is true; shows both. */
async function evaluateBoth(
  parts: EvaluateParts,
  spec: EvaluationSpec,
  second: string | undefined,
): Promise<void> {
  const first = await work(parts, spec);
  const other = first && second !== undefined && (await work(parts, { ...spec, model: second }));
  if (!first || other === undefined) return;
  await show(parts, { ...first, ...(other && { other: { file: other.file, model: other.model } }) });
}

function work(
  { engine, library }: EvaluateParts,
  { model, dataset, split, judging }: Pick<EvaluationSpec, 'model' | 'dataset' | 'split' | 'judging'>,
): Promise<EvaluationSpec | undefined> {
  const { home } = library.store;
  return longWork('Evaluating', (report, signal) =>
    evaluate(engine, { model, dataset, split, judging, home }, report, signal),
  );
}

async function show({ current, showEvaluation }: EvaluateParts, spec: EvaluationSpec): Promise<void> {
  current.show(spec);
  await showEvaluation();
}
