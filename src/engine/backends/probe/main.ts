import type { TrainerName } from '../../../runs/backendPackages';
import type { StartedBackend } from '../backend';
import { BACKENDS } from '../backends';
import { samplesPerSecond, takeStepsByKernels } from '../measure/standardTraining';
import { backendOf, type Probe, unavailable } from './probe';

/** A process that tries one backend, or Scrawl's kernels, and tells its parent what it found: `NAME HOME [measure]`. */
async function main([name = '', home = '', measure]: readonly string[]): Promise<void> {
  const found = await look(name as TrainerName, home, measure === 'measure');
  process.send?.(found, () => process.exit(0));
}

async function look(name: TrainerName, home: string, measure: boolean): Promise<Probe> {
  let started: StartedBackend;
  try {
    started = await BACKENDS[backendOf(name)].start(home);
  } catch (error) {
    return unavailable(error);
  }
  const { device, driver, software, threads, note } = started;
  const takeSteps = name === 'kernels' ? takeStepsByKernels : undefined;
  const speed = measure ? await started.loss.guard(() => samplesPerSecond({ takeSteps })) : undefined;
  return { available: true, device, driver, software, threads, note, samplesPerSecond: speed };
}

// whoever asked is gone
process.on('disconnect', () => process.exit());

void main(process.argv.slice(2));
