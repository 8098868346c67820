import { appendFile, open, stat, truncate } from 'node:fs/promises';
import path from 'node:path';
import type * as z from 'zod';
import { readText } from '../storage/readText';
import { writeJson } from '../storage/writeJson';
import { ModelError } from '../models/errors';
import {
  historyLineSchema,
  type EpochLine,
  runFileSchema,
  runStateSchema,
  type HistoryLine,
  type RunFile,
  type RunStateFile,
} from './run';

/** No run of ours has larger files. */
const MOST_BYTES = 2 ** 20;
const MOST_HISTORY_BYTES = 64 * 2 ** 20;

const RUN = 'run.json';
const STATE = 'state.json';
const HISTORY = 'history.jsonl';

/** What was learned, line by line. */
export const historyFile = (folder: string) => path.join(folder, HISTORY);

/** Where a run's checkpoint lies, once there is one. */
export const checkpointFile = (folder: string) => path.join(folder, 'checkpoint.bin');

/** Held by whoever trains the run. */
export const lockFile = (folder: string) => path.join(folder, 'run.lock');

/** @throws ModelError where it is missing or damaged */
export function readRun(folder: string): Promise<RunFile> {
  return readJson(folder, RUN, runFileSchema);
}

export function writeRun(folder: string, run: RunFile): Promise<void> {
  return writeJson(path.join(folder, RUN), run);
}

/** @throws ModelError where it is missing or damaged */
export function readState(folder: string): Promise<RunStateFile> {
  return readJson(folder, STATE, runStateSchema);
}

export function writeState(folder: string, state: RunStateFile): Promise<void> {
  return writeJson(path.join(folder, STATE), state);
}

async function readJson<T>(folder: string, name: string, schema: z.ZodType<T>): Promise<T> {
  try {
    return schema.parse(JSON.parse(await readText(path.join(folder, name), MOST_BYTES)));
  } catch (cause) {
    throw new ModelError(`The run in ${folder} is damaged (${name}): remove it and train again.`, { cause });
  }
}

/** Adds lines to a run's history. */
export async function appendHistory(folder: string, lines: readonly HistoryLine[]): Promise<void> {
  if (lines.length === 0) return;
  await appendFile(historyFile(folder), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
}

/**
 * A run's history from the start. A last line that was cut off when its writer was killed is left out.
 *
 * @throws ModelError where another line is damaged
 */
export function readHistory(folder: string): Promise<HistoryLine[]> {
  return readLines(folder, () => true);
}

/**
 * The epochs of a run's history, of which there are a hundred times fewer than points between them.
 *
 * @throws ModelError where one of them is damaged
 */
export async function readEpochs(folder: string): Promise<EpochLine[]> {
  return epochsOf(await readLines(folder, (line) => line.includes('"type":"epoch"')));
}

export function epochsOf(history: readonly HistoryLine[]): EpochLine[] {
  return history.filter((line) => line.type === 'epoch');
}

async function readLines(folder: string, isWanted: (line: string) => boolean): Promise<HistoryLine[]> {
  const file = historyFile(folder);
  if (!(await stat(file).catch(() => undefined))) return [];
  try {
    const lines = (await readText(file, MOST_HISTORY_BYTES)).split('\n');
    // behind the last line break is nothing, or what was cut off
    return lines
      .slice(0, -1)
      .filter(isWanted)
      .map((line) => historyLineSchema.parse(JSON.parse(line)));
  } catch (cause) {
    throw new ModelError(`The run in ${folder} is damaged (${HISTORY}): remove it and train again.`, {
      cause,
    });
  }
}

/** Bytes of a run's history: where a checkpoint goes on writing. */
export async function historyBytes(folder: string): Promise<number> {
  return (await stat(historyFile(folder)).catch(() => undefined))?.size ?? 0;
}

/** Takes from the history what was written after so many bytes, which a run that goes on will write again. */
export async function truncateHistory(folder: string, bytes: number): Promise<void> {
  const file = historyFile(folder);
  await (await open(file, 'a')).close();
  if ((await historyBytes(folder)) > bytes) await truncate(file, bytes);
}
