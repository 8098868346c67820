import * as vscode from 'vscode';
import type { HostToPad } from '../../protocol/pad';
import type { EngineClient } from '../engineClient';
import { Command } from '../names';
import type { PadView } from '../views/padView';
import type { Writer } from '../writer';
import { selectAlphabet } from './selectAlphabet';

export interface CommandParts {
  pad: PadView;
  writer: Writer;
  engine: EngineClient;
  log: vscode.LogOutputChannel;
}

/** Registers every command of names.ts. */
export function registerCommands({ pad, writer, engine, log }: CommandParts): vscode.Disposable {
  const ask = (message: HostToPad) => () => pad.ask(message);
  const run: Record<Command, () => unknown> = {
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
    [Command.restartEngine]: () => {
      engine.restart();
      vscode.window.setStatusBarMessage('$(check) Scrawl: the engine starts anew with the next stroke', 5000);
    },
    [Command.showLog]: () => log.show(),
  };
  const registrations = Object.entries(run).map(([command, handler]) =>
    vscode.commands.registerCommand(command, handler),
  );
  return vscode.Disposable.from(...registrations);
}
