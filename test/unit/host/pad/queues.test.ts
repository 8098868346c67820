import assert from 'node:assert/strict';
import { Turns } from '../../../../src/base/turns';
import { Queues } from '../../../../src/host/pad/queues';

/** Work that ends when it is let. */
function held() {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  return { work: () => ended, end };
}

describe('the queue of edits', () => {
  it('does one after another, in the order of the calls', async () => {
    const queue = new Turns();
    const done: number[] = [];
    const first = held();
    const all = [
      queue.run(async () => {
        await first.work();
        done.push(1);
      }),
      queue.run(() => done.push(2)),
      queue.run(() => done.push(3)),
    ];
    await Promise.resolve();
    assert.deepEqual(done, []);
    first.end();
    await Promise.all(all);
    assert.deepEqual(done, [1, 2, 3]);
  });

  it('goes on behind what failed', async () => {
    const queue = new Turns();
    const failing = queue.run(() => Promise.reject(new Error('no')));
    const next = queue.run(() => 'done');
    await assert.rejects(failing, /no/);
    assert.equal(await next, 'done');
  });

  it('is one for each thing that can be written in', () => {
    const queues = new Queues();
    const [one, other] = [{}, {}];
    assert.equal(queues.of(one), queues.of(one));
    assert.notEqual(queues.of(one), queues.of(other));
  });
});
