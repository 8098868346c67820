import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { chooseAlphabet } from '../../src/host/pad/selectAlphabet';
import { Command, Setting } from '../../src/host/shell/names';
import { settings } from '../../src/host/shell/settings';
import { run, set } from './support/commands';
import { padCharacters } from './support/pad';
import { withStub } from './support/stub';

describe('extension', () => {
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
    await run(Command.openPad);
    assert.equal((await padCharacters()).length, 94);
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
      run(Command.selectAlphabet),
    );
    assert.equal(calls.length, 1);
    assert.equal(settings.alphabet, 'letters');
  });
});
