import {
  type EvaluationToHost,
  evaluationToHostSchema,
  type HostToEvaluation,
} from '../../protocol/pages/evaluation';
import { View } from '../shell/names';
import type { Shell } from '../shell/shell';
import { SidebarView } from '../shell/sidebarView';
import { Tabs } from '../shell/tabs';
import { EvaluationPage, type EvaluationPageParts } from './evaluationPage';

const PAGE = { name: 'evaluation', messages: evaluationToHostSchema };

type EvaluationView = SidebarView<EvaluationToHost, HostToEvaluation>;
type EvaluationTab = Tabs<EvaluationToHost, HostToEvaluation, object>;

/** The window's evaluation in the sidebar. */
export function evaluationView(shell: Shell, parts: EvaluationPageParts): EvaluationView {
  return new SidebarView<EvaluationToHost, HostToEvaluation>(shell, {
    ...PAGE,
    view: View.evaluation,
    open: (page) => new EvaluationPage(page, parts),
  });
}

/** The same in an editor tab, of which there is one. */
export function evaluationTab(shell: Shell, parts: EvaluationPageParts): EvaluationTab {
  return new Tabs<EvaluationToHost, HostToEvaluation, object>(shell, {
    ...PAGE,
    // the name of the page is that of the view in the sidebar
    view: 'scrawl.evaluationTab',
    title: () => 'Evaluation',
    nameOf: () => 'evaluation',
    restore: () => ({}),
    open: (page) => new EvaluationPage(page, parts),
  });
}
