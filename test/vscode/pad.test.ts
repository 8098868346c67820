import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Command, Setting } from '../../src/host/shell/names';
import { settings } from '../../src/host/shell/settings';
import type { HostToPad, PadToHost } from '../../src/protocol/pages/pad';
import { until } from '../harness/until';
import { handwritten } from '../harness/writer';
import { run, set } from './support/commands';
import { newDocument } from './support/documents';
import { listenFor } from './support/heard';
import { padCharacters, withPad, withTypedList } from './support/pad';
import { closeAll, closePages, tabLabels } from './support/tabs';

const heardOf = listenFor<HostToPad>();

describe('the pad in the panel and in a tab', () => {
  beforeEach(closeAll);

  afterEach(async () => {
    await closePages();
    await closeAll();
    for (const setting of Object.values(Setting)) await set(setting, undefined);
    await run('workbench.action.closePanel');
    await run('scrawl.pad.focus');
  });

  it('opens in the panel, and takes the commands there', async () => {
    await run(Command.openPadInPanel);
    assert.equal((await padCharacters()).length, 94);
  });

  it('opens in a tab below the text, which stays in sight and gets what is written', async () => {
    const editor = await vscode.window.showTextDocument(await newDocument(''));
    await withPad(async (tell, heard) => {
      await until('the tab', () => tabLabels().includes('Pad'));
      assert.ok(vscode.window.visibleTextEditors.includes(editor));
      const target = await heardOf(heard, 'target');
      assert.match(target.name ?? '', /^text-\d+\.txt, line 1$/);
      tell({ type: 'insert', id: 1, text: 'foo' });
      tell({ type: 'edit', edit: 'newLine' });
      tell({ type: 'insert', id: 2, text: 'bar' });
      tell({ type: 'type', text: '!' });
      await heardOf(heard, 'inserted', ({ id }) => id === 2);
      await until('what was typed', () => editor.document.getText() === 'foo\nbar!');
      await heardOf(heard, 'target', ({ name }) => name?.endsWith('line 2') ?? false);
    });
  });

  it('replaces what was inserted, takes it back, and says where it cannot', async () => {
    const editor = await vscode.window.showTextDocument(await newDocument(''));
    await withPad(async (tell, heard) => {
      tell({ type: 'insert', id: 7, text: 'l' });
      await heardOf(heard, 'inserted');
      tell({ type: 'replaceInserted', id: 7, text: '1' });
      assert.deepEqual(await heardOf(heard, 'replaced'), { type: 'replaced', id: 7, text: '1' });
      assert.equal(editor.document.getText(), '1');
      tell({ type: 'takeBack', id: 7 });
      await heardOf(heard, 'takenBack', ({ done }) => done);
      assert.equal(editor.document.getText(), '');
      tell({ type: 'replaceInserted', id: 6, text: 'x' });
      await heardOf(heard, 'takenBack', ({ id, done }) => id === 6 && !done);
    });
  });

  it('reads ink with what the language offers at the cursor', async () => {
    await vscode.window.showTextDocument(await newDocument('const answer = 42;\n'));
    await withPad(async (tell, heard) => {
      tell({ type: 'begin' });
      const ink = handwritten('A') as Extract<PadToHost, { type: 'recognize' }>['ink'];
      tell({ type: 'recognize', id: 3, ink, penWidth: 3 });
      const { readings } = await heardOf(heard, 'candidates', ({ id }) => id === 3);
      assert.equal(readings[0]?.text, 'A');
    });
  });

  it('turns inserting after a rest off and on again, as long as it was', async () => {
    await set(Setting.insertAfter, 700);
    await withPad(async (tell) => {
      tell({ type: 'switch', setting: 'insertAfter', on: false });
      await until('no rest', () => settings.insertAfter === 0);
      tell({ type: 'switch', setting: 'insertAfter', on: true });
      await until('the rest', () => settings.insertAfter === 700);
      tell({ type: 'switch', setting: 'guideLines', on: false });
      await until('no lines', () => !settings.guideLines);
    });
  });

  it('keeps lines and characters, counts them, and takes them back', async () => {
    await withPad(async (tell, heard) => {
      const drawn = { ink: [[[0, 0] as [number, number], [5, 5] as [number, number]]], penWidth: 1 };
      tell({ type: 'teach', drawn, label: 'foo()' });
      await heardOf(heard, 'kept', ({ message }) => message === 'Kept as foo()');
      tell({ type: 'teach', drawn, label: 'foo()' });
      await heardOf(heard, 'kept', ({ message }) => message === 'Kept as foo() (2)');
      await withTypedList(
        () => Promise.resolve(tell({ type: 'keep', id: 9, drawn, suggestion: 'foo()' })),
        ({ items }) => assert.equal(items[0]?.label, 'foo()'),
      );
      tell({ type: 'undoKeep' });
      await heardOf(heard, 'kept', ({ message }) => message === 'Not kept: foo()');
      tell({ type: 'undoKeep' });
      await until(
        'both',
        () => heard.filter((each) => JSON.stringify(each).includes('Not kept')).length === 2,
      );
    });
  });

  it('finds characters by name, and takes any that is typed', async () => {
    await run(Command.openPad);
    await withTypedList(
      () => run(Command.pickCharacter),
      async (list) => {
        const lambda = list.items.find(({ label }) => label === 'λ');
        assert.equal(lambda?.description, 'greek small letter lambda');
        assert.equal(list.matchOnDescription, true);
        list.value = 'あ';
        await until('the typed character', () => list.items[0]?.label === 'あ');
      },
    );
  });
});
