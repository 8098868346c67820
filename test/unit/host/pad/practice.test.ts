import assert from 'node:assert/strict';
import { Practice } from '../../../../src/host/pad/practice';
import type { Drawn } from '../../../../src/protocol/pages/pad';

const DRAWN: Drawn = { ink: [[[0, 0]]], penWidth: 1 };

/** Keeps labels where the real one keeps samples, each as soon as it is let. */
class Kept {
  labels: string[] = [];
  /** Ends the writing that is under way, well or with an error. */
  write: (error?: Error) => void = () => undefined;

  constructor(private readonly waits = false) {}

  keepText(label: string): Promise<string> {
    return new Promise((resolve, reject) => {
      this.write = (error) => {
        if (error) return reject(error);
        this.labels.push(label);
        resolve(label);
      };
      if (!this.waits) this.write();
    });
  }

  takeBack(names: readonly string[]): Promise<void> {
    this.labels = this.labels.filter((label) => !names.includes(label));
    return Promise.resolve();
  }
}

describe('practicing characters', () => {
  it('asks for one after another, keeps what is drawn, and ends behind the last', async () => {
    const kept = new Kept();
    const practice = new Practice(kept);
    practice.begin(['q', 'g']);
    assert.deepEqual(practice.task, { type: 'practice', label: 'q', place: 1, of: 2 });
    await practice.answer('keep', DRAWN);
    assert.deepEqual(practice.task, { type: 'practice', label: 'g', place: 2, of: 2 });
    await practice.answer('skip', undefined);
    assert.equal(practice.task.label, undefined);
    assert.deepEqual(kept.labels, ['q']);
  });

  it('takes back what was kept when the user goes back, and nothing that was skipped', async () => {
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

  it('asks for the next while a sample is being written, and takes back the right one', async () => {
    const kept = new Kept(true);
    const practice = new Practice(kept);
    practice.begin(['q', 'g', '9']);
    const keeping = practice.answer('keep', DRAWN);
    assert.equal(practice.task.label, 'g');
    await practice.answer('skip', undefined);
    assert.equal(practice.task.label, '9');
    kept.write();
    await keeping;
    assert.equal(practice.task.label, '9');
    await practice.answer('back', undefined);
    assert.deepEqual([practice.task.label, kept.labels], ['g', ['q']]);
    // a sample of other work lies behind it by now
    kept.labels.push('x');
    await practice.answer('back', undefined);
    assert.deepEqual([practice.task.label, kept.labels], ['q', ['x']]);
  });

  it('takes back a sample that is still being written', async () => {
    const kept = new Kept(true);
    const practice = new Practice(kept);
    practice.begin(['q', 'g']);
    const keeping = practice.answer('keep', DRAWN);
    const back = practice.answer('back', undefined);
    assert.equal(practice.task.label, 'q');
    kept.write();
    await Promise.all([keeping, back]);
    assert.deepEqual(kept.labels, []);
  });

  it('asks again for what could not be kept', async () => {
    const kept = new Kept(true);
    const practice = new Practice(kept);
    practice.begin(['q', 'g']);
    const keeping = practice.answer('keep', DRAWN);
    kept.write(new Error('no space'));
    await assert.rejects(keeping, /no space/);
    assert.equal(practice.task.label, 'q');
  });
});
