import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { Command, Setting } from '../../src/host/shell/names';
import type { Chosen, HostToPad } from '../../src/protocol/pages/pad';
import { makeScratchFolder, removeScratchFolder } from '../harness/scratch';
import { until } from '../harness/until';
import { run, set } from './support/commands';
import { newDocument } from './support/documents';
import { listenFor } from './support/heard';
import { withPad, withTypedList } from './support/pad';
import { closeAll, closePages } from './support/tabs';

const heardOf = listenFor<HostToPad>();
const ALPHA: Chosen = { text: 'α', symbol: '\\alpha' };
const OIINT: Chosen = { text: '∯', symbol: '\\oiint' };
const INK = { ink: [[[0, 0] as [number, number], [5, 5] as [number, number]]], penWidth: 1 };

/** Opens a text of a file whose name ends so, the cursor at its `|`. */
async function open(text: string, ending: string): Promise<vscode.TextEditor> {
  const document = await newDocument(text.replace('|', ''), ending);
  return show(document, text.indexOf('|'));
}

async function show(document: vscode.TextDocument, offset: number): Promise<vscode.TextEditor> {
  const editor = await vscode.window.showTextDocument(document);
  const place = document.positionAt(Math.max(0, offset));
  editor.selection = new vscode.Selection(place, place);
  return editor;
}

/** Inserts what was chosen on the pad, one after another. */
async function insert(...all: Chosen[]): Promise<void> {
  await closePages();
  await withPad(async (tell, heard) => {
    for (const [id, chosen] of all.entries()) {
      tell({ type: 'insert', id, ...chosen });
      await heardOf(heard, 'inserted', (message) => message.id === id);
    }
  });
}

/** What a symbol stands as in a text with the cursor at its `|`. */
async function inserted(text: string, ending: string, ...chosen: Chosen[]): Promise<string> {
  const { document } = await open(text, ending);
  await insert(...chosen);
  return document.getText();
}

const missing = (document: vscode.TextDocument) => vscode.languages.getDiagnostics(document.uri);

/** Does what the quick fix of a document's first diagnostic says. */
async function fixFirst(document: vscode.TextDocument): Promise<void> {
  const [diagnostic] = await until('a diagnostic', () => {
    const found = missing(document);
    return found.length > 0 && found;
  });
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    diagnostic?.range,
    vscode.CodeActionKind.QuickFix.value,
  );
  const edit = actions.find(({ title }) => title.startsWith('Add \\usepackage'))?.edit;
  assert.ok(edit);
  await vscode.workspace.applyEdit(edit);
}

describe('symbols from the pad', () => {
  beforeEach(closeAll);

  afterEach(async () => {
    await closePages();
    await closeAll();
    await set(Setting.symbolForms, undefined);
  });

  for (const [ending, text, expected] of [
    ['.tex', '$x + |$', '$x + \\alpha$'],
    ['.typ', '$x + |$', '$x + alpha$'],
    ['.md', 'Let $|$ be.', 'Let $\\alpha$ be.'],
    ['.md', 'Let | be.', 'Let α be.'],
    ['.py', 'x = |', 'x = α'],
    ['.html', '<p>|</p>', '<p>α</p>'],
    ['.txt', '|', 'α'],
  ] as const) {
    it(`are written into a ${ending} as ${expected}`, async () => {
      assert.equal(await inserted(text, ending, ALPHA), expected);
    });
  }

  it('are written as the user wants it for a language', async () => {
    await set(Setting.symbolForms, { html: 'entity', julia: 'abbreviation', latex: 'unicode' });
    assert.equal(await inserted('<p>|</p>', '.html', ALPHA), '<p>&alpha;</p>');
    assert.equal(await inserted('|', '.jl', ALPHA), '\\alpha');
    assert.equal(await inserted('|', '.tex', ALPHA), 'α');
    // the others stay as they are
    assert.equal(await inserted('$|$', '.md', ALPHA), '$\\alpha$');
  });

  it('do not run into each other, or into the characters behind them', async () => {
    assert.equal(
      await inserted('$|$', '.tex', ALPHA, { text: 'x' }, ALPHA, { text: '2' }),
      '$\\alpha x\\alpha 2$',
    );
    assert.equal(await inserted('$|$', '.typ', ALPHA, ALPHA, { text: '+' }), '$alpha alpha+$');
  });

  it('are replaced by another candidate, and taken back', async () => {
    const { document } = await open('$|$', '.tex');
    await withPad(async (tell, heard) => {
      tell({ type: 'insert', id: 1, ...ALPHA });
      await heardOf(heard, 'inserted');
      tell({ type: 'replaceInserted', id: 1, text: '∝', symbol: '\\propto' });
      const { symbol } = await heardOf(heard, 'replaced');
      assert.equal(symbol, '\\propto');
      assert.equal(document.getText(), '$\\propto$');
      tell({ type: 'takeBack', id: 1 });
      await heardOf(heard, 'takenBack');
      assert.equal(document.getText(), '$$');
    });
  });

  it('of the user’s own are inserted as text, and as a snippet where they have stops', async () => {
    assert.equal(await inserted('a | b', '.py', { text: ':=', isOwn: true }), 'a := b');
    assert.equal(await inserted('$|$', '.tex', { text: '\\mathbb{R}', isOwn: true }), '$\\mathbb{R}$');
    await closePages();
    const { document } = await open('$|$', '.tex');
    await withPad(async (tell, heard) => {
      tell({ type: 'insert', id: 1, text: '\\frac{$1}{$2}', isOwn: true });
      await heardOf(heard, 'inserted');
      assert.equal(document.getText(), '$\\frac{}{}$');
      await until('the cursor at the first stop', () => {
        const editor = vscode.window.visibleTextEditors.find((each) => each.document === document);
        return editor?.selection.active.character === '$\\frac{'.length;
      });
      tell({ type: 'takeBack', id: 1 });
      await heardOf(heard, 'takenBack');
      assert.equal(document.getText(), '$$');
    });
  });

  it('of the user’s own are kept as one symbol, whatever is typed', async () => {
    await withPad(async (tell, heard) => {
      await withTypedList(
        () => Promise.resolve(tell({ type: 'keep', id: 9, drawn: INK })),
        async (list) => {
          list.value = '<=>';
          await until('both kinds', () => list.items.filter(({ label }) => label === '<=>').length === 2);
          assert.deepEqual(
            list.items.slice(0, 2).map(({ description }) => description),
            ['new: a text, character by character', 'new: one symbol that inserts this'],
          );
        },
      );
      tell({ type: 'teach', drawn: INK, label: '<=>', isSymbol: true });
      await heardOf(heard, 'kept', ({ message }) => message === 'Kept as <=>');
      tell({ type: 'undoKeep' });
      await heardOf(heard, 'kept', ({ message }) => message === 'Not kept: <=>');
    });
  });
});

