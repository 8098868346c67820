import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { changeSamples } from '../../../../src/datasets/overlay';
import type { DatasetStore } from '../../../../src/datasets/store/datasetStore';
import type { Engine } from '../../../../src/host/engine/engine';
import type { AskOptions } from '../../../../src/protocol/ask';
import type { project } from '../../../../src/protocol/engine/projection';
import type { EvaluationSpec } from '../../../../src/host/evaluation/evaluationSpec';
import { LiveEvaluations } from '../../../../src/host/evaluation/liveEvaluations';
import { ProjectorSession } from '../../../../src/host/projector/projectorSession';
import { timed } from '../../../../src/host/projector/timed';
import { writeProjection } from '../../../../src/evaluations/projectionFile';
import { type HostToProjector, type Layout } from '../../../../src/protocol/pages/projector';
import { makeScratchFolder, removeScratchFolder } from '../../../harness/scratch';
import { until } from '../../../harness/until';
import { ANSWERS, LETTERS, storeAnswers, storeLetters, storeModel } from './evaluatedLetters';

type Message<T extends HostToProjector['type']> = Extract<HostToProjector, { type: T }>;

/** What the session asks of the engine, and what answers it. */
interface Asked {
  readonly params: Layout;
  readonly options: AskOptions<typeof project>;
  readonly answer: (result: { file: string }) => void;
}

