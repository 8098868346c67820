import type * as vscode from 'vscode';
import {
  type HostToTraining,
  type TrainingToHost,
  trainingToHostSchema,
} from '../../protocol/pages/training';
import { View } from '../shell/names';
import { settings } from '../shell/settings';
import type { Shell } from '../shell/shell';
import { SidebarView } from '../shell/sidebarView';
import { Tabs } from '../shell/tabs';
import { type ShownTraining, TrainingPage } from './trainingPage';
import type { TrainingRuns } from './trainingRuns';

const PAGE = { name: 'training', messages: trainingToHostSchema };

/** The runs and their curves in the sidebar, and in an editor tab, of which there is one. */
export class TrainingView implements vscode.Disposable {
  private readonly sidebar: SidebarView<TrainingToHost, HostToTraining>;
  private readonly tab: Tabs<TrainingToHost, HostToTraining, ShownTraining>;
  private readonly disposables: { dispose(): unknown }[];

  constructor(shell: Shell, runs: TrainingRuns) {
    this.sidebar = new SidebarView<TrainingToHost, HostToTraining>(shell, {
      ...PAGE,
      view: View.training,
      open: (page) => new TrainingPage(page, runs, shell.log),
    });
    this.tab = new Tabs<TrainingToHost, HostToTraining, ShownTraining>(shell, {
      ...PAGE,
      view: View.trainingTab,
      title: () => 'Training',
      nameOf: () => 'training',
      restore: () => ({}),
      open(page, shown) {
        const content = new TrainingPage(page, runs, shell.log);
        content.again(shown);
        return content;
      },
    });
    this.disposables = [
      this.sidebar,
      this.tab,
      runs.onStart((id) => void this.show(id)),
      runs.onWait(() => void this.show()),
    ];
  }

  /** Opens the view or the tab, as the setting says, with the curves of a run if one is named. */
  async show(run?: string): Promise<void> {
    if (settings.resultsIn === 'editor') {
      this.openTab(run);
      return;
    }
    // the keyboard stays where it is
    await this.sidebar.show();
    if (run !== undefined) this.sidebar.send({ type: 'show', run });
  }

  openTab(run?: string): void {
    this.tab.show({ run });
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }
}
