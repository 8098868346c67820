import assert from 'node:assert/strict';
import {
  type AskedSamples,
  ListedSamples,
  type SamplesPage,
} from '../../../../src/host/evaluation/listedSamples';
import type { HostToEvaluation } from '../../../../src/protocol/pages/evaluation';
import type { GalleryToHost } from '../../../../src/protocol/pages/gallery';

const EVALUATION = {
  file: 'file',
  model: 'model',
  dataset: 'digits',
  split: 'test',
  judging: { alphabet: 'all', merged: false },
} as const;
const WRONG: AskedSamples = { evaluation: EVALUATION, samples: { kind: 'wrong' } };
const OF_THREE: AskedSamples = { evaluation: EVALUATION, samples: { kind: 'class', name: '3' } };

describe('samples that are listed on another page', () => {
  let posted: HostToEvaluation[];
  let events: unknown[];
  let samplesPage: SamplesPage;
  let listed: ListedSamples;

  beforeEach(() => {
    posted = [];
    events = [];
    const page = {
      post: (message: HostToEvaluation) => posted.push(message),
      tried: () => Promise.resolve(),
    };
    listed = new ListedSamples(page, (page, asked) => {
      samplesPage = page;
      events.push(['made', asked.samples.kind]);
      return {
        receive(message: GalleryToHost) {
          events.push(message.type);
          return message.type === 'page' ? { type: 'done', message: 'here' } : undefined;
        },
        again: ({ spec }) => events.push(['again', spec.samples.kind]),
        hidden: () => events.push('hidden'),
      };
    });
  });

  it('are made once, begin at once, and take the place of those before', async () => {
    await listed.show(WRONG);
    await listed.show(OF_THREE);
    assert.deepEqual(events, [['made', 'wrong'], 'ready', ['again', 'class']]);
  });

  it("say what they say inside the page's messages", async () => {
    await listed.show(WRONG);
    samplesPage.post({ type: 'done', message: 'told' });
    assert.deepEqual(posted, [{ type: 'samples', message: { type: 'done', message: 'told' } }]);
    assert.deepEqual(await listed.receive({ type: 'page', revision: 1, page: 0 }), {
      type: 'samples',
      message: { type: 'done', message: 'here' },
    });
    assert.equal(await listed.receive({ type: 'undo' }), undefined);
  });

  it('are nothing until they are asked for, and let go when the page is hidden', async () => {
    assert.equal(await listed.receive({ type: 'undo' }), undefined);
    listed.hidden();
    assert.deepEqual(events, []);
    await listed.show(WRONG);
    listed.hidden();
    assert.equal(events.at(-1), 'hidden');
  });
});
