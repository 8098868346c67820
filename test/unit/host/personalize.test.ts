import assert from 'node:assert/strict';
import path from 'node:path';
import { UserError } from '../../../src/base/userError';
import { Engine } from '../../../src/host/engine/engine';
import { summaryOf } from '../../../src/host/personal/words';
import { personalize } from '../../../src/protocol/engine/personal';
import { Canceled } from '../../../src/protocol/failures';
import type { Progress, Result } from '../../../src/protocol/rpc';
import { until } from '../../harness/until';

/** Personalizes with an engine that does what the model's name says. */
function personalizing(model: string) {
  const log: string[] = [];
  const progress: Progress<typeof personalize>[] = [];
  const stop = new AbortController();
  const write = (line: string) => void log.push(line);
  const params = { home: 'h', bundled: 'b', model, samples: 's', name: 'Mine' };
  const engine = new Engine({
    script: path.resolve('test/unit/host/fakeEngine.mjs'),
    log: { info: write, warn: write, error: write },
  });
  const result = engine.callApart(personalize, params, {
    signal: stop.signal,
    onProgress: (now) => progress.push(now),
  });
  return { log, progress, stop, result };
}

describe('personalizing from VS Code', () => {
  it('tells how far it is, and lets no progress through that is none', async () => {
    const { log, progress, result } = personalizing('personalize');
    assert.equal((await result).name, 'Mine');
    assert.deepEqual(progress, [{ phase: 'learning', done: 0.5 }]);
    assert.ok(log.some((line) => line.includes('progress of personalize')));
  });

  it('takes no result that is none', async () => {
    const { result } = personalizing('lie');
    await assert.rejects(result, (error) => error instanceof UserError && /Show Log/.test(error.message));
  });

  it('ends when it is canceled', async () => {
    const { result, stop, log } = personalizing('wait');
    await until('the engine at work', () => log.includes('waiting'));
    stop.abort();
    await assert.rejects(result, Canceled);
  });

  it('says what became of it, and what its figures are worth', () => {
    const result: Result<typeof personalize> = {
      ...{ model: 'mine', name: 'Mine', learned: 75, newClasses: ['λ'], mix: 1, seconds: 9 },
      person: { samples: 25, before: 0.6, after: 0.8 },
      original: {
        ...{ dataset: 'notes', samples: 100, before: 0.9, after: 0.898 },
        ...{ perhapsLearned: true, first: 0.902 },
      },
    };
    assert.equal(
      summaryOf(result),
      'Mine learned from 75 samples of your hand. It knows λ now. ' +
        'Right on your other samples: 60.0% before, 80.0% now (of 25); ' +
        'on those of other hands: 90.0% before, 89.8% now (of 100), 90.2% before it learned any hand; ' +
        'the model may have been trained on some of them.',
    );
  });
});
