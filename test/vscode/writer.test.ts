import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { TargetEditor } from '../../src/host/targetEditor';
import { View } from '../../src/host/names';
import { Writer } from '../../src/host/writer';
import { until } from '../harness/until';
import { withStub } from './stub';

const { executeCommand } = vscode.commands;

describe('writer', () => {
  let target: TargetEditor;
  let writer: Writer;

  beforeEach(async () => {
    await closeAll();
    target = new TargetEditor();
    writer = new Writer(target);
  });

  afterEach(async () => {
    target.dispose();
    await closeAll();
  });

  async function closeAll(): Promise<void> {
    while (vscode.window.tabGroups.activeTabGroup.activeTab) {
      await executeCommand('workbench.action.revertAndCloseActiveEditor');
    }
  }

  const open = async (content: string, column = vscode.ViewColumn.One) =>
    vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content }), column);

  it('writes in the editor that was focused last, while the pad has the keyboard', async () => {
    const left = await open('left');
    const right = await open('right', vscode.ViewColumn.Two);
    await executeCommand('workbench.action.focusFirstEditorGroup');
    await until('the left editor', () => vscode.window.activeTextEditor === left);
    await executeCommand(`${View.pad}.focus`);
    assert.equal(await writer.insert('X'), true);
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
      assert.equal(target.current, editor);
    } finally {
      channel.dispose();
      await executeCommand('workbench.action.closePanel');
    }
  });

  it('says that an editor is read-only', async () => {
    const editor = await open('fixed');
    await executeCommand('workbench.action.files.setActiveEditorReadonlyInSession');
    const warnings = await withStub(vscode.window, 'showWarningMessage', undefined, async () => {
      assert.equal(await writer.insert('X'), false);
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
    await until(
      'the cell',
      async () => {
        await executeCommand('notebook.focusTop');
        await executeCommand('notebook.cell.edit');
        return vscode.window.activeTextEditor?.document === document;
      },
      8000,
    );
    await executeCommand('cursorEnd');
    await executeCommand(`${View.pad}.focus`);
    await until('a place to write', () => target.current?.document === document, 8000);
    assert.equal(await writer.insert('7'), true);
    assert.equal(document.getText(), 'x = 7');
    await vscode.window.showNotebookDocument(notebook);
    // undo does nothing until the cell has the focus again
    await until(
      'the undo',
      async () => {
        await executeCommand('notebook.cell.edit');
        await executeCommand('undo');
        return document.getText() !== 'x = 7';
      },
      8000,
    );
    assert.equal(document.getText(), 'x = ');
  });

  it('offers a new file where no editor is open, and goes on writing there', async () => {
    const asked = await withStub(vscode.window, 'showQuickPick', 'New untitled file', async () => {
      assert.equal(await writer.insert('A'), true);
      await until('the new file', () => target.current !== undefined);
      assert.equal(await writer.insert('B'), true);
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
        assert.equal(await writer.insert('A'), true);
      });
    } finally {
      if (original) Object.defineProperty(vscode.env, 'clipboard', original);
    }
    assert.deepEqual(copied, ['A']);
  });

  it('inserts nothing where the person wants none of that', async () => {
    await withStub(vscode.window, 'showQuickPick', undefined, async () => {
      assert.equal(await writer.insert('A'), false);
    });
  });

  it('has nothing to edit where no editor is open', async () => {
    const said = await withStub(vscode.window, 'showInformationMessage', undefined, () =>
      writer.edit('space'),
    );
    assert.match(String(said[0]?.[0]), /open a file first/);
  });
});
