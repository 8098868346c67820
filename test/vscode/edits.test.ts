import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { GhostText, type Haunted } from '../../src/host/pad/ghostText';
import type { Inserted } from '../../src/host/pad/target';
import { Targets } from '../../src/host/pad/targets';
import { Writer } from '../../src/host/pad/writer';
import { until } from '../harness/until';
import { newDocument } from './support/documents';
import { withStub } from './support/stub';
import { closeAll } from './support/tabs';

describe('edits of the pad', () => {
  let targets: Targets;
  let writer: Writer;
  let editor: vscode.TextEditor;

  beforeEach(async () => {
    await closeAll();
    targets = new Targets();
    writer = new Writer(targets);
  });

  afterEach(async () => {
    targets.dispose();
    await closeAll();
  });

  async function open(content: string, ...selections: [number, number, number, number][]): Promise<void> {
    editor = await vscode.window.showTextDocument(await newDocument(content));
    editor.selections = selections.map((ends) => new vscode.Selection(...ends));
    await until('the cursors', () => targets.current.editor === editor);
  }

  const problem = () => targets.current.problem;
  const text = () => editor.document.getText().replaceAll('\r\n', '\n');
  const undo = () => vscode.commands.executeCommand('undo');

  async function insert(what: string): Promise<Inserted> {
    const inserted = await writer.insert(what);
    assert.ok(inserted);
    return inserted;
  }

  it('are all made, in order, however quickly they come', async () => {
    await open('0123456789abcdefghijklmnop', [0, 26, 0, 26]);
    const warnings = await withStub(vscode.window, 'showWarningMessage', undefined, () =>
      Promise.all([
        ...Array.from({ length: 20 }, () => writer.edit('backspace')),
        writer.edit('newLine'),
        writer.insert('x'),
        writer.edit('space'),
        writer.insert('y'),
        writer.edit('newLine'),
        writer.edit('backspace'),
        writer.type('z'),
      ]),
    );
    assert.equal(text(), '012345\nx yz');
    assert.deepEqual(warnings, []);
  });

  it('are made anew for a text that has changed by then', async () => {
    await open('one\ntwo', [1, 3, 1, 3]);
    const other = () => editor.edit((builder) => builder.insert(new vscode.Position(0, 0), 'zero\n'));
    const warnings = await withStub(vscode.window, 'showWarningMessage', undefined, () =>
      Promise.all([other(), insert('!'), writer.edit('backspace'), insert('?')]),
    );
    assert.equal(text(), 'zero\none\ntwo?');
    assert.deepEqual(warnings, []);
  });

  it('are an undo step for each insertion, and one for what was typed', async () => {
    await open('', [0, 0, 0, 0]);
    await insert('const');
    await insert(' x');
    for (const character of 'yz') await writer.type(character);
    assert.equal(text(), 'const xyz');
    await undo();
    assert.equal(text(), 'const x');
    await undo();
    assert.equal(text(), 'const');
  });

  it('replace what was inserted by another text, at every cursor and as one undo step', async () => {
    await open('a()\nbc()', [0, 2, 0, 2], [1, 1, 1, 2]);
    const inserted = await insert('foo');
    assert.equal(text(), 'a(foo)\nbfoo()');
    assert.equal(await inserted.replace('barbar'), true);
    assert.equal(text(), 'a(barbar)\nbbarbar()');
    await undo();
    assert.equal(text(), 'a(foo)\nbfoo()');
    await undo();
    assert.equal(text(), 'a()\nbc()');
    inserted.dispose();
  });

  it('leave the cursor behind what replaced a text', async () => {
    await open('', [0, 0, 0, 0]);
    const inserted = await insert('foo');
    await inserted.replace('longer');
    await insert('!');
    assert.equal(text(), 'longer!');
    assert.equal(await inserted.replace('b'), true);
    assert.equal(text(), 'b!');
    inserted.dispose();
  });

  it('take back what was inserted, and what it stood in place of is there again', async () => {
    await open('one two', [0, 4, 0, 7]);
    const inserted = await insert('2');
    await writer.edit('space');
    assert.equal(await inserted.takeBack(), true);
    assert.equal(text(), 'one two ');
    inserted.dispose();
  });

  it('destroy nothing where the text has been changed since', async () => {
    await open('', [0, 0, 0, 0]);
    const inserted = await insert('foo');
    await writer.edit('backspace');
    await writer.edit('backspace');
    assert.equal(await inserted.takeBack(), false);
    assert.equal(await inserted.replace('bar'), false);
    assert.equal(text(), 'f');
    inserted.dispose();
  });

  it('say why an editor takes none, and the pad says it before one writes again', async () => {
    await open('fixed', [0, 0, 0, 0]);
    await vscode.commands.executeCommand('workbench.action.files.setActiveEditorReadonlyInSession');
    assert.equal(problem(), undefined);
    await withStub(vscode.window, 'showWarningMessage', undefined, async () => {
      assert.equal(await writer.insert('x'), undefined);
    });
    assert.match(problem() ?? '', /is read-only: click into an editor/);
    await vscode.commands.executeCommand('workbench.action.files.resetActiveEditorReadonlyInSession');
    await insert('x');
    assert.equal(problem(), undefined);
  });
});

