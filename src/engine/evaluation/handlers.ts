import type { CancellationToken, RequestType } from 'vscode-jsonrpc';
import type { MessageConnection } from 'vscode-jsonrpc/node';
import type * as z from 'zod';
import { EmbeddingsFile } from '../../models/embeddingsFile';
import { ModelError } from '../../models/errors';
import {
  embeddingsParamsSchema,
  embeddingsRequest,
  evaluateParamsSchema,
  evaluateRequest,
  evaluationProgressNotification,
  evaluationReportParamsSchema,
  evaluationReportRequest,
  labelIssuesParamsSchema,
  labelIssuesRequest,
  nearestParamsSchema,
  nearestRequest,
  occlusionParamsSchema,
  occlusionRequest,
  type EmbeddingsParams,
  type EmbeddingsResult,
  type EvaluateParams,
  type EvaluateResult,
  type EvaluationReportParams,
  type LabelIssuesParams,
  type LabelIssuesResult,
  type NearestParams,
  type NearestResult,
  type OcclusionParams,
  type OcclusionResult,
} from '../../protocol/evaluation';
import type { Picture } from '../../protocol/ink';
import type { ModelCache } from '../models/modelCache';
import { judged, samplesPerSecond, type Judged } from './judged';
import { labelIssues } from './labelIssues';
import { nearest } from './nearest';
import { occlusion } from './occlusion';
import type { WorkEvents } from './predict';
import { calmly } from './progress';
import { embedStored } from './storedEmbeddings';
import { evaluateStored } from './storedEvaluation';
import { writeReport } from './writeReport';

/** Checks a request, lets it end when it is cancelled, and turns errors into what the host can show. */
export type Answer = <S extends z.ZodType, R>(
  schema: S,
  params: unknown,
  token: CancellationToken,
  work: (params: z.infer<S>, signal: AbortSignal) => Promise<R>,
) => Promise<R>;

/** Answers the requests of `protocol/evaluation`. */
export function answerEvaluation(connection: MessageConnection, models: ModelCache, answer: Answer): void {
  const work = new EvaluationWork(models, connection);
  const on = <P, R>(
    type: RequestType<P, R, void>,
    schema: z.ZodType<P>,
    handle: (params: P, signal: AbortSignal) => Promise<R>,
  ) => {
    connection.onRequest(type.method, (params: unknown, token: CancellationToken) =>
      answer(schema, params, token, handle),
    );
  };
  on(evaluateRequest, evaluateParamsSchema, (params, signal) => work.evaluate(params, signal));
  on(evaluationReportRequest, evaluationReportParamsSchema, (params, signal) => work.report(params, signal));
  on(labelIssuesRequest, labelIssuesParamsSchema, (params, signal) => work.labelIssues(params, signal));
  on(embeddingsRequest, embeddingsParamsSchema, (params, signal) => work.embeddings(params, signal));
  on(nearestRequest, nearestParamsSchema, (params, signal) => work.nearest(params, signal));
  on(occlusionRequest, occlusionParamsSchema, (params) => work.occlusion(params));
}

class EvaluationWork {
  constructor(
    private readonly models: ModelCache,
    private readonly connection: MessageConnection,
  ) {}

  async evaluate(params: EvaluateParams, signal: AbortSignal): Promise<EvaluateResult> {
    const { evaluated, figures } = await this.judge(params, signal);
    const { samples, leftOut, accuracy, interval, top3, loss, macro, weighted, calibration } = figures;
    return {
      file: evaluated.file,
      problem: evaluated.problem,
      stored: evaluated.stored,
      split: evaluated.source.split,
      summary: {
        ...{ samples, leftOut, accuracy, interval, top3, loss },
        macroF1: macro.f1,
        weightedF1: weighted.f1,
        calibrationError: calibration.error,
        samplesPerSecond: samplesPerSecond(evaluated),
      },
    };
  }

  async report(params: EvaluationReportParams, signal: AbortSignal): Promise<null> {
    const shown = await this.judge(params, signal);
    const { compare } = params;
    const other = compare === undefined ? undefined : await this.judge({ ...params, model: compare }, signal);
    await writeReport(params.file, params.format, shown, other);
    return null;
  }

  labelIssues({ most, ...task }: LabelIssuesParams, signal: AbortSignal): Promise<LabelIssuesResult> {
    return labelIssues(this.models, task, most, this.events(task.id, signal));
  }

  async embeddings(params: EmbeddingsParams, signal: AbortSignal): Promise<EmbeddingsResult> {
    const path = await embedStored(this.models, params, this.events(params.id, signal));
    const file = await EmbeddingsFile.open(path);
    const { samples, width } = file.header;
    await file.close();
    return { file: path, samples, width };
  }

  async nearest(params: NearestParams, signal: AbortSignal): Promise<NearestResult> {
    const { model, count, except } = params;
    const path = await embedStored(this.models, params, this.events(params.id, signal));
    const picture = pictureIn(params.picture);
    const { values } = await this.models.use(model, (loaded) => loaded.embeddings({ ...picture, count: 1 }));
    const file = await EmbeddingsFile.open(path);
    try {
      const found = await nearest(file, values, count, { except, signal });
      const { classes, of, samples } = file.header;
      const neighbours = found.map(({ row, distance }) => ({
        place: file.places[row] ?? 0,
        label: classes[file.labels[row] ?? 0] ?? '',
        distance,
      }));
      return { neighbours, of, samples };
    } finally {
      await file.close();
    }
  }

  async occlusion(params: OcclusionParams): Promise<OcclusionResult> {
    const picture = pictureIn(params.picture);
    const { drops, probability } = await this.models.use(params.model, (loaded) =>
      occlusion(loaded, picture, params.class),
    );
    return { width: picture.width, height: picture.height, drops: [...drops], probability };
  }

  private async judge(params: EvaluateParams, signal: AbortSignal): Promise<Judged> {
    return judged(await evaluateStored(this.models, params, this.events(params.id, signal)), params);
  }

  private events(id: string, signal: AbortSignal): WorkEvents {
    const onProgress = calmly((progress) => {
      void this.connection.sendNotification(evaluationProgressNotification, { id, ...progress });
    });
    return { signal, onProgress };
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
