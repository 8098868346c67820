import { UserError } from '../../../base/userError';
import type { HostToSweep, ShownSweep, SweepAction, SweepToHost } from '../../../protocol/pages/sweep';
import { sweepCsv } from '../../../runs/sweep/sweepCsv';
import { CalmLooks } from '../../shell/calmLooks';
import { Command } from '../../shell/names';
import { runCommand } from '../../shell/runCommand';
import type { Page, PageContent } from '../../shell/page';
import { repeatedOf } from '../repeatTraining';
import { saveText } from '../saveText';
import { SentCurves } from '../sentCurves';
import { shownSweep } from './shownSweep';
import type { Sweeps } from './sweeps';

/** A sweep in a tab. A hidden page is gone, and nothing is done for it. */
export class SweepPage implements PageContent<SweepToHost, HostToSweep> {
  private readonly looks: CalmLooks<HostToSweep>;
  private readonly sent: SentCurves;
  private following: { dispose(): unknown }[] = [];
  /** Numbers of the trials whose curves show. */
  private picked: readonly number[] = [];

  constructor(
    private readonly page: Page<SweepToHost, HostToSweep>,
    private readonly id: string,
    private readonly sweeps: Sweeps,
    log: { warn(message: string): void },
  ) {
    this.looks = new CalmLooks<HostToSweep>(
      async () => ({ type: 'sweep', sweep: await this.look() }),
      (message) => this.show(message),
      (work) => page.tried(work),
    );
    this.sent = new SentCurves(
      (trial) => sweeps.curve(id, Number(trial) - 1),
      (message) => page.post(message),
      log,
    );
  }

  hidden(): void {
    for (const each of this.following.splice(0)) each.dispose();
    this.looks.rest();
    this.sent.clear();
  }

  async receive(message: SweepToHost): Promise<undefined> {
    switch (message.type) {
      case 'ready':
        this.follow();
        await this.looks.now();
        return;
      case 'pick':
        this.picked = message.trials;
        await this.sendCurves();
        return;
      case 'train':
        await this.train(message.trial);
        return;
      case 'act':
        await this.act(message.action);
        return;
    }
  }

  /** Closes the tab of a sweep that is no more. */
  private async look(): Promise<ShownSweep> {
    try {
      return shownSweep(await this.sweeps.find(this.id));
    } catch (error) {
      this.page.close();
      throw error;
    }
  }

  private show(message: HostToSweep): void {
    if (message.type === 'sweep') this.page.title = message.sweep.name;
    this.page.post(message);
  }

  private follow(): void {
    const { id, page, sweeps } = this;
    if (this.following.length > 0) return;
    this.following = [
      sweeps.onDidChange(() => this.looks.soon()),
      sweeps.onProgress(({ id: of, trial, progress: { done, total, secondsLeft } }) => {
        if (of !== id) return;
        const left = secondsLeft === undefined ? {} : { secondsLeft };
        page.post({ type: 'progress', trial: trial.place + 1, done, total, ...left });
      }),
      sweeps.onEpoch(({ id: of, trial }) => {
        if (of === id && this.picked.includes(trial.place + 1))
          void page.tried(() => this.sendAgain(trial.place + 1));
      }),
    ];
  }

  private sendCurves(): Promise<void> {
    return this.sent.send(this.picked.map(String));
  }

  /** Sends the curve of a trial that has grown. */
  private async sendAgain(trial: number): Promise<void> {
    await this.sent.send(this.picked.filter((each) => each !== trial).map(String));
    await this.sendCurves();
  }

  private async train(trial: number): Promise<void> {
    const run = await this.sweeps.runOf(this.id, trial - 1);
    const repeated = repeatedOf(`${this.id}/${trial}`, run);
    await runCommand(Command.trainModel, repeated);
  }

  private async act(action: SweepAction): Promise<void> {
    const { id, sweeps } = this;
    switch (action) {
      case 'pause':
        return sweeps.pause(id);
      case 'resume':
        return sweeps.resume(id);
      case 'keep':
        return sweeps.keepBest(id);
      case 'remove':
        return runCommand(Command.removeSweep, id);
      case 'use':
        return runCommand(Command.useModel, await this.model());
      case 'evaluate':
        return runCommand(Command.evaluateModel, await this.model());
      case 'start':
        return runCommand(Command.startSweep);
      case 'exportCsv':
        return saveText('Trials', 'trials.csv', { CSV: ['csv'] }, async () =>
          sweepCsv((await sweeps.find(id)).sweep),
        );
    }
  }

  /** @throws UserError where none was kept */
  private async model(): Promise<string> {
    const { model } = (await this.sweeps.find(this.id)).sweep;
    if (model === undefined) throw new UserError('No model of this sweep was kept yet: keep the best first.');
    return model;
  }
}
