import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { UserError } from '../../src/base/userError';
import { personalizeModel, type PersonalizeParts } from '../../src/host/personal/personalizeModel';
import { withStub } from './support/stub';

const SHARES = { samples: 10, before: 0.5, after: 0.75 };
const ORIGINAL = { ...SHARES, dataset: 'others', perhapsLearned: false };
const RESULT = { person: SHARES, original: ORIGINAL, mix: 1, seconds: 1, learned: 30 };

interface Kept {
  readonly characters: number;
  readonly lines: number;
  /** What the engine says instead of teaching the model of lines. */
  readonly problem?: string;
}

/** What the command works with, and what it did with it. */
function partsThatKept({ characters, lines, problem }: Kept) {
  const taught: { method: string; samples: string; name: string }[] = [];
  const chosen: string[] = [];
  const use = (id: string, name: string, readsLines: boolean) => ({
    current: () => Promise.resolve({ id, name, folder: id, ...(readsLines ? { lines: {} } : { card: {} }) }),
    choose: (reference: string) => Promise.resolve(void chosen.push(reference)),
  });
  const parts = {
    models: {
      ...{ home: 'home', bundled: 'bundled' },
      change: (work: () => unknown) => work(),
    },
    inUse: { characters: use('bundled', 'Characters', false), lines: use('lines', 'Lines', true) },
    engine: {
      callApart: ({ method }: { method: string }, params: { samples: string; name: string }) => {
        taught.push({ method, samples: params.samples, name: params.name });
        if (method === 'personalizeLines' && problem !== undefined) throw new UserError(problem);
        const made = method === 'personalize' ? { newClasses: [], model: 'a' } : { leftOut: 2, model: 'b' };
        return Promise.resolve({ ...RESULT, ...made, name: params.name });
      },
    },
    countSamples: (dataset: string) => Promise.resolve(dataset === 'my-lines' ? lines : characters),
  } as unknown as PersonalizeParts;
  return { parts, taught, chosen };
}

const personalized = (parts: PersonalizeParts, answer?: string) =>
  withStub(vscode.window, 'showInformationMessage', answer, () => personalizeModel(parts, undefined));

describe('personalizing', () => {
  it('teaches the models of characters and of lines in one command, and both are used on the pad', async () => {
    const { parts, taught, chosen } = partsThatKept({ characters: 40, lines: 12 });
    const [said] = await personalized(parts, 'Use on Pad');
    assert.deepEqual(taught, [
      { method: 'personalize', samples: 'my-handwriting', name: 'Characters, my hand' },
      { method: 'personalizeLines', samples: 'my-lines', name: 'Lines, my hand' },
    ]);
    assert.match(String(said?.[0]), /^Characters, my hand learned from 30 samples/);
    assert.match(
      String(said?.[0]),
      /Lines, my hand learned from 30 words and lines of your hand\. 2 of them were left out\. Characters wrong in your other lines: 50\.0% before, 75\.0% now \(of 10\)/,
    );
    assert.deepEqual(chosen, ['a', 'b']);
  });

  it('teaches the one alone that there are samples for', async () => {
    const { parts, taught, chosen } = partsThatKept({ characters: 4, lines: 8 });
    await personalized(parts);
    assert.deepEqual(
      taught.map(({ method }) => method),
      ['personalizeLines'],
    );
    assert.deepEqual(chosen, [], 'nothing is used that nobody asked for');
  });

  it('says what to keep where there is too little of both', async () => {
    const { parts } = partsThatKept({ characters: 1, lines: 0 });
    await assert.rejects(
      personalized(parts),
      /There are 1 characters and 0 words and lines .* keep at least 5 characters or 8 words, or run "Scrawl: Practice…"/,
    );
  });

  it('says what became of one where the other cannot be taught', async () => {
    const problem = 'Look through your lines for wrong texts.';
    const { parts, chosen } = partsThatKept({ characters: 40, lines: 12, problem });
    const [said] = await personalized(parts, 'Use on Pad');
    assert.match(
      String(said?.[0]),
      /^Characters, my hand learned .* Look through your lines for wrong texts\.$/,
    );
    assert.deepEqual(chosen, ['a']);
    const none = partsThatKept({ characters: 0, lines: 12, problem });
    await assert.rejects(personalized(none.parts), new RegExp(problem));
  });
});
