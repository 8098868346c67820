import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
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

async function textIn(file: string, name: string): Promise<string> {
  const zip = await yauzl.openPromise(file);
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName === name) return await text(await zip.openReadStreamPromise(entry));
  }
  throw new Error(`${file} holds no ${name}.`);
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
      ...['dist/extension.js', 'dist/engine.js', 'dist/importer.js', 'dist/cli.js', 'dist/webview/pad.js'],
      ...['dist/wasm/tfjs-backend-wasm.wasm', 'dist/wasm/tfjs-backend-wasm-threaded-simd.worker.js'],
      ...['dist/node_modules/sharp/package.json', 'dist/node_modules/@img/sharp-wasm32/package.json'],
      ...[
        'media/models/characters/model.json',
        'media/models/characters/weights.bin',
        'media/models/characters/card.json',
        ...['model.json', 'weights.bin', 'card.json'].map((name) => `media/models/characters/ink/${name}`),
      ],
      'dist/THIRD-PARTY-LICENSES.txt',
    ];
    assert.deepEqual(
      needed.filter((name) => !names.includes(`extension/${name}`)),
      [],
    );
  });

  it('holds nothing else: no sources, tests, maps, settings or secrets', () => {
    const expected =
      /^(extension\.vsixmanifest|\[Content_Types\]\.xml|extension\/(package\.json|readme\.md|changelog\.md|LICENSE\.txt|(dist|docs|media)\/.+))$/;
    const unwanted = /\.(tsx?|map|node|pem|key)$|\/(src|tests?|\.[^/]+)\/|\/\.(env|npmrc|git)/;
    assert.deepEqual(
      names.filter((name) => !expected.test(name) || unwanted.test(name)),
      [],
    );
  });

  it('names the license of every package in it', async () => {
    const notices = await textIn(packagedExtension(), 'extension/dist/THIRD-PARTY-LICENSES.txt');
    const named = [...notices.matchAll(/^(\S+) \d+\.\S+\nLicense: (.+)$/gm)].map(([, name]) => name);
    const expected = ['@img/sharp-wasm32', '@tensorflow/tfjs-core', 'lit', 'sharp', 'vscode-jsonrpc', 'zod'];
    assert.deepEqual(
      expected.filter((name) => !named.includes(name)),
      [],
    );
    assert.ok(!notices.includes('License: undefined'));
  });

  it('holds the native parts of one platform instead, where it is packaged for one', async function () {
    if (process.platform !== 'linux') this.skip();
    const target = `linux-${process.arch}`;
    const out = await makeScratchFolder();
    try {
      await run(process.execPath, ['scripts/package.mjs', '--target', target, '--out', out], { quiet: true });
      const [file = ''] = await readdir(out);
      const native = await namesIn(path.join(out, file));
      assert.ok(native.some((name) => name.startsWith(`extension/dist/node_modules/@img/sharp-${target}/`)));
      // what stands in for other builds is a package.json without code
      assert.ok(!native.some((name) => name.includes('wasm32') && !name.endsWith('/package.json')));
      const dawn = native.filter((name) => name.endsWith('dawn.node'));
      assert.deepEqual(dawn, [`extension/dist/node_modules/webgpu/dist/${target}/dawn.node`]);
    } finally {
      await removeScratchFolder(out);
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
