import type { HostToRuns, RunsToHost } from '../../protocol/pages/runs';
import { Command } from '../shell/names';
import { runCommand } from '../shell/runCommand';
import type { Page, PageContent } from '../shell/page';
import { FollowedRuns } from './followedRuns';
import { repeatRun } from './repeatRun';
import { SETTING_COLUMNS } from './runRow';
import { runsCsv } from './runsCsv';
import { saveText } from './saveText';
import type { TrainingRuns } from './trainingRuns';

/** The table of all runs in a tab. A hidden page is gone, and nothing is done for it. */
export class RunsPage implements PageContent<RunsToHost, HostToRuns> {
  private readonly followed: FollowedRuns<HostToRuns>;

  constructor(
    page: Pick<Page<RunsToHost, HostToRuns>, 'post' | 'tried'>,
    private readonly runs: TrainingRuns,
    log: { warn(message: string): void },
  ) {
    this.followed = new FollowedRuns<HostToRuns>(
      page,
      runs,
      async () => ({ type: 'runs', rows: await runs.rows(), settings: [...SETTING_COLUMNS] }),
      log,
    );
  }

  hidden(): void {
    this.followed.rest();
  }

  async receive(message: RunsToHost): Promise<undefined> {
    switch (message.type) {
      case 'ready':
        await this.followed.begin(message.picked);
        return;
      case 'pick':
        await this.followed.show(message.runs);
        return;
      case 'open':
        await runCommand(Command.openTraining, message.run);
        return;
      case 'repeat':
        await repeatRun(this.runs, message.run);
        return;
      case 'train':
        await runCommand(Command.trainModel);
        return;
      case 'exportCsv':
        await this.exportCsv(message.runs);
        return;
    }
  }

  private async exportCsv(ids: readonly string[]): Promise<void> {
    await saveText('Runs', 'runs.csv', { CSV: ['csv'] }, async () => {
      const rows = new Map((await this.runs.rows()).map((row) => [row.id, row]));
      return runsCsv(ids.flatMap((id) => rows.get(id) ?? []));
    });
  }
}
