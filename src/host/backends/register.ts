import type { Engine } from '../engine/engine';
import { Command } from '../shell/names';
import type { Shell } from '../shell/shell';
import { installTensorFlow, installWebgpu, removeInstalled } from './install';
import { selectBackend } from './selectBackend';

/** Choosing and installing what computes. */
export function registerBackends(shell: Shell, { engine }: { engine: Engine }): void {
  const { home, log } = shell;
  shell.commands({
    [Command.selectBackend]: () => selectBackend({ engine, home }),
    [Command.installTensorFlow]: () => installTensorFlow({ home, log }),
    [Command.installWebgpu]: () => installWebgpu({ home, log }),
    [Command.removeBackend]: () => removeInstalled(home),
  });
}
