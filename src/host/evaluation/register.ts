import * as vscode from 'vscode';
import type { DatasetLibrary } from '../datasets/library';
import type { Engine } from '../engine/engine';
import type { ModelLibrary } from '../models/library';
import { Command } from '../shell/names';
import { report } from '../shell/report';
import { settings } from '../shell/settings';
import type { Shell } from '../shell/shell';
import type { ChosenSamples, EvaluationAction } from '../../protocol/pages/evaluation';
import { askAlphabet } from './askAlphabet';
import { CurrentEvaluation } from './currentEvaluation';
import { compareModels, evaluateAgain, evaluateModel, type EvaluateParts } from './evaluateModel';
import type { EvaluationSpec } from './evaluationSpec';
import { evaluationTab, evaluationView } from './evaluationView';
import { exportReport } from './exportReport';
import { leaderboardTab } from './leaderboard/leaderboardTab';
import { lineEvaluationTabs, type LineEvaluationTabs } from './lines/lineEvaluationTab';
import type { AskedSamples, ListSamples } from './listedSamples';
import { LiveEvaluations } from './liveEvaluations';
import { sweepSoon } from './sweepSoon';

export interface Evaluation extends EvaluateParts {
  /** Somebody wants to look at samples of an evaluation. */
  readonly onDidAskForSamples: vscode.Event<AskedSamples>;
  /** From now on the view in the sidebar lists samples. */
  readonly listSamplesBy: (list: ListSamples) => void;
}

export interface EvaluationNeeds {
  readonly library: DatasetLibrary;
  readonly models: ModelLibrary;
  readonly workEngine: Engine;
}

/** What an evaluation's page can ask for that is a command. */
const COMMANDS: Partial<Record<EvaluationAction, Command>> = {
  evaluate: Command.evaluateModel,
  compare: Command.compareModels,
  export: Command.exportEvaluationReport,
  openProjector: Command.openProjector,
};

/** Evaluating models, and the pages that show what came of it. */
export function registerEvaluation(
  shell: Shell,
  { library, models, workEngine }: EvaluationNeeds,
): Evaluation {
  const { log } = shell;
  const asked = shell.own(new vscode.EventEmitter<AskedSamples>());
  const current = shell.own(new CurrentEvaluation(shell.workspaceMemory, models.bundled));
  const evaluations = shell.own(
    new LiveEvaluations(library.store, library.onDidChange, (error) => void report(error, log)),
  );
  shell.own(models.onDidChange(() => evaluations.look()));
  const act = async (action: EvaluationAction) => {
    const command = COMMANDS[action];
    if (command) await vscode.commands.executeCommand(command);
    else if (action === 'useModel') await useEvaluated(current);
    else if (action === 'evaluateAgain') await evaluateAgain(parts);
    else if (action === 'customAlphabet') await askAlphabet(current);
    else current.endComparison();
  };
  const open = (evaluation: EvaluationSpec, samples: ChosenSamples) => asked.fire({ evaluation, samples });
  let listSamples: ListSamples | undefined;
  const list: ListSamples = (page, samples) => {
    if (!listSamples) throw new Error('nothing lists samples');
    return listSamples(page, samples);
  };
  const view = shell.own(evaluationView(shell, { current, evaluations, open, act, list }));
  const tab = shell.own(evaluationTab(shell, { current, evaluations, open, act }));
  const lineTabs: LineEvaluationTabs = shell.own(
    lineEvaluationTabs(shell, {
      library,
      models,
      engine: workEngine,
      evaluateAnother: () => vscode.commands.executeCommand(Command.evaluateModel),
    }),
  );
  const parts = {
    lineTabs,
    library,
    models,
    engine: workEngine,
    current,
    evaluations,
    showEvaluation: async () => {
      if (settings.resultsIn === 'editor') tab.show({});
      else await view.show();
    },
  };
  const board = shell.own(leaderboardTab(shell, parts));
  shell.commands({
    [Command.evaluateModel]: (argument) => evaluateModel(parts, argument),
    [Command.compareModels]: (argument) => compareModels(parts, argument),
    [Command.exportEvaluationReport]: () => exportReport(parts),
    [Command.showLeaderboard]: () => board.show({}),
    [Command.openEvaluation]: () => tab.show({}),
  });
  shell.own(sweepSoon(models, log));
  return {
    ...parts,
    onDidAskForSamples: asked.event,
    listSamplesBy(by) {
      listSamples = by;
    },
  };
}

/** Lets the pad read with the model that the window shows the evaluation of. */
async function useEvaluated({ spec }: CurrentEvaluation): Promise<void> {
  if (spec) await vscode.commands.executeCommand(Command.useModel, spec.model);
}
