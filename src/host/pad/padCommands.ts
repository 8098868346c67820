import type { HostToPad } from '../../protocol/pages/pad';
import { Command } from '../shell/names';
import { chooseTarget } from './chooseTarget';
import type { Pads } from './pads';
import { selectAlphabet } from './selectAlphabet';
import type { Targets } from './targets';
import type { Writer } from './writer';
import { writeInTerminal, writeMessage } from './writeElsewhere';

export interface CommandParts {
  readonly pads: Pads;
  readonly writer: Writer;
  readonly targets: Targets;
}

/** The commands on the pad that was used last. */
export function padCommands({ pads, writer, targets }: CommandParts) {
  const ask = (message: HostToPad) => () => pads.ask(message);
  return {
    [Command.openPad]: () => pads.open(),
    [Command.openPadInPanel]: () => pads.openInPanel(),
    [Command.openPadInEditor]: () => pads.openInTab(),
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
    [Command.chooseTarget]: () => chooseTarget(targets),
    [Command.writeInTerminal]: async () => {
      writeInTerminal(targets);
      await pads.open();
    },
    [Command.writeMessage]: async () => {
      await writeMessage(targets);
      await pads.open();
    },
    [Command.selectAlphabet]: selectAlphabet,
    [Command.pickCharacter]: ask({ type: 'command', command: 'pick' }),
    [Command.findSymbol]: () => pads.findSymbol(),
    [Command.keepSample]: ask({ type: 'command', command: 'keep' }),
    [Command.undoKeepSample]: () => pads.undoKeep(),
  };
}
