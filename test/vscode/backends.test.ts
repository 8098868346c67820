import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { Command, Setting } from '../../src/host/names';
import { useFakeNpm } from '../harness/fakeNpm';
import { withStub } from './stub';

interface Row {
  label: string;
  description?: string;
  detail?: string;
  run?: () => unknown;
}

const run = (command: Command) => vscode.commands.executeCommand(command);
const picking = (answer: unknown, command: Command) =>
  withStub(vscode.window, 'showQuickPick', answer, () => Promise.resolve(run(command)));
const listed = async () => (await picking(undefined, Command.selectBackend))[0]?.[0] as Row[];
const chosen = () => vscode.workspace.getConfiguration().get(Setting.backend);

describe('backends', () => {
  const folder = path.join(os.tmpdir(), `scrawl-npm-${process.pid}`);

  before(() => vscode.extensions.getExtension('scrawl.scrawl')?.activate());
  after(async () => {
    await vscode.workspace
      .getConfiguration()
      .update(Setting.backend, undefined, vscode.ConfigurationTarget.Global);
    await rm(folder, { recursive: true, force: true });
  });

  it('are listed with their speed, or the reason and the remedy, and the one that is picked is stored', async () => {
    const rows = await listed();
    const row = (name: string) => rows.find(({ label }) => label.endsWith(name));
    assert.match(row('WebAssembly')?.description ?? '', /^[\d,]+ samples a second · \d+ thread/);
    assert.match(row('TensorFlow (CUDA)')?.detail ?? '', /is not installed: run "Scrawl: Install TensorFlow/);
    assert.match(row('Automatic')?.description ?? '', /^takes /);
    await row('WebAssembly')?.run?.();
    assert.equal(chosen(), 'wasm');
    await row('Automatic')?.run?.();
    assert.equal(chosen(), 'auto');
  });

  it('are installed with npm and removed again', async () => {
    const restore = await useFakeNpm(folder, 'install');
    try {
      const said = await withStub(vscode.window, 'showInformationMessage', undefined, () =>
        picking({ backend: 'tensorflow-cpu' }, Command.installTensorFlow),
      );
      assert.equal(said[0]?.[0], 'TensorFlow (CPU) is installed.');
    } finally {
      restore();
    }
    const rows = await listed();
    assert.match(rows.find(({ label }) => label.endsWith('(CPU)'))?.detail ?? '', /does not load/);
    await picking({ backend: 'tensorflow-cpu', label: 'TensorFlow (CPU)' }, Command.removeBackend);
    const nothing = await withStub(vscode.window, 'showErrorMessage', undefined, () =>
      Promise.resolve(run(Command.removeBackend)),
    );
    assert.match(String(nothing[0]?.[0]), /nothing to remove/);
  });
});
