import type * as vscode from 'vscode';
import type { EngineClient } from '../../engineClient';
import { Command } from '../../names';
import { installTensorFlow, installWebgpu, removeInstalled } from './install';
import { selectBackend } from './selectBackend';

export interface BackendParts {
  engine: EngineClient;
  /** The folder that packages are installed and measurements remembered in. */
  home: string;
  log: vscode.LogOutputChannel;
}

/** The commands on what computes. */
export function backendCommands(parts: BackendParts) {
  return {
    [Command.selectBackend]: () => selectBackend(parts),
    [Command.installTensorFlow]: () => installTensorFlow(parts),
    [Command.installWebgpu]: () => installWebgpu(parts),
    [Command.removeBackend]: () => removeInstalled(parts),
  };
}
