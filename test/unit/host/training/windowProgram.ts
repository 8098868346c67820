// A window in a process of its own, for the tests in which it is gone while its run trains: starts the runs given, and
// is killed once the first has learned something.
import path from 'node:path';
import { TrainingRuns } from '../../../../src/host/training/trainingRuns';
import { runFileSchema } from '../../../../src/runs/run';

const [home = '', files = '[]'] = process.argv.slice(2);

async function main(): Promise<void> {
  // nothing else keeps a window open
  setInterval(() => undefined, 1000);
  const runs = new TrainingRuns({
    home,
    script: path.resolve('dist', 'engine.js'),
    log: { info: () => undefined, warn: console.error, error: console.error },
    openData: () => Promise.resolve(),
    atOnce: () => 1,
    outlives: () => true,
  });
  let started = false;
  runs.onProgress(({ progress }) => {
    if (started && progress.done > 0) process.kill(process.pid, 'SIGKILL');
  });
  for (const file of runFileSchema.array().parse(JSON.parse(files))) await runs.start(file);
  started = true;
}

void main();
