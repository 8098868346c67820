import * as vscode from 'vscode';
import { Command } from '../shell/names';
import { settings } from '../shell/settings';
import type { Shell } from '../shell/shell';
import { Engine } from './engine';
import { openWorkEngine } from './workEngine';

/** The engine that the pad reads with, and the one for work that takes its time. */
export function registerEngine(shell: Shell): { engine: Engine; workEngine: Engine } {
  const { log, home, engineScript: script } = shell;
  const engine = new Engine({
    script,
    log,
    onRestarted: () =>
      vscode.window.setStatusBarMessage('$(warning) Scrawl: the engine had stopped and was restarted', 8000),
  });
  const workEngine = openWorkEngine({ script, log, home, backend: () => settings.backend });
  shell.own(engine);
  shell.own(workEngine);
  shell.commands({
    [Command.restartEngine]: () => {
      engine.restart();
      vscode.window.setStatusBarMessage('$(check) Scrawl: the engine restarts with the next stroke', 5000);
    },
  });
  return { engine, workEngine };
}
