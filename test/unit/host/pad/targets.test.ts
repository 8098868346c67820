import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { MessageTarget } from '../../../../src/host/pad/messageTarget';
import { Turns } from '../../../../src/base/turns';
import type { Repository } from '../../../../src/host/pad/sourceControl';
import { TerminalTarget } from '../../../../src/host/pad/terminalTarget';

function terminalTarget() {
  const sent: [string, boolean | undefined][] = [];
  const terminal = {
    name: 'bash',
    sendText: (text: string, execute?: boolean) => void sent.push([text, execute]),
  } as unknown as vscode.Terminal;
  return { target: new TerminalTarget(terminal, new Turns()), sent };
}

function messageTarget(value: string) {
  const inputBox = { value };
  const repository = { inputBox } as unknown as Repository;
  const target = new MessageTarget(repository, undefined, new Turns(), () => Promise.resolve());
  return { target, inputBox };
}

describe('a terminal as target', () => {
  it('is sent text that it does not run', async () => {
    const { target, sent } = terminalTarget();
    assert.equal(target.name, 'Terminal bash');
    await target.insert('git status');
    await target.insert('ls\n  -l');
    assert.deepEqual(sent, [
      ['git status', false],
      ['ls -l', false],
    ]);
  });

  it('is sent what its keys would send', async () => {
    const { target, sent } = terminalTarget();
    await Promise.all([
      target.edit('backspace'),
      target.edit('space'),
      target.type('x'),
      target.edit('newLine'),
    ]);
    assert.deepEqual(
      sent.map(([text]) => text),
      ['\x7f', ' ', 'x', '\r'],
    );
  });

  it('says that it gives back no text', async () => {
    const { target } = terminalTarget();
    const inserted = await target.insert('ls');
    await assert.rejects(inserted.takeBack(), /gives back no text: delete it there/);
    await assert.rejects(inserted.replace('la'), /gives back no text/);
  });
});

describe("Source Control's message as target", () => {
  it('grows at its end, and is edited there', async () => {
    const { target, inputBox } = messageTarget('Fix');
    await target.edit('space');
    await target.insert('the pad');
    await target.edit('backspace');
    await target.edit('newLine');
    assert.equal(inputBox.value, 'Fix the pa\n');
    assert.equal(target.surroundings.before, 'Fix the pa\n');
  });

  it('has what was inserted replaced or taken back, as long as it stands there', async () => {
    const { target, inputBox } = messageTarget('Fix ');
    const message = () => inputBox.value;
    const inserted = await target.insert('pod');
    assert.equal(await inserted.replace('pad'), true);
    assert.equal(message(), 'Fix pad');
    assert.equal(await inserted.takeBack(), true);
    assert.equal(message(), 'Fix ');
    const other = await target.insert('x');
    inputBox.value += ' more';
    assert.equal(await other.takeBack(), false);
    assert.equal(message(), 'Fix x more');
  });
});
