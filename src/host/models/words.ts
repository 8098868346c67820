import { counted, formatBytes, percent } from '../../base/words';
import { accuracyOf } from '../../models/accuracy';
import type { Card } from '../../models/card';
import type { LineCard } from '../../models/lineCard';
import type { ModelRecord } from '../../models/modelStore';
import type { SymbolCard } from '../../models/symbolCard';
import type { RunOverview } from '../../runs/runStore';
import { canRepeat } from './canRepeat';

/** What a row of the tree is to the menus in package.json. */
export function contextOf(
  model: Pick<ModelRecord, 'kind' | 'card' | 'lines' | 'symbols' | 'problem'>,
  inUse: boolean,
): string {
  const { kind, lines, symbols, problem } = model;
  return [
    lines ? 'lineModel' : symbols ? 'symbolModel' : 'model',
    kind,
    problem === undefined ? 'whole' : 'damaged',
    ...(canRepeat(model) ? ['trained'] : []),
    ...(inUse ? ['inUse'] : []),
  ].join('.');
}

/** What stands behind a model's name: how good it is, what it learned from, how large it is. */
export function describeModel(
  { card, lines, symbols, bytes, problem, ensemble }: ModelRecord,
  inUse: boolean,
): string {
  if (lines && problem === undefined) return describeLines(lines, bytes, inUse);
  if (symbols && problem === undefined) return describeSymbols(symbols, bytes);
  if (problem !== undefined || !card) return 'damaged';
  const accuracy = accuracyOf(card);
  // data that were given by a path have it for a name
  const [source, ...others] = card.data.map(({ name }) => name.split(/[\\/]/).at(-1) ?? name);
  return [
    ...(inUse ? ['on the pad'] : []),
    ...(accuracy ? [percent(accuracy.value, 1)] : []),
    ...(ensemble ? [counted(ensemble.members.length, 'member')] : []),
    ...(source === undefined ? [] : [others.length > 0 ? `${source} and ${others.length} more` : source]),
    formatBytes(bytes),
  ].join(', ');
}

function describeLines({ metrics: [first] }: LineCard, bytes: number, inUse: boolean): string {
  const score = first ? [`${percent(first.cer, 1)} of characters wrong`] : [];
  return [...(inUse ? ['on the pad'] : []), 'reads lines', ...score, formatBytes(bytes)].join(', ');
}

function describeSymbols({ metrics: [first] }: SymbolCard, bytes: number): string {
  const score = first ? [`${percent(first.top5, 1)} among the first five`] : [];
  return ['reads symbols', ...score, formatBytes(bytes)].join(', ');
}

/** What stands behind the name of a run that can go on. */
export function describeRun({ run, state }: RunOverview): string {
  const share = state.total > 0 ? [percent(state.done / state.total, 1)] : [];
  return [state.state, ...share, ...(run ? [run.dataset] : [])].join(', ');
}

/** The characters of a model, as many as fit into a line. */
export function describeClasses({ classes }: Pick<Card, 'classes'>): string {
  const MOST = 100;
  const shown = classes.slice(0, MOST).join(' ');
  return `${counted(classes.length, 'class', 'classes')}: ${shown}${classes.length > MOST ? ' …' : ''}`;
}
