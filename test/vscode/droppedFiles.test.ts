import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { DroppedFiles } from '../../src/host/shell/droppedFiles';

describe('files that are dropped on a view', () => {
  it('are taken one after the other; what is no file is left', async () => {
    const taken: string[] = [];
    const dropped = new DroppedFiles((file) => Promise.resolve(taken.push(file.path)));
    const dragged = new vscode.DataTransfer();
    const list =
      '# from the explorer\r\nfile:///data/my%20ink.inkml\r\nhttps://example.org/x.zip\r\nfile:///data/b';
    dragged.set('text/uri-list', new vscode.DataTransferItem(list));
    await dropped.handleDrop(undefined, dragged);
    assert.deepEqual(taken, ['/data/my ink.inkml', '/data/b']);
    await dropped.handleDrop(undefined, new vscode.DataTransfer());
    assert.equal(taken.length, 2);
  });
});
