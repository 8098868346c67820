import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import manifest from '../../../../package.json';
import { BackendLostError, BackendUnavailableError } from '../../../../src/engine/backends/errors';
import { DeviceLoss } from '../../../../src/engine/backends/deviceLoss';
import { eligible, inOrder, speedsOf } from '../../../../src/engine/backends/measure/fastestFirst';
import { kernelGain } from '../../../../src/engine/backends/measure/kernelGain';
import { readSpeeds, writeSpeeds } from '../../../../src/engine/backends/measure/speeds';
import { type Survey, survey } from '../../../../src/engine/backends/measure/survey';
import { probe } from '../../../../src/engine/backends/probe/probe';
import { startBackend } from '../../../../src/engine/backends/startBackend';
import { defineRemovedNodeFunctions } from '../../../../src/engine/backends/tensorflow/removedNodeFunctions';
import { isSoftwareAdapter } from '../../../../src/engine/backends/webgpu/softwareAdapter';
import { watchDevice } from '../../../../src/engine/backends/webgpu/watchDevice';
import { UserError } from '../../../../src/base/userError';
import { BACKEND_PACKAGES, backendFolder, type PackagedBackend } from '../../../../src/runs/backendPackages';
import { makeScratchFolder, removeScratchFolder } from '../../../harness/scratch';

/** A package where Scrawl installs it, whose main file is the script. */
async function install(home: string, backend: PackagedBackend, script: string): Promise<void> {
  const folder = path.join(backendFolder(home, backend), 'node_modules', BACKEND_PACKAGES[backend].name);
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'index.js'), script);
}

const works = (device: string, software = false) => ({ available: true as const, device, software });
const missing = { available: false as const, reason: 'it is not installed', remedy: 'install it' };
const FOUND: Survey = {
  'tensorflow-cuda': missing,
  'tensorflow-cpu': works('a processor'),
  webgpu: works('llvmpipe', true),
  wasm: works('a processor'),
};

