import * as vscode from 'vscode';
import { knownData } from '../../datasets/knownData';
import { sweepEvaluations } from '../../models/sweepEvaluations';
import type { EvaluationAction } from '../../protocol/evaluationView';
import { evaluateAgain } from '../commands/evaluation/evaluateModel';
import { exportEmbeddings } from '../commands/evaluation/exportEmbeddings';
import type { StoredSample } from '../datasets/sampleReader';
import type { DatasetLibrary } from '../datasets/library';
import type { Keeper } from '../keeper';
import type { ModelLibrary } from '../models/library';
import { Command } from '../names';
import { report } from '../report';
import { settings } from '../settings';
import { EvaluationTab, EvaluationView } from '../views/evaluationView';
import { ProjectorPanels } from '../views/projectorPanel';
import { ReviewPanels } from '../views/reviewPanels';
import { GalleryTab } from '../views/galleryTab';
import { CurrentEvaluation } from './currentEvaluation';
import { EvaluationEngine } from './evaluationEngine';
import type { Gallery } from './gallery';
import { LiveEvaluations } from './liveEvaluations';

export interface EvaluationOptions {
  extensionUri: vscode.Uri;
  /** The engine's script. */
  script: string;
  models: ModelLibrary;
  library: DatasetLibrary;
  keeper: Keeper;
  /** Shows a sample on the pad, and what the model makes of it. */
  sendToPad: (sample: StoredSample) => Promise<void>;
  log: vscode.LogOutputChannel;
  /** Of the window, across its restarts. */
  memory: vscode.Memento;
}

/** Milliseconds after the start of a window until nobody waits for it any more. */
const QUIET_AFTER = 60_000;

const COMMANDS: Partial<Record<EvaluationAction, Command>> = {
  evaluate: Command.evaluateModel,
  compare: Command.compareModels,
  export: Command.exportEvaluationReport,
  openProjector: Command.openProjector,
};

/** All that evaluates models and shows what came of it. */
export function openEvaluation(options: EvaluationOptions) {
  const { extensionUri, script, models, library, keeper, sendToPad, log, memory } = options;
  const engine = new EvaluationEngine(script, log, models.home, () => settings.backend);
  const { bundled } = models;
  const current = new CurrentEvaluation(memory, bundled);
  const evaluations = new LiveEvaluations(library.store, library.onDidChange, (error) => report(error, log));
  const modelsChanged = models.onDidChange(() => evaluations.look());
  const quiet = setTimeout(() => void sweepUp(models, log), QUIET_AFTER);
  const act = async (action: EvaluationAction) => {
    const command = COMMANDS[action];
    if (command) await vscode.commands.executeCommand(command);
    else if (action === 'evaluateAgain') await evaluateAgain(parts);
    else if (action === 'customAlphabet') await askAlphabet(current);
    else endComparison(current);
  };
  const gallery = new GalleryTab({
    ...{ extensionUri, bundled, library, evaluations, engine, keeper, log, sendToPad },
  });
  const open: Gallery['show'] = (spec, samples) => gallery.show(spec, samples);
  const pages = { extensionUri, current, evaluations, log, act, open };
  const view = new EvaluationView(pages);
  const tab = new EvaluationTab(pages);
  const projectors = new ProjectorPanels({
    ...{ extensionUri, bundled, log, engine, evaluations, store: library.store },
    gallery,
    exportEmbeddings: (spec, most) => exportEmbeddings({ engine, library, evaluations }, spec, most),
  });
  const reviewPanels = new ReviewPanels({ extensionUri, library, engine, log });
  const parts = {
    ...{ library, models, engine, evaluations, current, gallery, projectors, reviewPanels },
    showEvaluation: () => view.show(),
    openTab: () => tab.show(),
    dispose: () => {
      clearTimeout(quiet);
      for (const part of [
        view,
        tab,
        gallery,
        projectors,
        reviewPanels,
        modelsChanged,
        evaluations,
        current,
        engine,
      ])
        part.dispose();
    },
  };
  return parts;
}

/** Takes what was computed of models and data that are gone from the disk. */
async function sweepUp({ home, bundled }: ModelLibrary, log: vscode.LogOutputChannel): Promise<void> {
  try {
    await sweepEvaluations(home, async () => ({ models: [bundled], hasData: await knownData(home) }));
  } catch (error) {
    log.warn(`old evaluations stay for now: ${String(error)}`);
  }
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
