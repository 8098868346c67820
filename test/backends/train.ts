import { fork } from 'node:child_process';
import type { TrainResult, TrainTask } from './trainProgram';

/**
 * Trains in a process of its own: each backend changes what the process has for ever.
 *
 * @param script the built trainProgram
 */
export function train(script: string, task: TrainTask): Promise<TrainResult> {
  return new Promise((resolve, reject) => {
    const child = fork(script, [], { execArgv: [], stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
    let errors = '';
    child.stderr?.on('data', (text) => (errors += String(text)));
    child.once('message', (result) => resolve(result as TrainResult));
    child.once('error', reject);
    child.once('close', (code, signal) =>
      reject(new Error(`${task.backend} ended with ${signal ?? `code ${code}`}\n${errors}`)),
    );
    child.send(task);
  });
}
