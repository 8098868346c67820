import {
  type HostToLeaderboard,
  type LeaderboardToHost,
  leaderboardToHostSchema,
} from '../../../protocol/pages/leaderboard';
import { sentenceFor } from '../../shell/report';
import type { Shell } from '../../shell/shell';
import { Tabs } from '../../shell/tabs';
import type { EvaluateParts } from '../evaluateModel';
import { LeaderboardPage } from './leaderboardPage';

export type LeaderboardTab = Tabs<LeaderboardToHost, HostToLeaderboard, object>;

/** The editor tab with models by datasets, of which there is one. */
export function leaderboardTab(shell: Shell, parts: EvaluateParts): LeaderboardTab {
  return new Tabs<LeaderboardToHost, HostToLeaderboard, object>(shell, {
    name: 'leaderboard',
    messages: leaderboardToHostSchema,
    title: () => 'Leaderboard',
    nameOf: () => 'leaderboard',
    restore: () => ({}),
    open: (page) => new LeaderboardPage(page, parts, (error) => sentenceFor(error, shell.log)),
  });
}