describe('backends', function () {
  this.timeout(60_000);
  let home: string;
  beforeEach(async () => {
    home = await makeScratchFolder();
  });
  afterEach(() => removeScratchFolder(home));

  it('come in the versions that package.json names', () => {
    const versions: Record<string, string> = { ...manifest.dependencies, ...manifest.peerDependencies };
    for (const { name, version } of Object.values(BACKEND_PACKAGES)) assert.equal(versions[name], version);
  });

  it('that are not installed say so, with a remedy, in one sentence', async () => {
    await assert.rejects(startBackend('tensorflow-cuda', home), (error) => {
      assert.ok(error instanceof BackendUnavailableError && error instanceof UserError);
      assert.match(
        error.message,
        /^tensorflow-cuda cannot compute here because .* is not installed: run .*\.$/,
      );
      return true;
    });
  });

  it('that crash as they start take only the process down that tried them', async () => {
    await install(home, 'tensorflow-cuda', 'process.abort()');
    const found = await probe('tensorflow-cuda', home);
    assert.ok(!found.available);
    assert.match(found.reason, /crashed as it started \(SIGABRT\)/);
  });

  it('that hang are given up as soon as nobody waits for them', async () => {
    await install(home, 'tensorflow-cuda', 'for (;;);');
    const waiting = new AbortController();
    const tried = probe('tensorflow-cuda', home, { signal: waiting.signal });
    waiting.abort(new Error('enough'));
    await assert.rejects(tried, /enough/);
    await assert.rejects(startBackend('auto', home, waiting.signal), /enough/);
  });

  it('that miss libraries name them', async () => {
    await install(
      home,
      'tensorflow-cuda',
      `console.error("Could not load dynamic library 'libcudart.so.11.0'; dlerror: no such file");
       throw new Error('No CUDA');`,
    );
    const found = await probe('tensorflow-cuda', home);
    assert.ok(!found.available);
    assert.match(found.reason, /does not load \(No CUDA\) \(missing: libcudart\.so\.11\.0\)/);
  });

  it('on software adapters are recognized', () => {
    const info = { vendor: '', architecture: '', device: '', description: '' };
    const software = [
      { ...info, vendor: 'mesa', description: 'llvmpipe: Mesa 25.0.7 (LLVM 15.0.6)' },
      { ...info, vendor: 'google', architecture: 'swiftshader' },
      { ...info, description: 'Microsoft Basic Render Driver' },
    ];
    for (const adapter of software) assert.ok(isSoftwareAdapter(adapter), adapter.description);
    const hardware = [
      { ...info, vendor: 'nvidia', architecture: 'hopper', description: 'NVIDIA: 570.86 570.86.10.0' },
      { ...info, vendor: 'apple', architecture: 'metal-3', description: 'Metal driver on macOS' },
      { ...info, vendor: 'amd', description: 'radv: Mesa 25.0.7' },
    ];
    for (const adapter of hardware) assert.ok(!isSoftwareAdapter(adapter), adapter.description);
  });

  it('are chosen by speed among those that work, software adapters aside', () => {
    assert.deepEqual(eligible(FOUND), ['tensorflow-cpu', 'wasm']);
    assert.deepEqual(inOrder(eligible(FOUND), { 'tensorflow-cpu': 10, wasm: 20 }), [
      'wasm',
      'tensorflow-cpu',
    ]);
    assert.deepEqual(inOrder(eligible(FOUND), { wasm: 20 }), ['wasm', 'tensorflow-cpu']);
  });

  it('are measured once, and again when there are others or after a month', async () => {
    assert.deepEqual(await readSpeeds(home, FOUND), {});
    await writeSpeeds(home, FOUND, { wasm: 20, 'tensorflow-cpu': 10, webgpu: undefined });
    assert.deepEqual(await readSpeeds(home, FOUND), { wasm: 20, 'tensorflow-cpu': 10 });
    assert.deepEqual(await readSpeeds(home, { ...FOUND, 'tensorflow-cuda': works('a graphics card') }), {});
    assert.deepEqual(await readSpeeds(home, { ...FOUND, wasm: { ...works('a processor'), threads: 2 } }), {});
    const inDays = (days: number) => Date.now() + days * 24 * 60 * 60 * 1000;
    assert.deepEqual(await readSpeeds(home, FOUND, inDays(29)), { wasm: 20, 'tensorflow-cpu': 10 });
    assert.deepEqual(await readSpeeds(home, FOUND, inDays(31)), {});
    await writeFile(path.join(home, 'backends', 'speeds.json'), '{"damaged":');
    assert.deepEqual(await readSpeeds(home, FOUND), {});
  });

  it("are compared with Scrawl's kernels, which are measured as they are", async () => {
    const measured = await probe('kernels', home, { measure: true });
    assert.ok(measured.available && (measured.samplesPerSecond ?? 0) > 0);
    const found = await survey(home);
    await writeSpeeds(home, found, { wasm: 10, kernels: 25 });
    assert.equal(await kernelGain('wasm', found, home), 2.5);
    await writeSpeeds(home, found, { wasm: 10, kernels: 0 });
    assert.equal(await kernelGain('wasm', found, home), 0, 'they could not be measured');
  });

  it('that could not be measured are so again a day later, or when that is asked for', async () => {
    const marker = path.join(home, 'tried');
    await install(
      home,
      'tensorflow-cpu',
      `require('fs').writeFileSync(${JSON.stringify(marker)}, ''); throw 0;`,
    );
    const speeds = { wasm: 12_345, 'tensorflow-cpu': 0 };
    const measure = async (anew = false) => {
      await rm(marker, { force: true });
      const known = await speedsOf(FOUND, ['tensorflow-cpu', 'wasm'], home, { anew });
      return { known, tried: existsSync(marker) };
    };
    await writeSpeeds(home, FOUND, { wasm: speeds.wasm });
    assert.deepEqual(await measure(), { known: speeds, tried: true });
    assert.deepEqual(await measure(), { known: speeds, tried: false });
    const anew = await measure(true);
    assert.deepEqual([anew.tried, anew.known['tensorflow-cpu']], [true, 0]);
    assert.ok((anew.known.wasm ?? 0) > 0 && anew.known.wasm !== speeds.wasm);
    const tomorrow = Date.now() + 25 * 60 * 60 * 1000;
    assert.deepEqual(Object.keys(await readSpeeds(home, FOUND, tomorrow)), ['wasm']);
  });

  it('of TensorFlow get what Node 23 took away', () => {
    const util = createRequire(__filename)('node:util') as Record<string, unknown>;
    const { isNullOrUndefined, isArray } = util;
    try {
      Reflect.deleteProperty(util, 'isNullOrUndefined');
      Reflect.deleteProperty(util, 'isArray');
      defineRemovedNodeFunctions();
      const defined = util as unknown as Record<'isNullOrUndefined' | 'isArray', (value: unknown) => boolean>;
      assert.deepEqual([undefined, null, 0].map(defined.isNullOrUndefined), [true, true, false]);
      assert.deepEqual([[], {}].map(defined.isArray), [true, false]);
    } finally {
      Object.assign(util, { isNullOrUndefined, isArray });
    }
  });
});

