import { ModelStore } from '../../models/modelStore';
import { type TrainAlone, trainAloneSchema } from '../../protocol/engine/training';
import { Canceled } from '../../protocol/failures';
import { Outliving } from '../../runs/outliving';
import { RunQueue } from '../../runs/runQueue';
import { RunStore } from '../../runs/runStore';
import { takeOver } from '../../storage/lock';
import { backendNamed } from '../backends/backendNamed';
import { RunControl } from './runControl';
import { trainRun } from './trainRun';

/** Milliseconds between two looks at what windows ask of the run. */
const LOOK_EVERY = 200;

/**
 * Trains a run in this process, which outlives the window that started it. Windows follow it by the run's folder.
 *
 * @param params as JSON, as `TRAIN_ALONE` has them
 * @param bundledModel folder of the model that ships with Scrawl
 * @returns the process' exit code
 */
export async function trainAlone(params: string, bundledModel: string): Promise<number> {
  try {
    const job = trainAloneSchema.parse(JSON.parse(params));
    const slot = job.slot && (await takeOver(job.slot));
    try {
      await trainObeying(job, bundledModel);
    } finally {
      await slot?.release();
    }
    return 0;
  } catch (error) {
    if (error instanceof Canceled) return 0;
    // into the run's own log
    console.error(error);
    return 1;
  }
}

/** Trains until the run is done, or a window or the system ends it. */
async function trainObeying({ run, home, backend }: TrainAlone, bundledModel: string): Promise<void> {
  const control = new RunControl();
  process.on('SIGTERM', () => control.leave());
  const outliving = new Outliving(run);
  const looking = setInterval(() => void obey(outliving, control), LOOK_EVERY);
  try {
    const { next } = await trainRun({
      folder: run,
      home,
      models: new ModelStore(home, bundledModel),
      control,
      backend: backendNamed(backend),
      outlives: true,
      threads: { onTrouble: (sentence) => console.warn(sentence) },
    });
    // no window need be there to see to the next member of an ensemble
    if (next !== undefined) await new RunQueue(new RunStore(home).folder).add(next, true);
  } finally {
    clearInterval(looking);
  }
}

async function obey(outliving: Outliving, control: RunControl): Promise<void> {
  const asked = await outliving.asked();
  if (asked === 'cancel') control.abort(new Canceled());
  else if (asked) control.end(asked);
}
