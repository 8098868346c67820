// npm run check:gpu: trains on the GPU of a machine that needs neither network nor Node, from one archive.
//   npm run check:gpu -- --pack   makes out/check-gpu.tar.gz; there: tar -xzf check-gpu.tar.gz && check-gpu/run
//   npm run check:gpu             does both here, in a folder of its own
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { installDependencies, root } from './prepare.mjs';
import { finish, run } from './processes.mjs';

const MEBIBYTE = 2 ** 20;
const LIMIT = 60 * MEBIBYTE;
const NAME = 'check-gpu';
/** The loader, which a GPU's driver may come without; what this machine lacks does not travel. */
const VULKAN = '/usr/lib/x86_64-linux-gnu/libvulkan.so.1';
const archive = path.join(root, 'out', `${NAME}.tar.gz`);

/** Node itself travels too: the machine may have none. */
const LAUNCHER = `#!/bin/sh
# Compares the losses of every backend with those of wasm and prints samples a second:
#   run [--seconds N] [--presets A,B] [--backends A,B] [--home FOLDER, where Scrawl installed TensorFlow for CUDA]
here=$(cd "$(dirname "$0")" && pwd)
export LD_LIBRARY_PATH="\${LD_LIBRARY_PATH:+$LD_LIBRARY_PATH:}$here/lib"
exec "$here/node" "$here/checkProgram.js" "$@"
`;

async function pack() {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error('The archive is made on Linux x64, the platform that it is for.');
  await installDependencies();
  const { buildBundles } = await import('./build.mjs');
  const { buildTests } = await import('./testBundles.mjs');
  const { copyDawn } = await import('./packagedModules.mjs');
  await buildBundles();
  await buildTests();
  const staging = await mkdtemp(path.join(os.tmpdir(), `scrawl-${NAME}-`));
  try {
    const folder = path.join(staging, NAME);
    await mkdir(folder);
    for (const program of ['checkProgram.js', 'trainProgram.js'])
      await cp(path.join(root, 'out', 'test', 'backends', program), path.join(folder, program));
    await cp(path.join(root, 'dist', 'wasm'), path.join(folder, 'wasm'), { recursive: true });
    await copyDawn(root, 'linux-x64', path.join(folder, 'node_modules'));
    await cp(process.execPath, path.join(folder, 'node'), { dereference: true });
    if (existsSync(VULKAN))
      await cp(VULKAN, path.join(folder, 'lib', path.basename(VULKAN)), { dereference: true });
    await writeFile(path.join(folder, 'run'), LAUNCHER);
    await chmod(path.join(folder, 'run'), 0o755);
    await run('tar', ['-czf', archive, '-C', staging, NAME]);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
  await holdToLimit();
}

async function holdToLimit() {
  const { size } = await stat(archive);
  console.log(`${archive}: ${(size / MEBIBYTE).toFixed(1)} MiB`);
  if (size > LIMIT) throw new Error(`The archive is larger than ${LIMIT / MEBIBYTE} MiB.`);
}

/** @param {string[]} args of the check */
async function unpackAndRun(args) {
  const folder = await mkdtemp(path.join(os.tmpdir(), `scrawl-${NAME}-`));
  try {
    await run('tar', ['-xzf', archive, '-C', folder]);
    const { code } = await finish(path.join(folder, NAME, 'run'), args);
    process.exitCode = code;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const args = process.argv.slice(2);
  if (args.includes('--pack') || !existsSync(archive)) await pack();
  if (!args.includes('--pack')) await unpackAndRun(args);
}
