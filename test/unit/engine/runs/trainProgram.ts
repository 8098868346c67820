// A process of its own for the tests that kill it: trains the run of a folder, with a clock that makes a checkpoint every
// other step, and dies at the step given.
import { RunControl } from '../../../../src/engine/training/runControl';
import { ModelStore } from '../../../../src/models/modelStore';
import { trainRun } from '../../../../src/engine/training/trainRun';

const [folder = '', home = '', dieAt = '0'] = process.argv.slice(2);
let steps = 0;
let time = 0;
let done = 0;

async function main(): Promise<void> {
  await trainRun({
    folder,
    home,
    models: new ModelStore(home, ''),
    control: new RunControl(),
    now: () => (time += 12_500),
    threads: { threads: 1 },
    onProgress: (report) => {
      if (report.phase !== 'training' || report.done === done) return;
      done = report.done;
      if (++steps === Number(dieAt)) process.kill(process.pid, 'SIGKILL');
    },
  });
  process.stdout.write(String(steps));
}

void main();
