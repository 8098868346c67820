import * as z from 'zod/mini';
import type { Interval } from '../../metrics/interval';
import type { Split } from '../../base/split';
import type { Place } from './boardPlace';
import type { Failed } from './failed';

/** What a model reads decides which figure it has: characters the share that is right, lines the character error rate. */
export type Reads = 'characters' | 'lines';

export interface BoardModel {
  /** Its folder. */
  id: string;
  name: string;
  reads: Reads;
}

/** A split of a dataset. */
export interface BoardColumn {
  id: string;
  dataset: string;
  /** The dataset's. */
  name: string;
  split: Split;
  /** Whether models of lines can read it. */
  ink: boolean;
}

/** What a kept evaluation says of the labels as they are now. */
export interface BoardFigure {
  /** A share: of right answers, or of wrong characters. */
  value: number;
  /** 95%. */
  interval: Interval;
  /** Samples or lines that were judged. */
  samples: number;
  /** ISO 8601. */
  created: string;
  /** How lines were decoded, or what computed where that was asked for. */
  detail?: string;
}

/** How far the evaluation of a cell is. */
export type BoardWork =
  | { state: 'waiting' }
  /** With how much of it is done, 0 to 1, where that is known. */
  | { state: 'running'; share?: number }
  | { state: 'failed'; message: string };

/** What the host tells the leaderboard. */
export type HostToLeaderboard =
  /** Cells of which an evaluation is kept have their figures soon. */
  | { type: 'board'; models: BoardModel[]; columns: BoardColumn[]; kept: Place[] }
  /** None where what is kept cannot be read. */
  | ({ type: 'figure'; figure?: BoardFigure } & Place)
  /** Nothing is being done for it where there is no work. */
  | ({ type: 'work'; work?: BoardWork } & Place)
  | Failed;

const placeShape = { model: z.string(), column: z.string() };

/** What the leaderboard asks of the host. */
export const leaderboardToHostSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  /** Evaluates these, one after the other. */
  z.object({ type: z.literal('evaluate'), places: z.array(z.object(placeShape)) }),
  /** Gives up what waits and what runs. */
  z.object({ type: z.literal('cancel') }),
  z.object({ type: z.literal('open'), ...placeShape }),
]);
export type LeaderboardToHost = z.infer<typeof leaderboardToHostSchema>;