describe('a lost device', () => {
  const lossOf = (error: unknown) => (error instanceof BackendLostError ? error.loss : String(error));
  const never = () => new Promise<never>(() => undefined);

  it('ends work that would never end, with a sentence that offers another backend', async () => {
    const loss = new DeviceLoss('webgpu');
    const work = loss.guard(never);
    loss.lose(new Error('the driver was reset'));
    await assert.rejects(work, (error) => {
      assert.ok(error instanceof UserError && error.cause instanceof Error);
      assert.match(error.message, /^webgpu lost its device: continue with another backend/);
      return lossOf(error) === 'device';
    });
    assert.equal(lossOf(loss.signal.reason), 'device');
    await assert.rejects(
      loss.guard(() => Promise.resolve(1)),
      BackendLostError,
    );
  });

  it('is told from one without memory left, in the words of every backend', async () => {
    const messages = [
      'OOM when allocating tensor with shape[4096,1024] and type float on GPU:0 by allocator GPU_0_bfc',
      'RESOURCE_EXHAUSTED: failed to allocate memory',
      'WebAssembly.Memory.grow(): Maximum memory size exceeded',
      'Array buffer allocation failed',
      'Buffer size (1099511627776) exceeds the max buffer size limit (268435456).',
    ];
    for (const message of messages) {
      const work = new DeviceLoss('wasm').guard(() => Promise.reject(new Error(message)));
      await assert.rejects(work, (error) => lossOf(error) === 'memory', message);
    }
    const other = new DeviceLoss('wasm').guard(() => Promise.reject(new TypeError('x is not a function')));
    await assert.rejects(other, TypeError);
  });

  it('does not touch work that ends well', async () => {
    assert.equal(await new DeviceLoss('wasm').guard(() => Promise.resolve(7)), 7);
  });

  it('of webgpu is noticed by its promise and by its uncaught errors, until it is stopped', async () => {
    class GPUOutOfMemoryError {
      readonly message = 'no room for a buffer';
    }
    const fake = () => {
      let lose: (message: string) => void = () => undefined;
      const lost = new Promise<{ message: string }>((resolve) => {
        lose = (message) => resolve({ message });
      });
      return { device: Object.assign(new EventTarget(), { lost }), lose };
    };
    const [gone, full, stopped] = [fake(), fake(), fake()];
    const losses = [gone, full, stopped].map(() => new DeviceLoss('webgpu'));
    const stops = [gone, full, stopped].map(({ device }, i) => watchDevice(device, losses[i] as DeviceLoss));

    gone.lose('the driver was reset');
    full.device.dispatchEvent(
      Object.assign(new Event('uncapturederror'), { error: new GPUOutOfMemoryError() }),
    );
    stops[2]?.();
    stopped.lose('destroyed');
    await Promise.all([gone.device.lost, stopped.device.lost]);
    assert.deepEqual(
      losses.map(({ signal }) => (signal.aborted ? lossOf(signal.reason) : 'kept')),
      ['device', 'memory', 'kept'],
    );
  });
});
