import { type ActionButton, EXCLUDE, INCLUDE, undoButton } from '../samples/actions';

/** What can be done with the samples that are chosen. */
export type Action =
  'look' | 'relabel' | 'exclude' | 'include' | 'keep' | 'sendToPad' | 'makeDataset' | 'undo';

/** Keys of the actions, as they stand in the tips of the buttons. */
export const ACTION_KEYS: Readonly<Record<string, Action>> = {
  r: 'relabel',
  k: 'keep',
  s: 'sendToPad',
  d: 'makeDataset',
};

export interface Chosen {
  readonly count: number;
  /** Samples that show. */
  readonly total: number;
  /** Whether all of them are left out already. */
  readonly excluded: boolean;
  /** Whether they are drawings, which can be kept. */
  readonly ink: boolean;
  /** What undo would take back, in words. */
  readonly undo: string | undefined;
}

export function actionsFor({ count, total, excluded, ink, undo }: Chosen): ActionButton<Action>[] {
  const disabled = count === 0;
  return [
    {
      action: 'look',
      icon: 'inspect',
      label: 'Look Closely',
      title: 'Probabilities, neighbors, and where the network looked (Enter)',
      disabled: count !== 1,
    },
    {
      action: 'relabel',
      icon: 'tag',
      label: 'Correct Label…',
      title: 'Relabel (R)',
      disabled,
    },
    excluded && count > 0 ? INCLUDE : { ...EXCLUDE, disabled },
    {
      action: 'keep',
      icon: 'save',
      label: 'This Is Mine: Keep',
      title: ink
        ? 'Keep the strokes in My Handwriting (K)'
        : 'My Handwriting keeps strokes, and these samples are pictures',
      disabled: disabled || !ink,
    },
    {
      action: 'sendToPad',
      icon: 'edit',
      label: 'Send to Pad',
      title: 'Ask the pad what it reads (S)',
      disabled: count !== 1,
    },
    {
      action: 'makeDataset',
      icon: 'database',
      label: 'Make Dataset…',
      title: `A dataset of ${count > 0 ? 'these samples' : 'all samples that show'}, to train on (D)`,
      disabled: total === 0,
    },
    ...(undo === undefined ? [] : [undoButton(undo)]),
  ];
}
