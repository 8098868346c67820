// Builds @tensorflow/tfjs-node from source against the TensorFlow of PyPI's wheel, and holds its losses to wasm's:
//   npm run test:native [-- --tensorflow 2.12.0] [-- --folder FOLDER]
// For machines that cannot have the prebuilt libraries which the package's own install script downloads. Linux x64,
// with npm, pip, unzip, make and a C++ compiler; about 300 MB are downloaded.
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { installDependencies, root } from '../../scripts/prepare.mjs';
import { finish, npm, run } from '../../scripts/processes.mjs';

const { values } = parseArgs({
  options: {
    tensorflow: { type: 'string', default: '2.12.0' },
    folder: { type: 'string', default: path.join(root, 'out', 'native') },
  },
});
const folder = path.resolve(values.folder);
const wheels = path.join(folder, `wheel-${values.tensorflow}`);
/** Where the engine looks for what was installed. */
const home = path.join(folder, 'home');
const backend = path.join(home, 'backends', 'tensorflow-cpu');
const addon = path.join(backend, 'node_modules', '@tensorflow', 'tfjs-node');

/** The package's JavaScript, without the script that downloads libraries. */
async function installPackage() {
  await mkdir(backend, { recursive: true });
  await writeFile(path.join(backend, 'package.json'), '{ "private": true }');
  const { peerDependencies } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
  const name = '@tensorflow/tfjs-node';
  const wanted = `${name}@${peerDependencies[name]}`;
  await npm(['install', '--ignore-scripts', '--no-audit', '--no-fund', wanted], { cwd: backend });
}

/** The wheel's library has the C interface too: under the name that the addon links to, it is libtensorflow. */
async function installLibrary() {
  if (!existsSync(wheels)) {
    await mkdir(wheels, { recursive: true });
    const target = ['--only-binary=:all:', '--python-version', '3.11', '--platform', 'manylinux_2_17_x86_64'];
    const wanted = `tensorflow-cpu==${values.tensorflow}`;
    await run('pip', ['download', '--no-deps', ...target, '--dest', wheels, wanted]);
  }
  const [wheel = ''] = (await readdir(wheels)).filter((file) => file.endsWith('.whl'));
  const unpacked = path.join(folder, 'unpacked');
  await rm(unpacked, { recursive: true, force: true });
  const parts = ['tensorflow/libtensorflow_*.so.2', 'tensorflow/include/tensorflow/*'];
  await run('unzip', ['-q', path.join(wheels, wheel), ...parts, '-d', unpacked]);
  const deps = path.join(addon, 'deps');
  await rm(deps, { recursive: true, force: true });
  await mkdir(path.join(deps, 'lib'), { recursive: true });
  await cp(path.join(unpacked, 'tensorflow', 'include'), path.join(deps, 'include'), { recursive: true });
  for (const [library = '', link = ''] of [
    ['libtensorflow_cc.so.2', 'libtensorflow.so'],
    ['libtensorflow_framework.so.2', 'libtensorflow_framework.so'],
  ]) {
    await rename(path.join(unpacked, 'tensorflow', library), path.join(deps, 'lib', library));
    await symlink(library, path.join(deps, 'lib', link));
  }
  await rm(unpacked, { recursive: true, force: true });
}

/** With the headers of the Node that runs, where it brings them; node-gyp downloads them otherwise. */
async function buildAddon() {
  const prefix = path.dirname(path.dirname(process.execPath));
  const hasHeaders = existsSync(path.join(prefix, 'include', 'node', 'node_api.h'));
  const env = { ...process.env, ...(hasHeaders && { npm_config_nodedir: prefix }) };
  const nodePreGyp = path.join(backend, 'node_modules', '.bin', 'node-pre-gyp');
  await run(nodePreGyp, ['install', '--build-from-source'], { cwd: addon, env, quiet: true });
}

async function compare() {
  const { buildTests } = await import('../../scripts/testBundles.mjs');
  await buildTests();
  const program = path.join(root, 'out', 'test', 'backends', 'checkProgram.js');
  const args = [program, '--home', home, '--backends', 'tensorflow-cpu,wasm'];
  const { code } = await finish(process.execPath, [
    ...args,
    '--presets',
    'scrawl-small,emnist-cnn,keras-mnist',
  ]);
  return code;
}

await installDependencies();
await installPackage();
await installLibrary();
await buildAddon();
process.exitCode = await compare();
