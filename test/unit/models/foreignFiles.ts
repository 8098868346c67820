import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { startWasm } from '../../../src/engine/backends/wasm/wasmBackend';
import { importModel } from '../../../src/engine/models/importModel';
import { loadModel } from '../../../src/engine/models/loadModel';
import { ModelError } from '../../../src/models/errors';
import { ModelStore } from '../../../src/models/modelStore';

/** Models of other programs, with what these answer; test/reference has how they were made. */
export const FIXTURES = path.join('test', 'fixtures', 'models');
/** The picture that they were asked about. */
export const PIXELS = Uint8Array.from({ length: 784 }, (_, at) => (at * 7) % 256);
const CLASSES = ['A', 'B', 'C'];

/** A store of a test's own, into which models of three classes are imported. */
export class ForeignModels {
  folder = '';
  private store: ModelStore | undefined;

  /** Gives every test of the suite a store of its own. */
  constructor() {
    before(() => startWasm());
    beforeEach(async () => {
      this.folder = await mkdtemp(path.join(os.tmpdir(), 'scrawl-'));
      this.store = new ModelStore(this.folder, path.join('media', 'models', 'characters'));
    });
    afterEach(() => rm(this.folder, { recursive: true }));
  }

  /** The store's folder of the model. */
  async take(location: string): Promise<string> {
    assert.ok(this.store);
    return (await importModel(this.store, location, { name: 'm', classes: CLASSES })).folder;
  }

  /** Imports a model, and gives what it says of the picture. */
  async answer(location: string): Promise<number[]> {
    const model = await loadModel(await this.take(location));
    const found = [...(await model.probabilities({ pixels: PIXELS, count: 1, height: 28, width: 28 }))];
    model.dispose();
    return found;
  }

  /** Sees a model refused in one sentence. */
  refused(location: string, sentence: RegExp): Promise<void> {
    return assert.rejects(this.take(location), (error) => {
      assert.ok(error instanceof ModelError, String(error));
      assert.match(error.message, sentence);
      assert.match(error.message, /^[^\n]+\.$/);
      return true;
    });
  }
}

/** What programs answered for the picture, by the names of their files. */
export async function answersIn(file: string): Promise<[string, number[]][]> {
  return Object.entries(
    JSON.parse(await readFile(path.join(FIXTURES, file), 'utf8')) as Record<string, number[]>,
  );
}

/** Sees numbers equal to 0.00001. */
export function near(found: readonly number[], wanted: readonly number[], what = ''): void {
  assert.equal(found.length, wanted.length);
  found.forEach((each, at) => {
    assert.ok(Math.abs(each - (wanted[at] ?? 0)) < 1e-5, `${what} ${found.join()} for ${wanted.join()}`);
  });
}