describe('the target of the pad', () => {
  let targets: Targets;

  beforeEach(async () => {
    await closeAll();
    targets = new Targets();
  });

  afterEach(async () => {
    targets.dispose();
    await closeAll();
  });

  it('is named by its file and line, as the cursor moves', async () => {
    const editor = await vscode.window.showTextDocument(await newDocument('1\n2\n3'));
    const file = editor.document.uri.path.split('/').at(-1);
    await until('the editor', () => targets.current.name === `${String(file)}, line 1`);
    let told = 0;
    const listening = targets.onDidChange(() => (told += 1));
    await vscode.commands.executeCommand('cursorBottom');
    await until('the last line', () => targets.current.name === `${String(file)}, line 3`);
    assert.ok(told > 0);
    listening.dispose();
    editor.selections = [new vscode.Selection(0, 0, 0, 0), new vscode.Selection(1, 0, 1, 0)];
    assert.equal(targets.current.name, `${String(file)}, 2 cursors`);
  });

  it('tells of the text around the cursor, and its language', async () => {
    const editor = await vscode.window.showTextDocument(await newDocument('before|after'));
    editor.selection = new vscode.Selection(0, 6, 0, 7);
    await until('the editor', () => targets.current.editor === editor);
    assert.deepEqual(targets.current.surroundings, {
      before: 'before',
      after: 'after',
      language: 'plaintext',
    });
  });

  it('says that there is nowhere to write', () => {
    assert.equal(targets.current.name, undefined);
    assert.match(targets.current.problem ?? '', /no editor to write in: open a file/);
  });

  it('is the terminal that the user went to last, until it is closed', async () => {
    const editor = await vscode.window.showTextDocument(await newDocument('text'));
    await until('the editor', () => targets.current.editor === editor);
    const heard: string[] = [];
    const written = new vscode.EventEmitter<string>();
    const pty: vscode.Pseudoterminal = {
      onDidWrite: written.event,
      open: () => undefined,
      close: () => undefined,
      handleInput: (data) => void heard.push(data),
    };
    const terminal = vscode.window.createTerminal({ name: 'shell', pty });
    try {
      terminal.show();
      await until('the terminal', () => targets.current.name === 'Terminal shell');
      const writer = new Writer(targets);
      const inserted = await writer.insert('git log');
      await writer.edit('newLine');
      await until('what was written', () => heard.join('') === 'git log\r');
      const warnings = await withStub(vscode.window, 'showWarningMessage', undefined, async () => {
        assert.equal(await writer.change(() => inserted?.takeBack() ?? Promise.resolve(true)), false);
      });
      assert.match(String(warnings[0]?.[0]), /terminal gives back no text/);
    } finally {
      terminal.dispose();
    }
    await until('the editor again', () => targets.current.editor === editor);
    assert.equal(editor.document.getText(), 'text');
    await vscode.commands.executeCommand('workbench.action.closePanel');
  });
});

describe('ghost text', () => {
  /** An editor that remembers what it shows. */
  function haunted(...lines: number[]) {
    const shown: vscode.DecorationOptions[][] = [];
    const editor: Haunted = {
      selections: lines.map((line) => new vscode.Selection(line, 2, line, 2)),
      setDecorations: (_, options) => void shown.push([...(options as vscode.DecorationOptions[])]),
    };
    const now = () =>
      shown.at(-1)?.map(({ range, renderOptions }) => [range.start.line, renderOptions?.after?.contentText]);
    return { editor, now };
  }

  it('stands at every cursor, until there is none', () => {
    const ghost = new GhostText();
    const { editor, now } = haunted(1, 4);
    ghost.show(editor, 'x =\n1');
    assert.deepEqual(now(), [
      [1, 'x\u00a0=⏎'],
      [4, 'x\u00a0=⏎'],
    ]);
    ghost.clear();
    assert.deepEqual(now(), []);
    ghost.dispose();
  });

  it('leaves an editor when it stands in another', () => {
    const ghost = new GhostText();
    const [one, other] = [haunted(0), haunted(7)];
    ghost.show(one.editor, 'a');
    ghost.show(other.editor, 'a');
    assert.deepEqual([one.now(), other.now()], [[], [[7, 'a']]]);
    ghost.show(undefined, 'a');
    assert.deepEqual(other.now(), []);
    ghost.dispose();
  });
});