describe('the packages that symbols need', () => {
  beforeEach(closeAll);

  afterEach(async () => {
    await closePages();
    await closeAll();
  });

  it('are offered by a quick fix where the document does not load them, and not added by themselves', async () => {
    const { document } = await open(
      '\\documentclass{article}\n\\begin{document}\n$|$\n\\end{document}\n',
      '.tex',
    );
    await insert(OIINT, ALPHA);
    const [diagnostic, ...others] = await until('a diagnostic', () => {
      const found = missing(document);
      return found.length > 0 && found;
    });
    assert.deepEqual(others, []);
    assert.match(diagnostic?.message ?? '', /^\\oiint is of the package esint/);
    assert.equal(diagnostic?.severity, vscode.DiagnosticSeverity.Information);
    assert.ok(!document.getText().includes('usepackage'));
    await fixFirst(document);
    assert.equal(
      document.getText(),
      '\\documentclass{article}\n\\usepackage{esint}\n\\begin{document}\n$\\oiint\\alpha$\n\\end{document}\n',
    );
    await until('no diagnostic', () => missing(document).length === 0);
  });

  it('are not asked for where they are loaded, nor of what Scrawl did not write', async () => {
    const { document } = await open(
      '\\documentclass{amsart}\n\\usepackage{esint}\n$\\iint \\lightning |$',
      '.tex',
    );
    await insert(OIINT);
    assert.deepEqual(missing(document), []);
  });

  it('are loaded by the document that a file is a part of', async () => {
    const folder = await makeScratchFolder();
    try {
      await mkdir(path.join(folder, 'parts'));
      await writeFile(path.join(folder, 'main.tex'), '\\documentclass{book}\n\\input{parts/one}\n');
      const file = path.join(folder, 'parts', 'one.tex');
      await writeFile(file, '% !TeX root = ../main.tex\n$$');
      const { document } = await show(await vscode.workspace.openTextDocument(file), 27);
      await insert(OIINT);
      await fixFirst(document);
      const root = await vscode.workspace.openTextDocument(path.join(folder, 'main.tex'));
      assert.equal(root.getText(), '\\documentclass{book}\n\\usepackage{esint}\n\\input{parts/one}\n');
      await until('no diagnostic', () => missing(document).length === 0);
      await root.save();
    } finally {
      await closeAll();
      await removeScratchFolder(folder);
    }
  });
});

describe('finding a symbol', () => {
  beforeEach(closeAll);
  afterEach(closeAll);

  it('looks through names, commands and characters, and has what was taken before others', async () => {
    await open('$|$', '.tex');
    await insert({ text: '⊢', symbol: '\\vdash' });
    await closePages();
    await run('workbench.view.explorer');
    await withTypedList(
      () => run(Command.findSymbol),
      ({ items, matchOnDescription }) => {
        assert.equal(matchOnDescription, true);
        assert.equal(items[0]?.label, 'used most');
        const used = items.slice(
          1,
          items.findIndex(({ label }) => label === 'symbols'),
        );
        const tack = used.find(({ label }) => label === '⊢  \\vdash');
        assert.match(tack?.description ?? '', /^right tack/);
        assert.equal(tack?.buttons?.[0]?.tooltip, 'How people draw it');
        assert.ok(items.length > 1000);
      },
    );
  });
});
