import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Command, View } from '../../src/host/shell/names';
import { editText } from '../../src/host/networks/designerState';
import { parseNetwork } from '../../src/networks/network';
import { writeNetwork } from '../../src/networks/networkText';
import { PRESETS } from '../../src/networks/presets';
import { until } from '../harness/until';
import { run, says } from './support/commands';
import { withStub } from './support/stub';
import { closeAll } from './support/tabs';

const lenet = PRESETS['lenet-5'];
assert.ok(lenet);
const LENET = writeNetwork(lenet);

describe('network files', () => {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file('/');
  const file = vscode.Uri.joinPath(folder, 'mine.scrawlnet.json');
  const write = (text: string) => vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
  const input = () => vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const inDesigner = () => {
    const shown = input();
    return shown instanceof vscode.TabInputCustom && shown.viewType === View.networkDesigner
      ? shown.uri
      : undefined;
  };
  const inText = () => {
    const shown = input();
    return shown instanceof vscode.TabInputText ? shown.uri : undefined;
  };
  const document = () => {
    const found = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === file.toString());
    assert.ok(found, 'the document is open');
    return found;
  };
  const problems = () => vscode.languages.getDiagnostics(file).filter(({ source }) => source === 'Scrawl');

  beforeEach(async () => {
    // what another test left open would count as a tab of ours
    await closeAll();
    await write(LENET);
  });

  afterEach(async () => {
    await closeAll();
    await vscode.workspace.fs.delete(file);
  });

  it('open in the designer, and as text in its place, and back', async () => {
    await run('vscode.open', file);
    await until('the designer', inDesigner);
    await run(Command.openNetworkAsText);
    await until('the text', inText);
    await run(Command.openNetworkDesigner);
    await until('the designer again', inDesigner);
    assert.equal(vscode.window.tabGroups.activeTabGroup.tabs.length, 1, 'one tab all along');
  });

  it('open by the command, the only one of the folder at once', async () => {
    await run(Command.openNetworkDesigner);
    assert.equal((await until('the designer', inDesigner)).toString(), file.toString());
  });

  it('are changed, undone, redone and saved as text documents are', async () => {
    await run(Command.openNetworkDesigner, file);
    await until('the designer', inDesigner);
    const edit = new vscode.WorkspaceEdit();
    const changed = editText(LENET, 'mine.scrawlnet.json', { type: 'remove', at: 6 });
    edit.replace(file, new vscode.Range(0, 0, document().lineCount, 0), changed);
    await vscode.workspace.applyEdit(edit);
    assert.equal(parseNetwork(document().getText()).layers.length, 6);
    await run('undo');
    await until('the undo', () => document().getText() === LENET);
    await run('redo');
    await until('the redo', () => document().getText() === changed);
    await run('workbench.action.files.save');
    await until('the save', () => !document().isDirty);
    assert.equal(new TextDecoder().decode(await vscode.workspace.fs.readFile(file)), changed);
  });

  it('say which layer cannot work, at its place in the text', async () => {
    await vscode.workspace.openTextDocument(file);
    assert.deepEqual(problems(), []);
    const wrong = editText(LENET, 'mine.scrawlnet.json', { type: 'insert', at: 2, layer: 'flatten' });
    const edit = new vscode.WorkspaceEdit();
    edit.replace(file, new vscode.Range(0, 0, document().lineCount, 0), wrong);
    await vscode.workspace.applyEdit(edit);
    const [problem] = await until('the problem', () => problems().length > 0 && problems());
    assert.match(problem?.message ?? '', /^Convolution cannot work here\. It takes a picture/);
    assert.match(document().getText(problem?.range), /^\{ "type": "conv2d", "filters": 16/);
    await run('vscode.open', file);
    await until('the designer', inDesigner);
    await run('undo');
    await until('no problem', () => problems().length === 0);
  });

  it('have completion and checks from their schema', async () => {
    await write(LENET.replace('"units": 120', '"units": 0'));
    await vscode.window.showTextDocument(file);
    const found = await until('the check', () => {
      const all = vscode.languages.getDiagnostics(file);
      return all.length > 0 && all;
    });
    assert.match(found[0]?.message ?? '', /minimum of 1/);
    const at = document().positionAt(document().getText().indexOf('"tanh"') + 1);
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      file,
      at,
    );
    const labels = list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    assert.ok(labels.includes('"relu"'), labels.join(' '));
  });

  it('are made from a preset, with a name that is free', async () => {
    const calls = await withStub(
      vscode.window,
      'showQuickPick',
      { network: { ...lenet, name: 'mine' } },
      () => run(Command.newNetwork),
    );
    const items = calls[0]?.[0] as vscode.QuickPickItem[];
    assert.equal(items.length, Object.keys(PRESETS).length + 1);
    const item = items.find(({ label }) => label === 'lenet-5');
    assert.match(item?.description ?? '', /^28x28, 61,706 weights for 10 classes$/);
    assert.match(item?.detail ?? '', /LeCun/);
    const uri = await until('the designer', inDesigner);
    assert.match(uri.path, /mine-2\.scrawlnet\.json$/);
    const made = vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
    assert.ok(made?.isUntitled);
    assert.equal(parseNetwork(made.getText()).layers.length, 7);
  });

  it('have no picture to export where no designer is in front', async () => {
    const calls = await says(() => run(Command.exportNetworkPicture), 'Error');
    assert.match(String(calls[0]?.[0]), /Open a network in the designer first/);
  });
});
