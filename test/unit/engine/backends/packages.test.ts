import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { findPackage } from '../../../../src/engine/backends/packages';
import { makeScratchFolder, removeScratchFolder } from '../../../harness/scratch';

describe('the packages of backends', () => {
  let folder: string;
  beforeEach(async () => (folder = await makeScratchFolder()));
  afterEach(() => removeScratchFolder(folder));

  /** Puts a package into a folder's node_modules. */
  async function plant(...into: string[]): Promise<string> {
    const place = path.join(folder, ...into, 'node_modules', 'webgpu');
    await mkdir(place, { recursive: true });
    await writeFile(path.join(place, 'package.json'), '{"name":"webgpu","main":"main.js"}');
    await writeFile(path.join(place, 'main.js'), '');
    return path.join(place, 'main.js');
  }

  it("are found in Scrawl's own folders, and never in one above", async () => {
    const dist = path.join(folder, 'user', 'extension', 'dist');
    const home = path.join(folder, 'user', 'home');
    await mkdir(dist, { recursive: true });
    await writeFile(path.join(dist, '..', 'package.json'), '{"name":"scrawl"}');
    for (const above of [[], ['user'], ['user', 'home'], ['user', 'home', 'backends']]) await plant(...above);
    assert.equal(findPackage('webgpu', home, dist), undefined);

    const installed = await plant('user', 'home', 'backends', 'webgpu');
    assert.equal(findPackage('webgpu', home, dist), installed);
    const root = await plant('user', 'extension');
    assert.equal(findPackage('webgpu', home, dist), root);
    const bundled = await plant('user', 'extension', 'dist');
    assert.equal(findPackage('webgpu', home, dist), bundled);
  });
});
