import { Emitter } from 'vscode-jsonrpc';
import type { ModelStore, WholeModel } from '../../models/modelStore';
import { memberName, type Membership, type RunFile } from '../../models/run';
import type { EngineLog } from '../engineProcess';
import type { EndedRun, TrainingRuns } from './trainingRuns';

/** Where the ensemble goes. */
interface Models {
  change<T>(work: (store: ModelStore) => Promise<T>): Promise<T>;
}

/** An ensemble whose last member was trained. */
export interface TrainedEnsemble {
  readonly model: WholeModel;
  readonly members: number;
}

/**
 * Trains the members of ensembles one after the other, and makes each ensemble when its last member is trained. All
 * that it goes by lies with the runs, so that a member which is resumed another day goes on with the others too.
 */
export class EnsembleTraining {
  private readonly made = new Emitter<TrainedEnsemble>();
  readonly onMade = this.made.event;
  private readonly subscription: { dispose(): void };

  constructor(
    private readonly runs: TrainingRuns,
    private readonly models: Models,
    log: EngineLog,
    private readonly now = () => new Date(),
  ) {
    this.subscription = runs.onEnd((ended) => {
      this.goOn(ended).catch((error: unknown) =>
        log.error(`the ensemble of ${ended.name}: ${String(error)}`),
      );
    });
  }

  dispose(): void {
    this.subscription.dispose();
    this.made.dispose();
  }

  private async goOn({ id, end, ensemble }: EndedRun): Promise<void> {
    if (!ensemble || (end.how !== 'finished' && end.how !== 'stopped')) return;
    const { run } = await this.runs.store.find(id);
    const next = run && nextMember(run, this.now());
    if (next) await this.runs.start(next);
    else await this.make(ensemble);
  }

  /** Of the members whose models are there: one that was removed meanwhile is missed by nobody. */
  private async make({ id, name, combine }: Membership): Promise<void> {
    const records = await this.runs.store.list();
    const folders = records
      .filter(({ run }) => run?.ensemble?.id === id)
      .sort((a, b) => (a.run?.ensemble?.member ?? 0) - (b.run?.ensemble?.member ?? 0))
      .flatMap(({ state }) => state.model ?? []);
    const model = await this.models.change((store) => store.addEnsemble(name, folders, combine));
    this.made.fire({ model, members: folders.length });
  }
}

/** The run of the member after one, which differs by its seed; undefined after the last. */
export function nextMember(run: RunFile, now: Date): RunFile | undefined {
  const { ensemble, settings } = run;
  if (!ensemble || ensemble.member >= ensemble.members) return undefined;
  const member = ensemble.member + 1;
  return {
    ...run,
    name: memberName(ensemble.name, member),
    settings: { ...settings, seed: settings.seed + 1 },
    created: now.toISOString(),
    ensemble: { ...ensemble, member },
  };
}
