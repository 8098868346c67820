import type { Evaluation } from '../evaluation/register';
import { Command } from '../shell/names';
import type { Shell } from '../shell/shell';
import { reviewLabels } from './reviewLabels';
import { reviewTabs } from './reviewPanels';

/** Going through suspicious labels. */
export function registerReview(shell: Shell, { evaluation }: { evaluation: Evaluation }): void {
  const { library, engine } = evaluation;
  const tabs = shell.own(reviewTabs(shell, { library, engine }));
  shell.commands({ [Command.reviewLabels]: (argument) => reviewLabels({ ...evaluation, tabs }, argument) });
}
