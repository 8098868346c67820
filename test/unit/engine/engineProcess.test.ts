import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { startEngine, type TestEngine } from '../../harness/engine';
import { makeScratchFolder, removeScratchFolder } from '../../harness/scratch';
import { UserError } from '../../../src/base/userError';
import type { Ink } from '../../../src/ink/ink';
import { listBackends } from '../../../src/protocol/engine/backends';
import { describeModel } from '../../../src/protocol/engine/models';
import { recognize, recognizePicture } from '../../../src/protocol/engine/recognition';
import { Canceled } from '../../../src/protocol/failures';
import type { Params } from '../../../src/protocol/rpc';

const DRAWN = JSON.parse(
  readFileSync(path.join('test', 'fixtures', 'chars74k-writer.json'), 'utf8'),
) as Record<string, Ink>;

describe('the engine process', function () {
  this.timeout(60_000);
  let engine: TestEngine;
  before(() => (engine = startEngine()));
  after(() => engine.end());

  const params = (changes: Partial<Params<typeof recognize>> = {}): Params<typeof recognize> => ({
    model: path.resolve('media', 'models', 'characters'),
    ink: (DRAWN['3'] ?? []) as Params<typeof recognize>['ink'],
    alphabet: 'all',
    top: 5,
    ...changes,
  });

  it('reads what was drawn, with the picture that it saw', async () => {
    const { candidates, picture } = await engine.ask(recognize, params());
    assert.equal(candidates[0]?.text, '3');
    assert.equal(candidates.length, 5);
    assert.deepEqual([picture.width, picture.height, picture.pixels.length], [28, 28, 784]);
  });

  it('reads a picture as the character that its ink is read as, without what only ink has', async () => {
    const drawn = await engine.ask(recognize, params());
    const { ink: _, ...common } = params();
    const { picture } = drawn;
    const seen = await engine.ask(recognizePicture, { ...common, picture });
    assert.equal(seen.candidates[0]?.text, drawn.candidates[0]?.text);
    assert.notDeepEqual(seen.candidates, drawn.candidates);
    assert.deepEqual(seen.picture, picture);
    await assert.rejects(
      engine.ask(recognizePicture, {
        ...common,
        picture: { width: 1, height: 1, pixels: [0] },
      }),
      UserError,
    );
  });

  it('gives only what the alphabet has', async () => {
    const { candidates } = await engine.ask(recognize, params({ alphabet: 'capitals', top: 100 }));
    assert.equal(candidates.length, 26);
    assert.ok(Math.abs(candidates.reduce((sum, { probability }) => sum + probability, 0) - 1) < 1e-6);
  });

  it('describes the bundled model: the printable ASCII characters', async () => {
    const { classes } = await engine.ask(describeModel, {
      model: path.resolve('media', 'models', 'characters'),
    });
    assert.deepEqual(
      classes,
      Array.from({ length: 94 }, (_, i) => String.fromCharCode(33 + i)),
    );
  });

  it('lists its backends, with the speed of those that work and a reason and a remedy for the others', async () => {
    const home = await makeScratchFolder();
    const backends = await engine.ask(listBackends, { home, measure: false });
    assert.deepEqual(
      backends.map(({ name }) => name),
      ['tensorflow-cuda', 'tensorflow-cpu', 'webgpu', 'wasm', 'kernels'],
    );
    assert.equal(backends.filter(({ chosen }) => chosen).length, 1);
    for (const backend of backends) {
      if (backend.available) assert.ok(backend.software || (backend.samplesPerSecond ?? 0) > 0, backend.name);
      else assert.ok(backend.reason !== '' && backend.remedy !== '' && !backend.chosen, backend.name);
    }
    await removeScratchFolder(home);
  });

  it('leaves overtaken requests unanswered and answers the newest', async () => {
    const stop = new AbortController();
    const overtaken = Array.from({ length: 5 }, () => engine.ask(recognize, params(), stop));
    stop.abort();
    const newest = engine.ask(recognize, params());
    for (const result of await Promise.allSettled(overtaken)) {
      if (result.status === 'rejected') assert.ok(result.reason instanceof Canceled);
    }
    assert.equal((await newest).candidates[0]?.text, '3');
  });

  it('says in a sentence what is wrong with ink, model and alphabet', async () => {
    for (const changes of [{ ink: [] }, { model: path.resolve('media') }, { alphabet: '☃' }]) {
      await assert.rejects(
        engine.ask(recognize, params(changes)),
        (error) => error instanceof UserError && /: .*\.$/.test(error.message),
      );
    }
  });

  it('outlives what is no request of the protocol', async () => {
    const hostile = { model: 7, ink: 'strokes', alphabet: '', top: -1 } as unknown as Params<
      typeof recognize
    >;
    await assert.rejects(engine.ask(recognize, hostile));
    assert.equal((await engine.ask(recognize, params())).candidates[0]?.text, '3');
  });

  it('ends when its owner is gone', async () => {
    const exit = once(engine.process, 'exit');
    engine.process.disconnect();
    assert.deepEqual(await exit, [0, null]);
  });
});
