import * as z from 'zod';
import {
  type HostToLineEvaluation,
  type LineEvaluationToHost,
  lineEvaluationToHostSchema,
} from '../../../protocol/pages/lineEvaluation';
import type { Shell } from '../../shell/shell';
import { Tabs } from '../../shell/tabs';
import { LineEvaluationPage, type LineEvaluationParts } from './lineEvaluationPage';
import { type LineEvaluationSpec, lineEvaluationSpecSchema } from './lineEvaluationSpec';

/** The editor tabs with evaluations of models of lines: one for each model, split and way of reading. */
export type LineEvaluationTabs = Tabs<LineEvaluationToHost, HostToLineEvaluation, LineEvaluationSpec>;

export function lineEvaluationTabs(shell: Shell, parts: LineEvaluationParts): LineEvaluationTabs {
  return new Tabs<LineEvaluationToHost, HostToLineEvaluation, LineEvaluationSpec>(shell, {
    name: 'lineEvaluation',
    messages: lineEvaluationToHostSchema,
    title: () => 'Evaluation',
    nameOf: ({ model, dataset, split, language }) => JSON.stringify([model, dataset, split, language]),
    restore: (state) => z.object({ remember: lineEvaluationSpecSchema }).safeParse(state).data?.remember,
    open: (page, spec) => new LineEvaluationPage(page, spec, parts),
  });
}
