import assert from 'node:assert/strict';
import { Completions } from '../../../../src/host/pad/completions';
import type { Spot } from '../../../../src/host/pad/target';

const spot = (version: number, character = 0) =>
  ({
    document: { uri: 'file:///a.ts', version },
    position: { line: 0, character },
  }) as unknown as Spot;

/** Answers that are given when a test says so, and patience that ends then. */
function asked() {
  const answers: ((labels: string[]) => void)[] = [];
  let losePatience: () => void = () => undefined;
  const completions = new Completions(
    () => new Promise((resolve) => answers.push(resolve)),
    () => new Promise((resolve) => (losePatience = resolve)),
  );
  return { completions, answers, losePatience: () => losePatience() };
}

describe('what the completion provider offers', () => {
  it('is the names that labels begin with, each once', async () => {
    const { completions, answers } = asked();
    const names = completions.at(spot(1));
    answers[0]?.(['map(callback)', 'map', '=> snippet', '$el', '_id: number', 'x', '"quoted"', 'größe']);
    assert.deepEqual(await names, ['map', '$el', '_id', 'größe']);
  });

  it('is asked once for a state of the document, and anew for another or elsewhere', async () => {
    const { completions, answers } = asked();
    const same = [completions.at(spot(1)), completions.at(spot(1))];
    assert.equal(answers.length, 1);
    answers[0]?.(['one']);
    assert.deepEqual(await Promise.all(same), [['one'], ['one']]);
    void completions.at(spot(2));
    void completions.at(spot(2, 4));
    assert.equal(answers.length, 3);
  });

  it('is done without where it is slow, and used once it is there', async () => {
    const { completions, answers, losePatience } = asked();
    const waiting = completions.at(spot(1));
    losePatience();
    assert.deepEqual(await waiting, []);
    assert.deepEqual(await completions.at(spot(1)), []);
    answers[0]?.(['late']);
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(await completions.at(spot(1)), ['late']);
  });

  it('is nothing where the provider fails', async () => {
    const completions = new Completions(
      () => Promise.reject(new Error('no provider')),
      () => new Promise(() => undefined),
    );
    assert.deepEqual(await completions.at(spot(1)), []);
  });
});
