import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { practice, type PracticeParts } from '../../src/host/personal/practice';
import { newDocument } from './support/documents';
import { closeAll } from './support/tabs';

/** What the command works with, where the engine finds these characters; and what the pad was asked for. */
function partsThatConfuse(characters: readonly string[]) {
  const asked: (readonly string[])[] = [];
  const parts = {
    models: { home: 'home' },
    inUse: { characters: { current: () => Promise.resolve({ folder: 'folder', name: 'Mine' }) } },
    engine: { call: () => Promise.resolve({ characters }) },
    pad: {
      startPractice: (some: readonly string[]) => {
        asked.push(some);
        return Promise.resolve();
      },
    },
  } as unknown as PracticeParts;
  return { parts, asked };
}

describe('practicing', () => {
  afterEach(closeAll);

  it('asks on the pad for what the model confuses, then for words', async () => {
    const { parts, asked } = partsThatConfuse(['q', 'g']);
    await practice(parts);
    assert.equal(asked.length, 1);
    assert.deepEqual(asked[0]?.slice(0, 2), ['q', 'g']);
    assert.equal(asked[0].length, 10);
  });

  it('takes half of the words from the open file', async () => {
    const { parts, asked } = partsThatConfuse([]);
    await vscode.window.showTextDocument(await newDocument('alpha beta gamma delta epsilon zeta'));
    await practice(parts);
    const greek = asked[0]?.filter((word) => /^(alpha|beta|gamma|delta|epsilon|zeta)$/.test(word));
    assert.deepEqual([asked[0]?.length, greek?.length], [8, 4]);
  });
});
