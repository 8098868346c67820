import assert from 'node:assert/strict';
import { Practice } from '../../../src/host/personal/practice';
import type { Drawn } from '../../../src/protocol/pad';

const DRAWN: Drawn = { ink: [[[0, 0]]], penWidth: 1 };

/** Keeps labels where the real one keeps samples. */
class Kept {
  readonly labels: string[] = [];

  keep(label: string): Promise<string> {
    this.labels.push(label);
    return Promise.resolve(label);
  }

  undo(): Promise<string | undefined> {
    return Promise.resolve(this.labels.pop());
  }
}

describe('practising characters', () => {
  it('asks for one after another, keeps what is drawn, and ends behind the last', async () => {
    const kept = new Kept();
    const practice = new Practice(kept);
    practice.begin(['q', 'g']);
    assert.deepEqual(practice.task, { type: 'practise', label: 'q', place: 1, of: 2 });
    await practice.answer('keep', DRAWN);
    assert.deepEqual(practice.task, { type: 'practise', label: 'g', place: 2, of: 2 });
    await practice.answer('skip', undefined);
    assert.equal(practice.task.label, undefined);
    assert.deepEqual(kept.labels, ['q']);
  });

  it('takes back what was kept when the person goes back, and nothing that was skipped', async () => {
    const kept = new Kept();
    const practice = new Practice(kept);
    practice.begin(['q', 'g', '9']);
    await practice.answer('keep', DRAWN);
    await practice.answer('skip', undefined);
    await practice.answer('back', undefined);
    assert.equal(practice.task.label, 'g');
    assert.deepEqual(kept.labels, ['q']);
    await practice.answer('back', undefined);
    assert.equal(practice.task.label, 'q');
    assert.deepEqual(kept.labels, []);
  });

  it('keeps nothing without ink, and nothing once it has ended', async () => {
    const kept = new Kept();
    const practice = new Practice(kept);
    practice.begin(['q']);
    await practice.answer('keep', undefined);
    assert.equal(practice.task.label, 'q');
    await practice.answer('end', undefined);
    await practice.answer('keep', DRAWN);
    assert.deepEqual(kept.labels, []);
  });
});
