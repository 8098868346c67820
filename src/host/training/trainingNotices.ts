import * as vscode from 'vscode';
import type { TrainResult } from '../../protocol/engine/training';
import { accuracyPercent, counted } from '../../base/words';
import { Command } from '../shell/names';
import { runCommand } from '../shell/runCommand';
import type { EndedRun, TrainingRuns } from './trainingRuns';

/** Where the runs are kept whose interruption was told of: once is enough. */
const TOLD = 'scrawl.toldInterruptions';

const SHOW = 'Show';
const EVALUATE = 'Evaluate…';
const USE = 'Use on Pad';
const RESUME = 'Resume';
const ANOTHER_BACKEND = 'Another Backend…';
const LOG = 'Show Log';

/** Tells the user what became of a run, with what can be done next. */
export class TrainingNotices implements vscode.Disposable {
  private readonly subscription: { dispose(): void };

  constructor(
    private readonly runs: TrainingRuns,
    private readonly memory: vscode.Memento,
  ) {
    this.subscription = runs.onEnd((ended) => void this.tell(ended));
  }

  /** Offers once to go on with what another window, or this one before, left behind. */
  async offerInterrupted(): Promise<void> {
    const runs = await this.runs.list();
    const interrupted = runs.filter(({ state }) => state === 'interrupted');
    const keyOf = ({ id, done }: { id: string; done: number }) => `${id} ${done}`;
    const told = new Set(this.memory.get<string[]>(TOLD, []));
    const news = interrupted.filter((run) => !told.has(keyOf(run)));
    await this.memory.update(TOLD, interrupted.map(keyOf));
    const [first] = news;
    if (!first) return;
    const many = news.length > 1;
    const message = many
      ? `${counted(news.length, 'training')} were interrupted and can be resumed.`
      : `The training of ${first.name} was interrupted and can be resumed.`;
    const answer = await vscode.window.showInformationMessage(message, RESUME, SHOW);
    if (answer === RESUME) await runCommand(Command.resumeRun, many ? undefined : first.id);
    if (answer === SHOW) await runCommand(Command.showTraining, first.id);
  }

  dispose(): void {
    this.subscription.dispose();
  }

  private async tell({ id, name, end, ensemble }: EndedRun): Promise<void> {
    switch (end.how) {
      case 'finished':
      case 'stopped':
        if (!ensemble) return trained(id, name, end.result);
        if (end.result.ensemble || end.result.warning) return made(name, end.result);
        vscode.window.setStatusBarMessage(`$(check) Scrawl: ${name} of ${ensemble.members} is trained`, 5000);
        return;
      case 'failed': {
        const answer = await vscode.window.showErrorMessage(
          `${name} failed: ${end.message}`,
          RESUME,
          ANOTHER_BACKEND,
          LOG,
        );
        return goOn(answer, id);
      }
      case 'died': {
        const message = `The engine that trained ${name} has stopped: resume the run from its last checkpoint.`;
        const answer = await vscode.window.showWarningMessage(message, RESUME, ANOTHER_BACKEND, LOG);
        return goOn(answer, id);
      }
      case 'paused':
        vscode.window.setStatusBarMessage(`$(debug-pause) Scrawl: ${name} is paused`, 5000);
        return;
      case 'canceled':
        return;
    }
  }
}

async function goOn(answer: string | undefined, id: string): Promise<void> {
  if (answer === RESUME) await runCommand(Command.resumeRun, id);
  if (answer === ANOTHER_BACKEND) await runCommand(Command.resumeRun, { id, chooseBackend: true });
  if (answer === LOG) await runCommand(Command.showLog);
}

async function trained(
  id: string,
  name: string,
  { accuracy, epochs, model, warning }: TrainResult,
): Promise<void> {
  const result = accuracy === undefined ? '' : `: ${accuracyPercent(accuracy)} right`;
  const message = `${name} is trained${result} after ${counted(epochs, 'epoch')}.`;
  const actions = [...(model ? [EVALUATE, USE] : []), SHOW];
  const answer = await show(message, warning, actions);
  if (answer === EVALUATE) await runCommand(Command.evaluateModel, model);
  if (answer === USE) await runCommand(Command.useModel, model);
  if (answer === SHOW) await runCommand(Command.showTraining, id);
}

/** Of a member of an ensemble, which may be the last. */
async function made(member: string, { ensemble, warning }: TrainResult): Promise<void> {
  if (!ensemble) {
    await show(`${member} is trained.`, warning, []);
    return;
  }
  const { name, members, accuracy, model } = ensemble;
  const result = accuracy === undefined ? '' : `, ${accuracyPercent(accuracy)} right on the test split`;
  const message = `${name} is trained: ${members} models in one ensemble${result}.`;
  const answer = await show(message, warning, [EVALUATE, USE]);
  if (answer === EVALUATE) await runCommand(Command.evaluateModel, model);
  if (answer === USE) await runCommand(Command.useModel, model);
}

function show(
  message: string,
  warning: string | undefined,
  actions: readonly string[],
): Thenable<string | undefined> {
  return warning === undefined
    ? vscode.window.showInformationMessage(message, ...actions)
    : vscode.window.showWarningMessage(`${message} ${warning}`, ...actions);
}
