import * as vscode from 'vscode';
import type { HostToPad } from '../../protocol/pad';
import type { EngineClient } from '../engineClient';
import { Command } from '../names';
import { report } from '../report';
import type { NetworkDesigner } from '../views/designerEditor';
import type { ImagePanels } from '../views/imagePanels';
import type { PadView } from '../views/padView';
import type { Writer } from '../writer';
import { type BackendParts, backendCommands } from './backends/backendCommands';
import { type DatasetParts, datasetCommands } from './datasets/datasetCommands';
import { evaluationCommands, type EvaluationParts } from './evaluation/evaluationCommands';
import { networkCommands } from './networks/networkCommands';
import { personalCommands } from './personal/personalCommands';
import { modelCommands, type ModelParts } from './models/modelCommands';
import { trainingCommands, type TrainingParts } from './training/trainingCommands';
import { recognizeImage } from './recognizeImage';
import { selectAlphabet } from './selectAlphabet';

export interface CommandParts extends DatasetParts, ModelParts, TrainingParts, EvaluationParts, BackendParts {
  pad: PadView;
  writer: Writer;
  engine: EngineClient;
  designer: NetworkDesigner;
  imagePanels: ImagePanels;
}

/** Registers every command of names.ts. */
export function registerCommands(parts: CommandParts): vscode.Disposable {
  const { pad, writer, engine, log } = parts;
  const ask = (message: HostToPad) => () => pad.ask(message);
  const run: Record<Command, (argument?: unknown) => unknown> = {
    ...datasetCommands(parts),
    ...backendCommands(parts),
    ...networkCommands(parts.designer),
    ...trainingCommands(parts),
    ...modelCommands(parts),
    ...evaluationCommands(parts),
    ...personalCommands(parts),
    [Command.openPad]: () => pad.open(),
    [Command.clearPad]: ask({ type: 'command', command: 'clear' }),
    [Command.undoStroke]: ask({ type: 'command', command: 'undo' }),
    [Command.redoStroke]: ask({ type: 'command', command: 'redo' }),
    [Command.insertFirstCandidate]: ask({ type: 'insertCandidate', index: 0 }),
    [Command.insertCandidate2]: ask({ type: 'insertCandidate', index: 1 }),
    [Command.insertCandidate3]: ask({ type: 'insertCandidate', index: 2 }),
    [Command.insertCandidate4]: ask({ type: 'insertCandidate', index: 3 }),
    [Command.insertCandidate5]: ask({ type: 'insertCandidate', index: 4 }),
    [Command.insertSpace]: () => writer.edit('space'),
    [Command.backspace]: () => writer.edit('backspace'),
    [Command.newLine]: () => writer.edit('newLine'),
    [Command.selectAlphabet]: selectAlphabet,
    [Command.pickCharacter]: ask({ type: 'command', command: 'pick' }),
    [Command.keepSample]: ask({ type: 'command', command: 'keep' }),
    [Command.undoKeepSample]: () => pad.undoKeep(),
    [Command.recognizeImage]: (argument?: unknown) => recognizeImage(parts.imagePanels, argument),
    [Command.restartEngine]: () => {
      engine.restart();
      vscode.window.setStatusBarMessage('$(check) Scrawl: the engine starts anew with the next stroke', 5000);
    },
    [Command.showLog]: () => log.show(),
  };
  const registrations = Object.entries(run).map(([command, handler]) =>
    vscode.commands.registerCommand(command, async (argument?: unknown) => {
      try {
        await handler(argument);
      } catch (error) {
        report(error, log);
      }
    }),
  );
  return vscode.Disposable.from(...registrations);
}
