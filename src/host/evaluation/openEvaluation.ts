import * as vscode from 'vscode';
import type { EvaluationAction } from '../../protocol/evaluationView';
import { evaluateAgain } from '../commands/evaluation/evaluateModel';
import { exportEmbeddings } from '../commands/evaluation/exportEmbeddings';
import type { DatasetLibrary } from '../datasets/library';
import type { ModelLibrary } from '../models/library';
import { Command } from '../names';
import { report } from '../report';
import { EvaluationTab, EvaluationView } from '../views/evaluationView';
import { ProjectorPanels } from '../views/projectorPanel';
import { ReviewPanels } from '../views/reviewPanels';
import { CurrentEvaluation } from './currentEvaluation';
import { EvaluationEngine } from './evaluationEngine';
import { LiveEvaluations } from './liveEvaluations';

export interface EvaluationOptions {
  extensionUri: vscode.Uri;
  /** The engine's script. */
  script: string;
  models: ModelLibrary;
  library: DatasetLibrary;
  log: vscode.LogOutputChannel;
  /** Of the window, across its restarts. */
  memory: vscode.Memento;
}

const COMMANDS: Partial<Record<EvaluationAction, Command>> = {
  evaluate: Command.evaluateModel,
  compare: Command.compareModels,
  export: Command.exportEvaluationReport,
  openInEditor: Command.openEvaluation,
  openProjector: Command.openProjector,
};

/** All that evaluates models and shows what came of it. */
export function openEvaluation({ extensionUri, script, models, library, log, memory }: EvaluationOptions) {
  const engine = new EvaluationEngine(script, log);
  const current = new CurrentEvaluation(memory);
  const evaluations = new LiveEvaluations(library.store, library.onDidChange, (error) => report(error, log));
  const act = async (action: EvaluationAction) => {
    const command = COMMANDS[action];
    if (command) await vscode.commands.executeCommand(command);
    else if (action === 'evaluateAgain') await evaluateAgain(parts);
    else if (action === 'customAlphabet') await askAlphabet(current);
    else endComparison(current);
  };
  const pages = { extensionUri, current, evaluations, log, act, open: () => undefined };
  const view = new EvaluationView(pages);
  const tab = new EvaluationTab(pages);
  const projectors = new ProjectorPanels({
    ...{ extensionUri, log, engine, evaluations, store: library.store },
    gallery: { show: () => undefined },
    exportEmbeddings: (spec, most) => exportEmbeddings({ engine, library }, spec, most),
  });
  const reviewPanels = new ReviewPanels({ extensionUri, library, engine, log });
  const parts = {
    ...{ library, models, engine, current, projectors, reviewPanels },
    showEvaluation: () => view.show(),
    openTab: () => tab.show(),
    dispose: () => {
      for (const part of [view, tab, projectors, reviewPanels, evaluations, current, engine]) part.dispose();
    },
  };
  return parts;
}

function endComparison(current: CurrentEvaluation): void {
  if (!current.spec) return;
  const { other: _, ...alone } = current.spec;
  current.show(alone);
}

/** Asks for the characters that the model may give. */
async function askAlphabet(current: CurrentEvaluation): Promise<void> {
  const characters = await vscode.window.showInputBox({
    title: 'Alphabet',
    prompt: 'The characters that the model may give, one after the other',
    validateInput: (value) => (value.trim() ? undefined : 'Type at least one character.'),
  });
  const { spec } = current;
  if (characters === undefined || !spec) return;
  const alphabet = [...new Set(characters.replace(/\s/gu, ''))].join('');
  current.show({ ...spec, judging: { ...spec.judging, alphabet } });
}