describe('a projector', () => {
  let home: string;
  let store: DatasetStore;
  let spec: EvaluationSpec;
  let asked: Asked[];
  let heard: HostToProjector[];
  let titles: string[];
  let failures: unknown[];
  let session: ProjectorSession;
  let datasetsChanged: (what: undefined) => void;
  let file: string;

  beforeEach(async () => {
    home = await makeScratchFolder();
    store = await storeLetters(home);
    spec = await storeAnswers(store);
    [asked, heard, titles, failures] = [[], [], [], []];
    const call = (_: unknown, params: Layout, options: AskOptions<typeof project>) =>
      new Promise((resolve, reject) => {
        asked.push({ params, options, answer: resolve });
        options.signal?.addEventListener('abort', () => reject(new Error('canceled')));
      });
    const evaluations = new LiveEvaluations(
      store,
      (listener) => {
        datasetsChanged = listener;
        return { dispose: () => undefined };
      },
      (error) => assert.fail(String(error)),
    );
    const engine = { call } as unknown as Engine;
    session = new ProjectorSession(
      spec,
      { store, engine, evaluations },
      (message) => heard.push(structuredClone(message)),
      (title) => titles.push(title),
      (error) => failures.push(error),
    );
    file = path.join(home, 'a.projection');
    const dataset = (await store.find('letters'))?.manifest?.checksum ?? '';
    const key = { model: 'a'.repeat(64), dataset, split: 'test' as const, part: ' 2000' };
    // the samples stand in two corners in turn
    const coordinates = Float32Array.from(ANSWERS.flatMap((_, at) => (at % 2 ? [0.9, 0.9] : [-0.9, -0.9])));
    const places = Uint32Array.from(ANSWERS.keys());
    await writeFile(file, writeProjection({ key, method: 'umap', seed: 1, of: 'test' }, places, coordinates));
  });
  afterEach(async () => {
    session.dispose();
    await removeScratchFolder(home);
  });

  const of = <T extends HostToProjector['type']>(type: T) =>
    heard.filter((message): message is Message<T> => message.type === type);
  const engineAsked = (count = 1) =>
    until('the engine is asked', () => Promise.resolve(asked.length >= count && asked));
  async function laidOut(): Promise<Message<'projected'>> {
    const showing = session.show();
    const [first] = await engineAsked();
    first?.answer({ file });
    await showing;
    return of('projected')[0] ?? assert.fail('nothing is laid out');
  }

  it('tells how far the work is, then where the samples lie and what the model says of them', async () => {
    const showing = session.show();
    const [first] = await engineAsked();
    assert.deepEqual([first?.params.method, first?.params.most], ['umap', 2000]);
    first?.options.onProgress?.({ phase: 'layout', done: 10, total: 500 });
    first?.answer({ file });
    await showing;
    assert.deepEqual(titles, ['Projector: Mine · Letters, test']);
    const [about] = of('about');
    assert.deepEqual([about?.samples, about?.spec], [8, spec]);
    assert.deepEqual(of('working')[0], { type: 'working', phase: 'layout', done: 10, total: 500 });
    const [shown] = of('projected');
    const classes = shown?.classes ?? [];
    assert.deepEqual(classes, LETTERS);
    assert.deepEqual(
      [...(shown?.places ?? [])],
      [0, 2, 4, 6, 1, 3, 5, 7],
      'samples that lie together follow each other',
    );
    const read = [...(shown?.places ?? [])].map((place, at) => {
      const name = (indexes: Uint16Array | undefined) => classes[indexes?.[at] ?? 0];
      assert.deepEqual([name(shown?.truth), name(shown?.predicted)], ANSWERS[place]?.slice(0, 2));
      return Math.abs((shown?.probability[at] ?? 0) - (ANSWERS[place]?.[2] ?? 0)) < 0.01;
    });
    assert.ok(read.every(Boolean));
    assert.equal(shown?.leftOut, 0);
  });

  it('gives pictures in the order of the projection, and none of one that is no more', async () => {
    const shown = await laidOut();
    const page = await session.page(shown.revision, 0);
    assert.deepEqual([page?.width, page?.height], [2, 2]);
    const firsts = Array.from(shown.places, (_, at) => page?.pixels[4 * at]);
    // every pixel of a test sample is 100 and its number
    assert.deepEqual(
      firsts,
      [...shown.places].map((place) => 100 + place),
    );
    assert.equal(await session.page(shown.revision + 1, 0), undefined);
    assert.equal(await session.page(shown.revision, 1), undefined);
    session.hide();
    assert.equal(await session.page(shown.revision, 0), undefined);
  });

  it('follows labels as they are corrected, and leaves out what is excluded', async () => {
    await laidOut();
    const change = (place: number, what: { label: string } | { exclude: true }) =>
      changeSamples(store.folder('letters'), { split: 'test', indices: [place], change: what });
    await change(1, { label: 'a' });
    await change(2, { exclude: true });
    datasetsChanged(undefined);
    const shown = await until('the change', () => Promise.resolve(of('projected')[1]));
    assert.deepEqual([shown.leftOut, shown.places.length], [1, 7]);
    const at = shown.places.indexOf(1);
    assert.equal(shown.truth[at], shown.predicted[at]);
    assert.equal(asked.length, 1, 'nothing is computed again');
  });

  it('goes on while it is hidden, and tells of it when it is back', async () => {
    const showing = session.show();
    const [first] = await engineAsked();
    session.hide();
    const layout: Layout = { method: 'umap', most: 2000 };
    first?.options.onProgress?.({ phase: 'neighbors', done: 3, total: 8 });
    await session.show(layout);
    assert.equal(asked.length, 1);
    assert.equal(of('working').at(-1)?.done, 3);
    first?.answer({ file });
    await showing;
    assert.equal(of('projected').length, 1);
    await session.show(layout);
    assert.deepEqual([asked.length, of('projected').length], [1, 2], 'what is there is read again');
    await rm(file);
    const again = session.show(layout);
    (await engineAsked(2))[1]?.answer({ file });
    await assert.rejects(again, /compute it again/);
  });

  it('stops when it is told to, and lays out anew when asked', async () => {
    const showing = session.show();
    const [first] = await engineAsked();
    session.stop();
    await showing;
    assert.ok(first?.options.signal?.aborted);
    assert.equal(of('stopped').length, 1);
    await session.show();
    assert.deepEqual([asked.length, of('stopped').length], [1, 2]);
    const anew = session.layOut({ method: 'tsne', most: 500 });
    const second = (await engineAsked(2))[1];
    assert.deepEqual([second?.params.method, second?.params.most], ['tsne', 500]);
    second?.answer({ file });
    await anew;
    assert.deepEqual(of('projected')[0]?.layout, { method: 'tsne', most: 500 });
  });

  it('ends work that another layout takes the place of', async () => {
    const showing = session.show();
    const [first] = await engineAsked();
    const other = session.layOut({ method: 'tsne', most: 1000 });
    await showing;
    assert.ok(first?.options.signal?.aborted);
    (await engineAsked(2))[1]?.answer({ file });
    await other;
    assert.equal(of('projected').length, 1);
  });

  it('says what to do where the samples are not those that were evaluated', async () => {
    await store.remove('letters');
    await assert.rejects(session.show(), /letters no longer exists/);
  });

  it('says that the layout is gone where a label is corrected, and stays', async () => {
    await laidOut();
    await rm(file);
    await changeSamples(store.folder('letters'), {
      split: 'test',
      indices: [4],
      change: { label: '0' },
    });
    datasetsChanged(undefined);
    const [failure] = await until('the failure', () => Promise.resolve(failures.length > 0 && failures));
    assert.match(String(failure), /compute it again/);
    assert.equal(of('projected').length, 1);
  });

  it('asks no other model for what the evaluated one makes of the samples', async () => {
    await storeModel(home, 'Mine', 'trained anew');
    await assert.rejects(session.show(), /Mine is another model than was evaluated: evaluate again/);
    assert.equal(asked.length, 0);
  });

  it('tells how long a phase still takes, by how fast it was', () => {
    let now = 0;
    const left = timed(() => now);
    assert.equal(left('layout', 10, 110), undefined);
    now = 100;
    assert.equal(left('layout', 20, 110), undefined, 'too early to say');
    now = 1000;
    assert.equal(left('layout', 60, 110), 1);
    assert.equal(left('other', 60, 110), undefined);
  });
});
