import * as z from 'zod/mini';
import type { SweepMethod, SweepValue } from '../../runs/sweep/sweepFile';
import type { Failed } from './failed';
import type { HostToTraining } from './training';

/** A parameter of a sweep as an axis: values side by side, or a range. */
export type SweepAxis = { name: string; label: string } & (
  | { kind: 'values'; values: SweepValue[] }
  | { kind: 'range'; least: number; most: number; logarithmic: boolean }
);

/** A trial as the page shows it. */
export interface ShownTrial {
  /** From 1. */
  number: number;
  /** By the axes' names. */
  values: Record<string, SweepValue>;
  state: 'waiting' | 'training' | 'resting' | 'finished' | 'failed';
  /** After which it was compared last. */
  epochs: number;
  /** Best validation accuracy until then, a fraction. */
  accuracy?: number;
  /** Why it failed. */
  message?: string;
}

/** Whether it trains in this window, waits for other trainings, keeps its checkpoint, is in another window, or rests. */
export type SweepStanding = 'training' | 'waiting' | 'pausing' | 'elsewhere' | 'resting' | 'finished';

export interface ShownSweep {
  id: string;
  name: string;
  dataset: string;
  method: SweepMethod;
  standing: SweepStanding;
  /** Of a whole run. */
  epochs: number;
  axes: SweepAxis[];
  trials: ShownTrial[];
  /** Number of the best trial, once one was compared. */
  best?: number;
  /** Whether the best trial's model can be kept before the search is over. */
  canKeep: boolean;
  /** Whether a model was kept. */
  hasModel: boolean;
}

/** What the host tells the page of a sweep. */
export type HostToSweep =
  | { type: 'sweep'; sweep: ShownSweep }
  /** A trial's curve; its run is the trial's number. */
  | Extract<HostToTraining, { type: 'curve' }>
  /** How far the trial that trains is. */
  | { type: 'progress'; trial: number; done: number; total: number; secondsLeft?: number }
  | Failed;

export const SWEEP_ACTIONS = [
  'pause',
  'resume',
  'remove',
  'keep',
  'use',
  'evaluate',
  'exportCsv',
  'start',
] as const;
export type SweepAction = (typeof SWEEP_ACTIONS)[number];

const trialNumber = /* @__PURE__ */ z.int();

/** What the page of a sweep asks of the host. */
export const sweepToHostSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  /** The curves of these trials are wanted. */
  z.object({ type: z.literal('pick'), trials: z.array(trialNumber).check(z.maxLength(2)) }),
  z.object({ type: z.literal('act'), action: z.enum(SWEEP_ACTIONS) }),
  /** Opens the form of a training with all that a trial has. */
  z.object({ type: z.literal('train'), trial: trialNumber }),
]);
export type SweepToHost = z.infer<typeof sweepToHostSchema>;
