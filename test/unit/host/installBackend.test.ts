import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { UserError } from '../../../src/base/userError';
import {
  installBackend,
  installedBackends,
  removeBackend,
  sweepInstalls,
} from '../../../src/host/backends/installed';
import { backendFolder } from '../../../src/runs/backendPackages';
import { probe } from '../../../src/engine/backends/probe/probe';
import { useFakeNpm } from '../../harness/fakeNpm';
import { tryLock } from '../../../src/storage/lock';
import { processPlace } from '../../../src/storage/processPlace';
import { makeScratchFolder, removeScratchFolder } from '../../harness/scratch';

const BACKEND = 'tensorflow-cpu';

describe('installing a backend', function () {
  this.timeout(30_000);
  let home: string;
  let restore: () => void = () => undefined;
  const never = new AbortController().signal;
  const install = (lines: string[] = [], signal = never) =>
    installBackend(BACKEND, home, (line) => lines.push(line), signal);
  const marker = () => path.join(backendFolder(home, BACKEND), 'marker');

  beforeEach(async () => {
    home = await makeScratchFolder();
  });
  afterEach(async () => {
    restore();
    await removeScratchFolder(home);
  });

  it('takes the right version, tells what npm says, and puts it where the engine finds it', async () => {
    restore = await useFakeNpm(home, 'install');
    const lines: string[] = [];
    await install(lines);
    assert.deepEqual(lines, ['npm http fetch GET 200 @tensorflow/tfjs-node@4.22.0']);
    assert.deepEqual(installedBackends(home), [BACKEND]);
    const found = await probe(BACKEND, home);
    assert.match(found.available ? '' : found.reason, /made by the fake npm/);
  });

  it('that fails leaves the one before as it was, and nothing else', async () => {
    restore = await useFakeNpm(home, 'install');
    await install();
    await writeFile(marker(), 'before');
    process.env['FAKE_NPM'] = 'fail';
    await assert.rejects(install(), (error) => error instanceof UserError && /Show Log/.test(error.message));
    assert.equal(await readFile(marker(), 'utf8'), 'before');
    assert.deepEqual(await readdir(path.join(home, 'backends')), [BACKEND]);
  });

  it('ends with all that it started when it is canceled, and leaves nothing', async () => {
    restore = await useFakeNpm(home, 'hang');
    const abort = new AbortController();
    const canceled = installBackend(BACKEND, home, () => abort.abort(), abort.signal);
    await assert.rejects(canceled, { name: 'AbortError' });
    assert.deepEqual(await readdir(path.join(home, 'backends')), []);
  });

  it('leaves nothing for good where its window was closed, and takes nothing from one that installs', async () => {
    const folder = path.join(home, 'backends');
    for (const name of ['.installing-dead', `${BACKEND}.removed-1`, '.installing-alive'])
      await mkdir(path.join(folder, name, 'node_modules'), { recursive: true });
    const gone = { pid: 2 ** 22 + 1, host: os.hostname(), token: 'x', place: processPlace() };
    await writeFile(path.join(folder, '.installing-dead.lock'), JSON.stringify(gone));
    const held = await tryLock(path.join(folder, '.installing-alive.lock'));
    restore = await useFakeNpm(home, 'install');
    await install();
    assert.deepEqual((await readdir(folder)).sort(), [
      '.installing-alive',
      '.installing-alive.lock',
      BACKEND,
    ]);
    await held?.release();
    await sweepInstalls(home);
    assert.deepEqual(await readdir(folder), [BACKEND]);
  });

  it('says what to do where there is no npm', async () => {
    const { PATH } = process.env;
    restore = () => (process.env['PATH'] = PATH);
    process.env['PATH'] = home;
    await assert.rejects(install(), (error) => {
      assert.ok(error instanceof UserError);
      assert.equal(
        error.message,
        'npm is not installed on this machine: install Node.js, restart VS Code and try again.',
      );
      return true;
    });
  });

  it('can be taken back', async () => {
    restore = await useFakeNpm(home, 'install');
    await install();
    await removeBackend(BACKEND, home);
    assert.deepEqual(installedBackends(home), []);
    assert.deepEqual(await readdir(path.join(home, 'backends')), []);
    await removeBackend(BACKEND, home);
  });
});
