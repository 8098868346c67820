import * as z from 'zod/mini';
import type { Failed } from './failed';
import { type HostToTraining, MOST_PICKED, type RunSummary } from './training';

/** A run with all that runs are compared by. */
export interface RunRow extends RunSummary {
  /** ISO 8601; empty where the run is damaged. */
  created: string;
  /** Epochs done. */
  epochsDone: number;
  /** Of the last epoch, fractions: of the validation part where there is one. */
  lastAccuracy?: number;
  lastLoss?: number;
  /** What computed. */
  backend?: string;
  /** The model that it goes on from. */
  from?: string;
  /** By the settings' names. */
  settings: Record<string, string | number>;
}

/** A setting that has a column. */
export interface SettingColumn {
  name: string;
  label: string;
}

/** What the host tells the table of runs. */
export type HostToRuns =
  /** Every run, newest first. */
  | { type: 'runs'; rows: RunRow[]; settings: SettingColumn[] }
  | Extract<HostToTraining, { type: 'curve' | 'progress' | 'epoch' }>
  | Failed;

const run = /* @__PURE__ */ z.string();
const pickedSchema = /* @__PURE__ */ z.array(run).check(z.maxLength(MOST_PICKED));

/** What the table of runs asks of the host. */
export const runsToHostSchema = z.discriminatedUnion('type', [
  /** The page is there, perhaps anew and with the runs that were compared before. */
  z.object({ type: z.literal('ready'), picked: pickedSchema }),
  /** The curves of these runs are wanted. */
  z.object({ type: z.literal('pick'), runs: pickedSchema }),
  /** Shows the curves of a run in the tab of trainings. */
  z.object({ type: z.literal('open'), run }),
  /** Opens the form of a training with all that the run was started with. */
  z.object({ type: z.literal('repeat'), run }),
  z.object({ type: z.literal('train') }),
  /** Writes the table of these runs, in this order. */
  z.object({ type: z.literal('exportCsv'), runs: z.array(run) }),
]);
export type RunsToHost = z.infer<typeof runsToHostSchema>;
