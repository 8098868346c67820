import assert from 'node:assert/strict';
import { Curve } from '../../../../src/host/training/curve';
import { SentCurves } from '../../../../src/host/training/sentCurves';

describe('the curves that a page is sent', () => {
  const gone = new Set<string>();
  let posted: string[];
  let log: string[];
  let sent: SentCurves;
  beforeEach(() => {
    gone.clear();
    [posted, log] = [[], []];
    sent = new SentCurves(
      (run) => (gone.has(run) ? Promise.reject(new Error('no run')) : Promise.resolve(Curve.of([]))),
      ({ run }) => posted.push(run),
      { warn: (line) => log.push(line) },
    );
  });
  const sends = async (...runs: string[]) => {
    posted = [];
    await sent.send(runs);
    return posted;
  };

  it('are those that it lacks', async () => {
    assert.deepEqual(await sends('a', 'b'), ['a', 'b']);
    assert.deepEqual(await sends('b', 'c'), ['c']);
    assert.deepEqual(await sends('a', 'b', 'c'), ['a']);
    sent.clear();
    assert.deepEqual(await sends('a'), ['a']);
  });

  it('are there though one of the runs was removed elsewhere, which may come back', async () => {
    gone.add('a');
    assert.deepEqual(await sends('a', 'b', 'c'), ['b', 'c']);
    assert.equal(log.length, 1);
    gone.clear();
    assert.deepEqual(await sends('a', 'b', 'c'), ['a']);
  });
});
