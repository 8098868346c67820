import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { chooseAlphabet } from '../../src/host/commands/selectAlphabet';
import { Command, Setting } from '../../src/host/names';
import { settings } from '../../src/host/settings';
import { withStub } from './stub';

describe('extension', () => {
  const set = (setting: Setting, value: unknown) =>
    vscode.workspace.getConfiguration().update(setting, value, vscode.ConfigurationTarget.Global);

  before(() => vscode.extensions.getExtension('scrawl.scrawl')?.activate());

  afterEach(async () => {
    for (const setting of Object.values(Setting)) await set(setting, undefined);
  });

  it('registers every command', async () => {
    const registered = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(
      Object.values(Command).filter((command) => !registered.has(command)),
      [],
    );
  });

  it('opens the pad', async () => {
    await vscode.commands.executeCommand(Command.openPad);
  });

  it('keeps a setting within its bounds', async () => {
    assert.equal(settings.insertAfter, 0);
    await set(Setting.insertAfter, 20);
    assert.equal(settings.insertAfter, 300);
    await set(Setting.insertAfter, 1e9);
    assert.equal(settings.insertAfter, 3000);
    await set(Setting.alphabet, 'runes');
    assert.equal(settings.alphabet, 'all');
  });

  it('stores the chosen alphabet', async () => {
    await chooseAlphabet('digits');
    assert.equal(settings.alphabet, 'digits');
  });

  it('asks for the characters of a custom alphabet', async () => {
    await withStub(vscode.window, 'showInputBox', '01+', () => chooseAlphabet('custom'));
    assert.equal(settings.alphabet, 'custom');
    assert.equal(settings.customAlphabet, '01+');
  });

  it('keeps the alphabet when no characters were given', async () => {
    await withStub(vscode.window, 'showInputBox', undefined, () => chooseAlphabet('custom'));
    assert.equal(settings.alphabet, 'all');
  });

  it('lets one select an alphabet from the palette', async () => {
    const calls = await withStub(vscode.window, 'showQuickPick', { choice: 'letters' }, () =>
      Promise.resolve(vscode.commands.executeCommand(Command.selectAlphabet)),
    );
    assert.equal(calls.length, 1);
    assert.equal(settings.alphabet, 'letters');
  });
});
