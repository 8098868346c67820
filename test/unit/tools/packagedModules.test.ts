import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { copySharp } from '../../../scripts/packagedModules.mjs';
import { makeScratchFolder, removeScratchFolder } from '../../harness/scratch';

describe('the packages in the extension', () => {
  let folder: string;
  beforeEach(async () => (folder = await makeScratchFolder()));
  afterEach(() => removeScratchFolder(folder));

  it("leave no build of sharp to be found in a folder above the extension's", async function () {
    const platform = `${process.platform}-${process.arch}`;
    if (platform !== 'linux-x64') this.skip();
    const modules = path.join(folder, 'extension', 'node_modules');
    await copySharp(path.resolve('.'), platform, modules, folder);
    for (const build of ['sharp-wasm32', 'sharp-linuxmusl-x64', 'sharp-darwin-arm64']) {
      const planted = path.join(folder, 'node_modules', '@img', build);
      await mkdir(planted, { recursive: true });
      await writeFile(path.join(planted, 'sharp.node'), '');
      const require = createRequire(path.join(modules, 'sharp', 'dist', 'sharp.cjs'));
      assert.throws(() => require.resolve(`@img/${build}/sharp.node`), {
        code: 'ERR_PACKAGE_PATH_NOT_EXPORTED',
      });
    }
    const require = createRequire(path.join(modules, 'sharp', 'dist', 'sharp.cjs'));
    assert.ok(require.resolve('@img/sharp-linux-x64/sharp.node').startsWith(modules));
  });
});
