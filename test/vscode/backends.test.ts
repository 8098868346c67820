import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { Command, Setting } from '../../src/host/shell/names';
import { useFakeNpm } from '../harness/fakeNpm';
import { offered, run, says, set } from './support/commands';
import { withStub } from './support/stub';

interface Row {
  label: string;
  description?: string;
  detail?: string;
  run?: () => unknown;
}

const answering = (answer: unknown, command: Command) =>
  withStub(vscode.window, 'showQuickPick', answer, () => run(command));
const listed = () => offered<Row>(() => run(Command.selectBackend));
const chosen = () => vscode.workspace.getConfiguration().get(Setting.backend);

describe('backends', () => {
  const folder = path.join(os.tmpdir(), `scrawl-npm-${process.pid}`);

  after(async () => {
    await set(Setting.backend, undefined);
    await rm(folder, { recursive: true, force: true });
  });

  it('are listed with their speed, or the reason and the remedy, and the one that is picked is stored', async () => {
    const rows = await listed();
    const row = (name: string) => rows.find(({ label }) => label.endsWith(name));
    assert.match(row('WebAssembly')?.description ?? '', /^[\d,]+ samples a second · \d+ thread/);
    assert.match(row("Scrawl's kernels")?.description ?? '', /^[\d,]+ samples a second · \d+ thread/);
    assert.match(row('TensorFlow (CUDA)')?.detail ?? '', /is not installed: run "Scrawl: Install TensorFlow/);
    assert.match(row('Automatic')?.description ?? '', /^takes /);
    await row('WebAssembly')?.run?.();
    assert.equal(chosen(), 'wasm');
    await row('Automatic')?.run?.();
    assert.equal(chosen(), 'auto');
    // each is measured in a process of its own
  }).timeout(120_000);

  it('are installed with npm and removed again', async () => {
    const restore = await useFakeNpm(folder, 'install');
    try {
      const said = await says(() => answering({ backend: 'tensorflow-cpu' }, Command.installTensorFlow));
      assert.equal(said[0]?.[0], 'TensorFlow (CPU) is installed.');
    } finally {
      restore();
    }
    const rows = await listed();
    assert.match(rows.find(({ label }) => label.endsWith('(CPU)'))?.detail ?? '', /does not load/);
    await answering({ backend: 'tensorflow-cpu', label: 'TensorFlow (CPU)' }, Command.removeBackend);
    const nothing = await says(() => run(Command.removeBackend), 'Error');
    assert.match(String(nothing[0]?.[0]), /nothing to remove/);
  });
});
