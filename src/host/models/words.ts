import { formatBytes } from '../../datasets/download/formatBytes';
import { accuracyOf } from '../../models/accuracy';
import type { Card } from '../../models/card';
import type { ModelRecord } from '../../models/modelStore';
import type { RunRecord } from '../../models/runStore';
import { counted } from '../datasets/words';
import { canRepeat } from './repeatTraining';

/** What a row of the tree is to the menus in package.json. */
export function contextOf(model: Pick<ModelRecord, 'kind' | 'card' | 'problem'>, inUse: boolean): string {
  const { kind, problem } = model;
  return [
    'model',
    kind,
    problem === undefined ? 'whole' : 'damaged',
    ...(canRepeat(model) ? ['trained'] : []),
    ...(inUse ? ['inUse'] : []),
  ].join('.');
}

/** What stands behind a model's name: how good it is, what it learnt from, how large it is. */
export function describeModel({ card, bytes, problem, ensemble }: ModelRecord, inUse: boolean): string {
  if (problem !== undefined || !card) return 'damaged';
  const accuracy = accuracyOf(card);
  // data that were given by a path have it for a name
  const [source, ...others] = card.data.map(({ name }) => name.split(/[\\/]/).at(-1) ?? name);
  return [
    ...(inUse ? ['on the pad'] : []),
    ...(accuracy ? [percentOf(accuracy.value)] : []),
    ...(ensemble ? [counted(ensemble.members.length, 'member')] : []),
    ...(source === undefined ? [] : [others.length > 0 ? `${source} and ${others.length} more` : source]),
    formatBytes(bytes),
  ].join(', ');
}

/** A fraction as people say it: 98.2%. */
export function percentOf(fraction: number): string {
  return `${(100 * fraction).toFixed(1)}%`;
}

/** What stands behind the name of a run that can go on. */
export function describeRun({ run, state }: RunRecord): string {
  const share = state.total > 0 ? [percentOf(state.done / state.total)] : [];
  return [state.state, ...share, ...(run ? [run.dataset] : [])].join(', ');
}

/** The characters of a model, as many as fit into a line. */
export function describeClasses({ classes }: Card): string {
  const MOST = 100;
  const shown = classes.slice(0, MOST).join(' ');
  return `${counted(classes.length, 'class', 'classes')}: ${shown}${classes.length > MOST ? ' …' : ''}`;
}
