import { ResponseError, type CancellationToken, type MessageConnection } from 'vscode-jsonrpc/node';
import { BACKEND_CHOICES, type BackendChoice } from '../../models/runSettings';
import { ModelError } from '../../models/errors';
import { ModelStore } from '../../models/modelStore';
import { REQUEST_CANCELLED_CODE } from '../../protocol/engine';
import {
  trainingEpochNotification,
  trainingProgressNotification,
  type EndTrainingParams,
  type TrainParams,
  type TrainResult,
} from '../../protocol/training';
import { RunControl } from './runControl';
import { trainRun } from './trainRun';

/** A run that trains in this process. */
interface Running {
  readonly control: RunControl;
  readonly done: Promise<unknown>;
}

/** Trains runs for the host, and tells it how far they are. */
export class TrainingService {
  private readonly running = new Map<string, Running>();
  private left = false;

  constructor(
    private readonly connection: MessageConnection,
    /** Folder of the model that ships with Scrawl. */
    private readonly bundledModel: string,
  ) {}

  /** @throws what ends the run; it can be gone on with */
  async train({ run, home, backend }: TrainParams, token: CancellationToken): Promise<TrainResult> {
    const control = new RunControl();
    const cancelling = token.onCancellationRequested(() =>
      control.abort(new ResponseError(REQUEST_CANCELLED_CODE, 'cancelled')),
    );
    const done = trainRun({
      folder: run,
      home,
      models: new ModelStore(home, this.bundledModel),
      control,
      backend: backend === undefined ? undefined : backendNamed(backend),
      onProgress: (report) =>
        this.tell(() => this.connection.sendNotification(trainingProgressNotification, { run, ...report })),
      onEpoch: (epoch) =>
        this.tell(() => this.connection.sendNotification(trainingEpochNotification, { run, ...epoch })),
      // the host writes it to its log
      threads: { onTrouble: (sentence) => console.warn(sentence) },
    });
    this.running.set(run, { control, done });
    try {
      return await done;
    } finally {
      this.running.delete(run);
      cancelling.dispose();
    }
  }

  private tell(send: () => Promise<void>): void {
    if (this.left) return;
    // whether or not anybody listens, the run goes on
    send().catch(() => undefined);
  }

  /** Ends a run in good order; one that does not train is left as it is. */
  end({ run, how }: EndTrainingParams): null {
    this.running.get(run)?.control.end(how);
    return null;
  }

  /** Ends all runs after their step with a checkpoint, because nobody is left to train them for. */
  async leave(): Promise<void> {
    this.left = true;
    const running = [...this.running.values()];
    for (const { control } of running) control.leave();
    await Promise.allSettled(running.map(({ done }) => done));
  }
}

function backendNamed(name: string): BackendChoice {
  const choice = BACKEND_CHOICES.find((each) => each === name);
  if (choice) return choice;
  throw new ModelError(`There is no backend "${name}": choose of ${BACKEND_CHOICES.join(', ')}.`);
}
