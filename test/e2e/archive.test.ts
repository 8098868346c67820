import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import yauzl from 'yauzl';
import { run } from '../../scripts/processes.mjs';
import { makeScratchFolder, removeScratchFolder } from '../harness/scratch';
import { packagedExtension } from '../harness/packagedExtension';

/** Names of the files in a zip. */
async function namesIn(file: string): Promise<string[]> {
  const names: string[] = [];
  const zip = await yauzl.openPromise(file);
  for await (const entry of zip.eachEntry()) names.push(entry.fileName);
  return names;
}

const digest = async (file: string) =>
  createHash('sha256')
    .update(await readFile(file))
    .digest('hex');

describe('the packaged extension', () => {
  let names: string[];

  before(async () => {
    names = await namesIn(packagedExtension());
  });

  it('holds what running it needs', () => {
    const needed = [
      ...['package.json', 'readme.md', 'changelog.md', 'LICENSE.txt'],
      ...['dist/extension.js', 'dist/engine.js', 'dist/cli.js', 'dist/webview/pad.js'],
      ...['dist/wasm/tfjs-backend-wasm.wasm', 'dist/wasm/tfjs-backend-wasm-threaded-simd.worker.js'],
      ...['dist/node_modules/sharp/package.json', 'dist/node_modules/@img/sharp-wasm32/package.json'],
      ...['media/model/model.json', 'media/model/weights.bin', 'media/model/card.json'],
      'dist/THIRD-PARTY-LICENSES.txt',
    ];
    assert.deepEqual(
      needed.filter((name) => !names.includes(`extension/${name}`)),
      [],
    );
  });

  it('holds nothing else: no sources, tests, maps, settings or secrets', () => {
    const expected =
      /^(extension\.vsixmanifest|\[Content_Types\]\.xml|extension\/(package\.json|readme\.md|changelog\.md|LICENSE\.txt|(dist|media)\/.+))$/;
    const unwanted = /\.(tsx?|map|node|pem|key)$|\/(src|tests?|\.[^/]+)\/|\/\.(env|npmrc|git)/;
    assert.deepEqual(
      names.filter((name) => !expected.test(name) || unwanted.test(name)),
      [],
    );
  });

  it('names the licence of every package in it', async () => {
    const zip = await yauzl.openPromise(packagedExtension());
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName !== 'extension/dist/THIRD-PARTY-LICENSES.txt') continue;
      const text = (await zip.openReadStreamPromise(entry)).setEncoding('utf8');
      const notices = (await text.toArray()).join('');
      for (const name of ['@tensorflow/tfjs-core', '@img/sharp-wasm32', 'sharp', 'zod', 'vscode-jsonrpc']) {
        assert.match(notices, new RegExp(`^${name} \\d`, 'm'));
      }
      assert.doesNotMatch(notices, /^Licence: undefined$/m);
    }
  });

  it('is the same, byte for byte, packaged again', async () => {
    const out = await makeScratchFolder();
    try {
      await run(process.execPath, ['scripts/package.mjs', '--out', out], { quiet: true });
      const [again = ''] = await readdir(out);
      assert.equal(await digest(path.join(out, again)), await digest(packagedExtension()));
    } finally {
      await removeScratchFolder(out);
    }
  });
});
