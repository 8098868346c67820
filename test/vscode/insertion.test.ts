import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { editText, insertText } from '../../src/host/pad/insertion';
import { newDocument } from './support/documents';
import { closeAll } from './support/tabs';

describe('insertion', () => {
  let editor: vscode.TextEditor;

  async function open(content: string, ...selections: [number, number, number, number][]): Promise<void> {
    const document = await newDocument(content);
    editor = await vscode.window.showTextDocument(document);
    editor.selections = selections.map((ends) => new vscode.Selection(...ends));
  }

  const text = () => editor.document.getText().replaceAll('\r\n', '\n');
  const undo = () => vscode.commands.executeCommand('undo');
  const cursors = () =>
    editor.selections.map(({ anchor, active }) =>
      [anchor, active].map(({ line, character }) => `${line}:${character}`),
    );

  beforeEach(closeAll);
  after(closeAll);

  it('writes at every cursor as one undo step', async () => {
    await open('ab\ncd', [0, 1, 0, 1], [1, 2, 1, 2]);
    assert.deepEqual(await insertText(editor, 'X'), [
      { offset: 1, text: 'X', removed: '' },
      { offset: 6, text: 'X', removed: '' },
    ]);
    assert.equal(text(), 'aXb\ncdX');
    assert.deepEqual(cursors(), [
      ['0:2', '0:2'],
      ['1:3', '1:3'],
    ]);
    await undo();
    assert.equal(text(), 'ab\ncd');
  });

  it('replaces what is selected, and leaves the cursor behind the text', async () => {
    await open('one two', [0, 0, 0, 3], [0, 7, 0, 4]);
    await insertText(editor, 'Z');
    assert.equal(text(), 'Z Z');
    assert.deepEqual(cursors(), [
      ['0:1', '0:1'],
      ['0:3', '0:3'],
    ]);
    await undo();
    assert.equal(text(), 'one two');
  });

  it('makes every character an undo step of its own', async () => {
    await open('', [0, 0, 0, 0]);
    for (const character of 'cat') await insertText(editor, character);
    assert.equal(text(), 'cat');
    await undo();
    assert.equal(text(), 'ca');
    await undo();
    assert.equal(text(), 'c');
  });

  it('writes a space', async () => {
    await open('ab', [0, 1, 0, 1]);
    await editText(editor, 'space');
    assert.equal(text(), 'a b');
  });

  it('starts a new line as far in as the one before', async () => {
    await open('  one two', [0, 5, 0, 6]);
    await editText(editor, 'newLine');
    assert.equal(text(), '  one\n  two');
    await undo();
    assert.equal(text(), '  one two');
  });

  it('starts a new line further in behind an open bracket, as far as the editor does', async () => {
    await open('  if (a) {', [0, 10, 0, 10]);
    editor.options = { insertSpaces: true, tabSize: 2 };
    await editText(editor, 'newLine');
    assert.equal(text(), '  if (a) {\n    ');
    editor.options = { insertSpaces: false, tabSize: 4 };
    await insertText(editor, 'b[');
    await editText(editor, 'newLine');
    assert.equal(text(), '  if (a) {\n    b[\n    \t');
  });

  it('closes a bracket where the line that opened it begins, as one undo step', async () => {
    await open('  if (a) {\n    f({});\n      ', [2, 6, 2, 6]);
    assert.deepEqual(await insertText(editor, '} else'), [{ offset: 24, text: '} else', removed: '    ' }]);
    assert.equal(text(), '  if (a) {\n    f({});\n  } else');
    await undo();
    assert.equal(text(), '  if (a) {\n    f({});\n      ');
  });

  it('leaves a bracket where it is that closes nothing, or stands behind other text', async () => {
    await open('    ', [0, 4, 0, 4]);
    await insertText(editor, ')');
    assert.equal(text(), '    )');
    await open('{\n    a', [1, 5, 1, 5]);
    await insertText(editor, '}');
    assert.equal(text(), '{\n    a}');
  });

  it('deletes the character before every cursor, or what is selected', async () => {
    await open('abc\ndef', [0, 2, 0, 2], [1, 1, 1, 3]);
    await editText(editor, 'backspace');
    assert.equal(text(), 'ac\nd');
    await undo();
    assert.equal(text(), 'abc\ndef');
  });

  it('deletes what a person sees as one character', async () => {
    await open('e\u0301👩‍👧', [0, 7, 0, 7]);
    await editText(editor, 'backspace');
    assert.equal(text(), 'e\u0301');
    await editText(editor, 'backspace');
    assert.equal(text(), '');
  });

  it('deletes the end of a line, and nothing at the start of the text', async () => {
    await open('ab\ncd', [1, 0, 1, 0]);
    await editText(editor, 'backspace');
    assert.equal(text(), 'abcd');
    editor.selection = new vscode.Selection(0, 0, 0, 0);
    await editText(editor, 'backspace');
    assert.equal(text(), 'abcd');
  });
});
