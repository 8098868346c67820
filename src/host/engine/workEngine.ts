import { Engine } from './engine';
import type { EngineLog } from './engineProcess';

/** Milliseconds without work after which the process is ended. */
const IDLE = 60_000;

export interface WorkEngineOptions {
  /** The engine's script. */
  readonly script: string;
  readonly log: EngineLog;
  /** The folder that backends are installed and measured in. */
  readonly home: string;
  /** What is to compute; work that is under way goes on with what it was begun with. */
  readonly backend: () => string;
}

/** An engine for work that takes its time, so that the pad's stays quick; it is there only while there is work. */
export function openWorkEngine({ script, log, home, backend }: WorkEngineOptions): Engine {
  return new Engine({ script, log, idle: IDLE, args: () => ['--backend', backend(), '--home', home] });
}
