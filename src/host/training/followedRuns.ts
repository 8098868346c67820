import type { HostToTraining } from '../../protocol/pages/training';
import { CalmLooks } from '../shell/calmLooks';
import { SentCurves } from './sentCurves';
import type { TrainingRuns } from './trainingRuns';

/** What every page with runs is told of those that train. */
type OfRuns = Extract<HostToTraining, { type: 'curve' | 'progress' | 'epoch' }>;

/** Keeps a page up to date with the runs: those that there are, and the curves of those that it shows. */
export class FollowedRuns<Told> {
  private readonly sent: SentCurves;
  private readonly looks: CalmLooks<Told>;
  private following: { dispose(): unknown }[] = [];

  /** @param list what the page is told of the runs that there are */
  constructor(
    private readonly page: {
      post(message: OfRuns | Told): unknown;
      tried(work: () => Promise<void>): unknown;
    },
    private readonly runs: TrainingRuns,
    list: () => Promise<Told>,
    log: { warn(message: string): void },
  ) {
    this.sent = new SentCurves(
      (id) => runs.curve(id),
      (message) => page.post(message),
      log,
    );
    this.looks = new CalmLooks<Told>(
      list,
      (message) => page.post(message),
      (work) => page.tried(work),
    );
  }

  /** The page is there, perhaps anew, and shows the curves of these runs. */
  async begin(shown: readonly string[]): Promise<void> {
    this.follow();
    this.sent.clear();
    await this.looks.now();
    await this.sent.send(shown);
  }

  /** The page shows the curves of these runs now. */
  async show(runs: readonly string[]): Promise<void> {
    await this.sent.send(runs);
  }

  /** The page is gone, and nothing is done for it. */
  rest(): void {
    for (const each of this.following.splice(0)) each.dispose();
    this.looks.rest();
    this.sent.clear();
  }

  private follow(): void {
    const { page, runs } = this;
    if (this.following.length > 0) return;
    this.following = [
      runs.onDidChange(() => this.looks.soon()),
      runs.onProgress(({ id, progress }) => page.post({ type: 'progress', ...progress, run: id })),
      runs.onEpoch(({ id, epoch }) => page.post({ type: 'epoch', ...epoch, run: id })),
    ];
  }
}
