import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Command } from '../../src/host/shell/names';
import { sweepCommands } from '../../src/host/training/sweeps/sweepCommands';
import type { SweepEnd } from '../../src/host/training/sweeps/liveSweep';
import { SweepNotices } from '../../src/host/training/sweeps/sweepNotices';
import type { EndedSweep } from '../../src/host/training/sweeps/sweeps';
import { withStub } from './support/stub';

const ANOTHER = { id: 'digits', chooseBackend: true };

describe('the notices of sweeps', () => {
  const ended = new vscode.EventEmitter<EndedSweep>();
  let notices: SweepNotices;
  before(() => {
    const sweeps = { onStart: () => ({ dispose: () => undefined }), onEnd: ended.event };
    const memory = { get: () => [], update: () => Promise.resolve() };
    notices = new SweepNotices(sweeps as never, memory as never);
  });
  after(() => {
    notices.dispose();
    ended.dispose();
  });

  /** What is said of an end that is answered with another backend, and the commands that this runs. */
  async function told(end: SweepEnd, kind: 'showErrorMessage' | 'showWarningMessage') {
    let commands: unknown[][] = [];
    const said = await withStub(vscode.window, kind, 'Another Backend…', async () => {
      commands = await withStub(vscode.commands, 'executeCommand', undefined, async () => {
        ended.fire({ stored: { id: 'digits', folder: '/digits', sweep: { name: 'Digits' } as never }, end });
        // whatever is answered, it is so after a turn
        await new Promise((resolve) => setImmediate(resolve));
      });
    });
    return { said, commands };
  }

  it('offer another backend where a sweep has stopped', async () => {
    const message = 'webgpu lost its device: continue with another backend, or try this one again.';
    const failed = await told({ how: 'failed', message }, 'showErrorMessage');
    const offered = ['Resume', 'Another Backend…', 'Show', 'Show Log'];
    assert.deepEqual(failed.said, [[`The sweep Digits has stopped: ${message}`, ...offered]]);
    assert.deepEqual(failed.commands, [[Command.resumeSweep, ANOTHER]]);
    const died = await told({ how: 'died' }, 'showWarningMessage');
    assert.deepEqual(died.commands, [[Command.resumeSweep, ANOTHER]]);
  });

  it('lead to the backend that is picked', async () => {
    const resumed: unknown[][] = [];
    const shown: string[] = [];
    const sweeps = {
      find: (id: string) => Promise.resolve({ id, sweep: { name: 'Digits' } }),
      resume: (...args: unknown[]) => Promise.resolve(void resumed.push(args)),
    };
    const tabs = { show: (id: string) => void shown.push(id) };
    const { [Command.resumeSweep]: resume } = sweepCommands({ sweeps, tabs } as never);
    const picks = (backend: string | undefined) =>
      withStub(
        vscode.window,
        'showQuickPick',
        (items: { value?: string }[]) => items.find(({ value }) => value === backend),
        () => resume(ANOTHER),
      );
    await picks(undefined);
    assert.deepEqual([resumed, shown], [[], []]);
    await picks('wasm');
    assert.deepEqual([resumed, shown], [[['digits', 'wasm']], ['digits']]);
  });
});
