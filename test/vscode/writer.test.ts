import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Targets } from '../../src/host/pad/targets';
import { View } from '../../src/host/shell/names';
import { Writer } from '../../src/host/pad/writer';
import { until } from '../harness/until';
import { newDocument } from './support/documents';
import { withStub } from './support/stub';
import { closeAll } from './support/tabs';

const { executeCommand } = vscode.commands;

describe('writer', () => {
  let targets: Targets;
  let writer: Writer;

  beforeEach(async () => {
    await closeAll();
    targets = new Targets();
    writer = new Writer(targets);
  });

  afterEach(async () => {
    targets.dispose();
    await closeAll();
  });

  const open = async (content: string, column = vscode.ViewColumn.One) =>
    vscode.window.showTextDocument(await newDocument(content), column);

  it('writes in the editor that was focused last, while the pad has the keyboard', async () => {
    const left = await open('left');
    const right = await open('right', vscode.ViewColumn.Two);
    await executeCommand('workbench.action.focusFirstEditorGroup');
    await until('the left editor', () => vscode.window.activeTextEditor === left);
    await executeCommand(`${View.pad}.focus`);
    assert.ok(await writer.insert('X'));
    assert.equal(left.document.getText(), 'Xleft');
    assert.equal(right.document.getText(), 'right');
  });

  it('does not take the log for a place to write', async () => {
    const editor = await open('text');
    const channel = vscode.window.createOutputChannel('Scrawl test');
    try {
      channel.append('output');
      channel.show();
      await until('the output', () =>
        vscode.window.visibleTextEditors.some(({ document }) => document.uri.scheme === 'output'),
      );
      assert.equal(targets.current.editor, editor);
    } finally {
      channel.dispose();
      await executeCommand('workbench.action.closePanel');
    }
  });

  it('says that an editor is read-only', async () => {
    const editor = await open('fixed');
    await executeCommand('workbench.action.files.setActiveEditorReadonlyInSession');
    const warnings = await withStub(vscode.window, 'showWarningMessage', undefined, async () => {
      assert.equal(await writer.insert('X'), undefined);
      await writer.edit('space');
    });
    assert.equal(editor.document.getText(), 'fixed');
    assert.equal(warnings.length, 2);
    assert.match(String(warnings[0]?.[0]), /is read-only/);
    await executeCommand('workbench.action.files.resetActiveEditorReadonlyInSession');
  });

  it('writes in a notebook cell as one undo step', async () => {
    const cell = new vscode.NotebookCellData(vscode.NotebookCellKind.Code, 'x = ', 'python');
    const notebook = await vscode.workspace.openNotebookDocument(
      'jupyter-notebook',
      new vscode.NotebookData([cell]),
    );
    await vscode.window.showNotebookDocument(notebook);
    const document = notebook.cellAt(0).document;
    await until('the cell', async () => {
      await executeCommand('notebook.focusTop');
      await executeCommand('notebook.cell.edit');
      return vscode.window.activeTextEditor?.document === document;
    });
    await executeCommand('cursorEnd');
    await executeCommand(`${View.pad}.focus`);
    await until('a place to write', () => targets.current.editor?.document === document);
    assert.ok(await writer.insert('7'));
    assert.equal(document.getText(), 'x = 7');
    await vscode.window.showNotebookDocument(notebook);
    // undo does nothing until the cell has the focus again
    await until('the undo', async () => {
      await executeCommand('notebook.cell.edit');
      await executeCommand('undo');
      return document.getText() !== 'x = 7';
    });
    assert.equal(document.getText(), 'x = ');
    // VS Code's own notebooks start with it
  }).timeout(120_000);

  it('offers a new file where no editor is open, and goes on writing there', async () => {
    const asked = await withStub(vscode.window, 'showQuickPick', 'New untitled file', async () => {
      assert.ok(await writer.insert('A'));
      await until('the new file', () => targets.current.editor !== undefined);
      assert.ok(await writer.insert('B'));
    });
    assert.equal(asked.length, 1);
    assert.equal(vscode.window.activeTextEditor?.document.getText(), 'AB');
    assert.equal(vscode.window.activeTextEditor.document.isUntitled, true);
  });

  it('offers the clipboard where no editor is open', async () => {
    const copied: string[] = [];
    const clipboard = { writeText: (text: string) => Promise.resolve(copied.push(text)) };
    const original = Object.getOwnPropertyDescriptor(vscode.env, 'clipboard');
    Object.defineProperty(vscode.env, 'clipboard', { value: clipboard, configurable: true });
    try {
      await withStub(vscode.window, 'showQuickPick', 'Clipboard', async () => {
        assert.ok(await writer.insert('A'));
      });
    } finally {
      if (original) Object.defineProperty(vscode.env, 'clipboard', original);
    }
    assert.deepEqual(copied, ['A']);
  });

  it('inserts nothing where the user wants none of that', async () => {
    await withStub(vscode.window, 'showQuickPick', undefined, async () => {
      assert.equal(await writer.insert('A'), undefined);
    });
  });

  it('has nothing to edit where no editor is open', async () => {
    const said = await withStub(vscode.window, 'showWarningMessage', undefined, () => writer.edit('space'));
    assert.match(String(said[0]?.[0]), /open a file first/);
  });
});
