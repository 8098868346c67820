import { stat } from 'node:fs/promises';
import { membership } from '../../../base/alphabet';
import type { SampleChange } from '../../../datasets/overlay';
import type { DatasetStore } from '../../../datasets/store/datasetStore';
import { readEvaluationFile } from '../../../evaluations/evaluationStore';
import type { KeptEvaluation } from '../../../evaluations/keptEvaluations';
import { readLineEvaluationFile } from '../../../evaluations/lineEvaluationStore';
import { wilsonInterval, type Interval } from '../../../metrics/interval';
import { judgedLines } from '../../../metrics/judgedLines';
import { judgeSplit } from '../../../metrics/judgeSplit';
import { scoreLines } from '../../../metrics/lineScores';
import type { BoardFigure } from '../../../protocol/pages/leaderboard';

type Changes = ReadonlyMap<number, SampleChange>;
type Judged = Pick<BoardFigure, 'samples' | 'value'> & { readonly interval: Interval };

/** The figures of kept evaluations, by the labels as they are now. What was judged once is known until it changes. */
export class BoardFigures {
  private readonly known = new Map<string, { readonly stamp: string; readonly judged: Judged }>();

  constructor(private readonly store: Pick<DatasetStore, 'changes'>) {}

  /** @throws ModelError where what is kept is damaged */
  async of(kept: KeptEvaluation, dataset: string): Promise<BoardFigure> {
    const { file, header } = kept;
    const changes = await this.store.changes(dataset, header.of);
    const { size } = await stat(file);
    const stamp = JSON.stringify([header.created, size, [...changes]]);
    const known = this.known.get(file);
    const judged = known?.stamp === stamp ? known.judged : await judge(kept, changes);
    this.known.set(file, { stamp, judged });
    const detail = kept.reads === 'lines' ? kept.header.key.decoding : header.key.backend;
    return { ...judged, created: header.created, ...(detail !== undefined && { detail }) };
  }
}

function judge(kept: KeptEvaluation, changes: Changes): Promise<Judged> {
  return kept.reads === 'lines' ? judgeLines(kept.file, changes) : judgeCharacters(kept.file, changes);
}

async function judgeCharacters(file: string, changes: Changes): Promise<Judged> {
  const evaluation = await readEvaluationFile(file);
  const allowed = membership('all', evaluation.header.outputs);
  const { truthRank } = judgeSplit(evaluation, changes, { allowed });
  const right = truthRank.reduce((sum, rank) => sum + (rank === 0 ? 1 : 0), 0);
  const samples = truthRank.length;
  return { value: right / Math.max(1, samples), interval: wilsonInterval(right, samples), samples };
}

async function judgeLines(file: string, changes: Changes): Promise<Judged> {
  const { lines } = await readLineEvaluationFile(file);
  const { cer, lines: samples } = scoreLines(judgedLines(lines, changes));
  return { ...cer, samples };
}
