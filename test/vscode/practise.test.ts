import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { practiseCharacters, type PractiseParts } from '../../src/host/commands/personal/practiseCharacters';
import { withStub } from './stub';

/** What the command works with, where the engine finds these characters; and what the pad was asked for. */
function partsThatConfuse(characters: readonly string[]) {
  const asked: (readonly string[])[] = [];
  const parts = {
    models: { home: 'home' },
    modelInUse: { current: () => Promise.resolve({ folder: 'folder', name: 'Mine' }) },
    engine: { request: () => Promise.resolve({ characters }) },
    pad: {
      practise: (some: readonly string[]) => {
        asked.push(some);
        return Promise.resolve();
      },
    },
  } as unknown as PractiseParts;
  return { parts, asked };
}

describe('practising what the model confuses', () => {
  it('asks for it on the pad', async () => {
    const { parts, asked } = partsThatConfuse(['q', 'g']);
    const said = await withStub(vscode.window, 'showInformationMessage', undefined, () =>
      practiseCharacters(parts),
    );
    assert.deepEqual([asked, said], [[['q', 'g']], []]);
  });

  it('says what to do instead where nothing is confused, and opens no empty pad', async () => {
    const { parts, asked } = partsThatConfuse([]);
    const said = await withStub(vscode.window, 'showInformationMessage', undefined, () =>
      practiseCharacters(parts),
    );
    assert.deepEqual(asked, []);
    assert.match(String(said[0]?.[0]), /^Mine confuses no character.*: draw on the pad, and keep as samples/);
  });
});
