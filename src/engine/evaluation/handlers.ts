import { EmbeddingsFile } from '../../evaluations/embeddingsFile';
import { ModelError } from '../../models/errors';
import * as calls from '../../protocol/engine/evaluation';
import type { Picture } from '../../protocol/ink';
import type { Params, Result } from '../../protocol/rpc';
import { type Handler, on } from '../../protocol/serve';
import type { LoadedModel } from '../models/loadedModel';
import type { ModelCache } from '../models/modelCache';
import type { LineModel } from '../recognition/lineModel';
import { judged, judgmentOf } from './judged';
import { judgeLines } from './judgedLines';
import { labelIssues } from './labelIssues';
import { lineDecoding } from './lineDecoding';
import { nearest } from './nearest';
import { occlusion } from './occlusion';
import type { WorkEvents } from './predict';
import { calmly } from './progress';
import { embedStored } from './storedEmbeddings';
import { evaluateStored } from './storedEvaluation';
import { evaluateLinesStored } from './storedLineEvaluation';
import { writeLineReport } from './writeLineReport';
import { writeReport } from './writeReport';

/**
 * What evaluates models and looks into them.
 *
 * @param languageFolder of the character models that ship with Scrawl
 */
export function evaluationHandlers(
  models: ModelCache<LoadedModel>,
  lineModels: ModelCache<LineModel>,
  languageFolder: string,
): Handler[] {
  const readAs = async ({ language, ...task }: Params<typeof calls.evaluateLines>, events: WorkEvents) => {
    const decoding = await lineDecoding(languageFolder, { language });
    return evaluateLinesStored(lineModels, { ...task, decoding }, events);
  };
  return [
    on(calls.evaluate, async (params, { signal, progress }) => {
      const evaluated = await evaluateStored(models, params, { signal, onProgress: calmly(progress) });
      // by the labels as they are now there may be nothing left
      judgmentOf(evaluated, params);
      const { file, problem, stored, source } = evaluated;
      return { file, problem, stored, split: source.split };
    }),
    on(calls.evaluateLines, async (params, { signal, progress }) => {
      const events = { signal, onProgress: calmly(progress) };
      const { file, problem, stored, source } = await readAs(params, events);
      return { file, problem, stored, split: source.split };
    }),
    on(calls.writeReport, async ({ file, format, compare, ...params }, { signal, progress }) => {
      const events = { signal, onProgress: calmly(progress) };
      const judge = async (model: string) =>
        judged(await evaluateStored(models, { ...params, model }, events), params);
      const shown = await judge(params.model);
      await writeReport(file, format, shown, compare === undefined ? undefined : await judge(compare));
      return null;
    }),
    on(calls.writeLineReport, async ({ file, format, compare, ...params }, { signal, progress }) => {
      const events = { signal, onProgress: calmly(progress) };
      const shown = judgeLines(await readAs(params, events));
      const other =
        compare && judgeLines(await readAs({ ...params, language: undefined, ...compare }, events));
      await writeLineReport(file, format, shown, other);
      return null;
    }),
    on(calls.findLabelIssues, ({ most, ...task }, { signal, progress }) =>
      labelIssues(models, task, most, { signal, onProgress: calmly(progress) }),
    ),
    on(calls.embedSplit, async (params, { signal, progress }) => {
      const file = await embedStored(models, params, { signal, onProgress: calmly(progress) });
      const embeddings = await EmbeddingsFile.open(file);
      const { samples, width } = embeddings.header;
      await embeddings.close();
      return { file, samples, width };
    }),
    on(calls.findNearest, (params, { signal, progress }) =>
      findNearest(models, params, { signal, onProgress: calmly(progress) }),
    ),
    on(calls.occlude, async (params) => {
      const picture = pictureIn(params.picture);
      const { drops, probability } = await models.use(params.model, (loaded) =>
        occlusion(loaded, picture, params.class),
      );
      return { width: picture.width, height: picture.height, drops: [...drops], probability };
    }),
  ];
}

async function findNearest(
  models: ModelCache<LoadedModel>,
  params: Params<typeof calls.findNearest>,
  events: WorkEvents,
): Promise<Result<typeof calls.findNearest>> {
  const { model, count, except } = params;
  const path = await embedStored(models, params, events);
  const picture = pictureIn(params.picture);
  const { values } = await models.use(model, (loaded) => loaded.embeddings({ ...picture, count: 1 }));
  const file = await EmbeddingsFile.open(path);
  try {
    const found = await nearest(file, values, count, { except, signal: events.signal });
    const { classes, of, samples } = file.header;
    const neighbors = found.map(({ row, distance }) => ({
      place: file.places[row] ?? 0,
      label: classes[file.labels[row] ?? 0] ?? '',
      distance,
    }));
    return { neighbors, of, samples };
  } finally {
    await file.close();
  }
}

/** Pictures of datasets are far smaller. */
const MOST_SIDE = 512;

function pictureIn({ width, height, pixels }: Picture) {
  if (pixels.length !== width * height || Math.max(width, height) > MOST_SIDE) {
    throw new ModelError('The picture is not as large as it says: open the sample again.');
  }
  return { width, height, pixels: Uint8Array.from(pixels) };
}
