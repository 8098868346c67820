import * as z from 'zod';
import type * as vscode from 'vscode';
import { Command } from '../shell/names';
import type { RunsTab } from './runsTab';
import type { TrainingView } from './trainingView';
import { cancelRun, pauseRun, removeRun, resumeRun, type RunArgument, stopRun } from './runCommands';
import type { ModelLibrary } from '../models/library';
import { modelArgument } from '../models/pickModel';
import { continueTraining } from './continueTraining';
import { duplicateSettings } from './duplicateSettings';
import { trainArgument, trainModel, type TrainParts } from './trainModel';

export interface TrainingParts extends TrainParts {
  models: ModelLibrary;
  view: TrainingView;
  table: RunsTab;
  log: vscode.LogOutputChannel;
}

const runArgumentSchema = z.object({ id: z.string(), chooseBackend: z.boolean().optional() });

/** The commands on runs; each takes a run's id, or nothing. */
export function trainingCommands(parts: TrainingParts) {
  const { runs, models, view, table, log } = parts;
  return {
    [Command.trainModel]: async (argument?: unknown) => trainModel(parts, await trainArgument(argument)),
    [Command.continueTraining]: (argument?: unknown) =>
      continueTraining(parts, models, modelArgument(argument), chosenDataset(argument)),
    [Command.duplicateModelSettings]: (argument?: unknown) =>
      duplicateSettings(models, modelArgument(argument)),
    [Command.resumeRun]: (argument?: unknown) => resumeRun(runs, runArgument(argument)),
    [Command.pauseRun]: (argument?: unknown) => pauseRun(runs, runArgument(argument)),
    [Command.stopRun]: (argument?: unknown) => stopRun(runs, runArgument(argument)),
    [Command.cancelRun]: (argument?: unknown) => cancelRun(runs, runArgument(argument), log),
    [Command.removeRun]: (argument?: unknown) => removeRun(runs, runArgument(argument), log),
    [Command.showTraining]: (argument?: unknown) => view.show(runArgument(argument).id),
    [Command.showRuns]: () => table.show({}),
    [Command.openTraining]: (argument?: unknown) => view.openTab(runArgument(argument).id),
  };
}

/** The dataset that a command was called with, beside a model. */
function chosenDataset(argument: unknown): string | undefined {
  return z.object({ dataset: z.string() }).safeParse(argument).data?.dataset;
}

/** What a command was called with, where that is a run: its id, or whatever has it. */
function runArgument(argument: unknown): RunArgument {
  if (typeof argument === 'string') return { id: argument };
  const parsed = runArgumentSchema.safeParse(argument);
  return parsed.success ? parsed.data : {};
}
