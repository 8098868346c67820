import assert from 'node:assert/strict';
import path from 'node:path';
import { Cancelled, UserError } from '../../../src/host/errors';
import { runPersonalize } from '../../../src/host/personal/runPersonalize';
import { summaryOf } from '../../../src/host/personal/words';
import type { PersonalizeProgress, PersonalizeResult } from '../../../src/protocol/personal';
import { until } from '../../harness/until';

/** Personalises with an engine that does what the model's name says. */
function personalizing(model: string) {
  const log: string[] = [];
  const progress: PersonalizeProgress[] = [];
  const stop = new AbortController();
  const write = (line: string) => void log.push(line);
  const params = { id: '1', home: 'h', bundled: 'b', model, samples: 's', name: 'Mine' };
  const result = runPersonalize(params, {
    script: path.resolve('test/unit/host/fakeEngine.mjs'),
    log: { info: write, warn: write, error: write },
    signal: stop.signal,
    onProgress: (now) => progress.push(now),
  });
  return { log, progress, stop, result };
}

describe('personalising from VS Code', () => {
  it('tells how far it is, and lets no progress through that is none', async () => {
    const { log, progress, result } = personalizing('personalize');
    assert.equal((await result).name, 'Mine');
    assert.deepEqual(progress, [{ id: '1', phase: 'learning', done: 0.5 }]);
    assert.ok(log.some((line) => line.includes("the engine's progress")));
  });

  it('takes no result that is none', async () => {
    const { result } = personalizing('lie');
    await assert.rejects(result, (error) => error instanceof UserError && /Show Log/.test(error.message));
  });

  it('ends when it is cancelled', async () => {
    const { result, stop, log } = personalizing('wait');
    await until('the engine at work', () => log.includes('waiting'));
    stop.abort();
    await assert.rejects(result, Cancelled);
  });

  it('says what became of it, and what its figures are worth', () => {
    const result: PersonalizeResult = {
      ...{ model: 'mine', name: 'Mine', learnt: 75, newClasses: ['λ'], mix: 1, seconds: 9 },
      person: { samples: 25, before: 0.6, after: 0.8 },
      original: {
        ...{ dataset: 'notes', samples: 100, before: 0.9, after: 0.898 },
        ...{ perhapsLearnt: true, first: 0.902 },
      },
    };
    assert.equal(
      summaryOf(result),
      'Mine learnt from 75 samples of your hand. It knows λ now. ' +
        'Right on your other samples: 60.0% before, 80.0% now (of 25); ' +
        'on those of other hands: 90.0% before, 89.8% now (of 100), 90.2% before it learnt any hand; ' +
        'the model may have been trained on some of them.',
    );
  });
});
