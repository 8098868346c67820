import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { resumeRun } from '../../src/host/training/runCommands';
import { Command } from '../../src/host/shell/names';
import type { RunEnd } from '../../src/host/training/liveRun';
import { TrainingNotices } from '../../src/host/training/trainingNotices';
import type { EndedRun, TrainingRuns } from '../../src/host/training/trainingRuns';
import type { RunSummary } from '../../src/protocol/pages/training';
import { until } from '../harness/until';
import { withStub } from './support/stub';

const FAILED: RunSummary = {
  ...{ id: 'digits', name: 'Digits', dataset: 'mnist', network: 'lenet-5' },
  ...{ state: 'failed', where: 'nowhere', hasModel: false },
  ...{ done: 0, total: 0, epochs: 3, seconds: 0 },
};

describe('the notices of training', () => {
  const ended = new vscode.EventEmitter<EndedRun>();
  const resumed: unknown[][] = [];
  const runs = {
    onEnd: ended.event,
    list: () => Promise.resolve([FAILED]),
    resume: (...args: unknown[]) => Promise.resolve(void resumed.push(args)),
  } as unknown as TrainingRuns;
  let notices: TrainingNotices;
  before(() => {
    notices = new TrainingNotices(runs, { get: () => [], update: () => undefined } as never);
  });
  after(() => {
    notices.dispose();
    ended.dispose();
  });

  /** What is said of an end, with its answers, and the commands that the answer runs. */
  async function told(end: RunEnd, kind: 'showErrorMessage' | 'showWarningMessage', answer?: string) {
    let commands: unknown[][] = [];
    const said = await withStub(vscode.window, kind, answer, async () => {
      commands = await withStub(vscode.commands, 'executeCommand', undefined, async () => {
        ended.fire({ id: FAILED.id, name: FAILED.name, end });
        // whatever is answered, it is so after a turn
        await new Promise((resolve) => setImmediate(resolve));
      });
    });
    return { said, commands };
  }

  it('offer another backend where a device was lost, which the run then goes on with', async () => {
    const message = 'webgpu lost its device: continue with another backend, or try this one again.';
    const failed = await told({ how: 'failed', message }, 'showErrorMessage', 'Another Backend…');
    assert.deepEqual(failed.said, [[`Digits failed: ${message}`, 'Resume', 'Another Backend…', 'Show Log']]);
    const again = [Command.resumeRun, { id: 'digits', chooseBackend: true }];
    assert.deepEqual(failed.commands, [again]);
    const died = await told({ how: 'died' }, 'showWarningMessage', 'Another Backend…');
    assert.match(String(died.said[0]?.[0]), /^The engine that trained Digits has stopped/);
    assert.deepEqual(died.commands, [again]);

    const wasm = (items: vscode.QuickPickItem[]) =>
      items.find((item) => (item as { value?: string }).value === 'wasm');
    await withStub(vscode.window, 'showQuickPick', wasm, () =>
      resumeRun(runs, { id: 'digits', chooseBackend: true }),
    );
    assert.deepEqual(await until('the run to go on', () => resumed.length > 0 && resumed), [
      ['digits', 'wasm', false],
    ]);
  });

  it('let an interrupted run that is resumed go before those that wait', async () => {
    resumed.length = 0;
    const interrupted = { ...FAILED, state: 'interrupted' as const };
    await resumeRun({ ...runs, list: () => Promise.resolve([interrupted]) } as unknown as TrainingRuns, {
      id: 'digits',
    });
    assert.deepEqual(resumed, [['digits', undefined, true]]);
  });

  it('say nothing of a run that was canceled, and tell of an ensemble with its result', async () => {
    const canceled = await told({ how: 'canceled' }, 'showWarningMessage');
    assert.deepEqual(canceled, { said: [], commands: [] });
    const ensemble = { model: '/models/trio', name: 'trio', members: 3, accuracy: 0.982 };
    const result = { outcome: 'finished' as const, epochs: 1, model: '/models/trio-3', ensemble };
    const calls = await withStub(vscode.window, 'showInformationMessage', undefined, async () => {
      const member = { id: 'of trio', name: 'trio', combine: 'vote' as const, members: 3, member: 3 };
      ended.fire({ id: 'trio-3', name: 'trio 3', end: { how: 'finished', result }, ensemble: member });
      await new Promise((resolve) => setImmediate(resolve));
    });
    assert.deepEqual(calls, [
      [
        'trio is trained: 3 models in one ensemble, 98.2% right on the test split.',
        'Evaluate…',
        'Use on Pad',
      ],
    ]);
  });
});
