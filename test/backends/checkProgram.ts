// Compares the backends of a machine and measures the presets on each: `node checkProgram.js [--home FOLDER] ...`.
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { BACKEND_NAMES } from '../../src/engine/backends/backends';
import type { BackendName } from '../../src/runs/backendPackages';
import { PRESETS } from '../../src/networks/presets';
import { COMPARED, furthestApart, STEPS, TOLERANCE } from './comparison';
import { train } from './train';

const PROGRAM = path.join(__dirname, 'trainProgram.js');
const BATCH = 128;
const GPU_BACKENDS: ReadonlySet<BackendName> = new Set(['webgpu', 'tensorflow-cuda']);

const { values } = parseArgs({
  options: {
    /** Where packages are installed. */
    home: { type: 'string', default: path.join(__dirname, 'home') },
    backends: { type: 'string', default: BACKEND_NAMES.join(',') },
    presets: { type: 'string', default: Object.keys(PRESETS).join(',') },
    seconds: { type: 'string', default: '3' },
  },
});
const home = path.resolve(values.home);
const presets = values.presets.split(',').filter((name) => name !== '');

async function main(): Promise<void> {
  console.log(`${os.cpus()[0]?.model ?? ''}, ${os.availableParallelism()} cores, Node ${process.version}\n`);
  const reference = await train(PROGRAM, {
    backend: 'wasm',
    home,
    losses: { training: COMPARED, steps: STEPS },
  });
  if (!reference.available) throw new Error('wasm did not start');
  const names = values.backends.split(',') as BackendName[];
  let onGpu = false;
  for (const name of names) {
    const found = await check(name, reference.losses);
    if (found === 'wrong') process.exitCode = 1;
    onGpu ||= found === 'gpu';
  }
  if (onGpu || !names.some((name) => GPU_BACKENDS.has(name))) return;
  console.log('No GPU was checked: see above why, or choose backends with --backends.');
  process.exitCode = 1;
}

/** Prints what a backend gives, and says what it is: 'wrong' where its losses are not those of wasm. */
async function check(
  backend: BackendName,
  reference: readonly number[],
): Promise<'unavailable' | 'wrong' | 'gpu' | 'processor'> {
  const result = await train(PROGRAM, { backend, home, losses: { training: COMPARED, steps: STEPS } });
  if (!result.available) {
    console.log(`${backend}: not available because ${result.reason}; ${result.remedy}\n`);
    return 'unavailable';
  }
  const { device, driver, software } = result.device;
  console.log(
    `${backend}: ${device}${driver === undefined ? '' : `, ${driver}`}${software ? ' (software)' : ''}`,
  );
  const apart = furthestApart(result.losses, reference);
  const right = apart < TOLERANCE;
  console.log(
    `  losses of ${STEPS} steps: at most ${apart.toExponential(1)} from wasm's${right ? '' : ': WRONG'}`,
  );
  for (const preset of presets) await measure(backend, preset);
  console.log();
  if (!right) return 'wrong';
  return GPU_BACKENDS.has(backend) && !software ? 'gpu' : 'processor';
}

async function measure(backend: BackendName, preset: string): Promise<void> {
  const network = PRESETS[preset];
  if (!network) throw new Error(`There is no preset ${preset}.`);
  const training = { network, batchSize: BATCH, classes: 62, seed: 1 };
  const seconds = Number(values.seconds);
  const result = await train(PROGRAM, { backend, home, speeds: { trainings: [training], seconds } });
  const speed = result.available ? result.speeds[0] : undefined;
  const rate = speed?.samplesPerSecond ?? NaN;
  const used = `with ${(speed?.cores ?? NaN).toFixed(2)} cores at work`;
  console.log(
    `  ${preset.padEnd(14)} ${rate.toFixed(rate < 100 ? 1 : 0).padStart(8)} samples a second ${used}`,
  );
}

void main();
