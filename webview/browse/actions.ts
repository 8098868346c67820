import { type ActionButton, EXCLUDE, INCLUDE, undoButton } from '../samples/actions';

/** What can be done with the samples that are chosen. */
export type Action = 'sendToPad' | 'relabel' | 'exclude' | 'include' | 'undo';

/**
 * @param count samples that are chosen
 * @param excluded whether all of them are left out already
 * @param undo what it would take back, in words
 */
export function actionsFor(
  count: number,
  excluded: boolean,
  undo: string | undefined,
): ActionButton<Action>[] {
  const disabled = count === 0;
  return [
    {
      action: 'sendToPad',
      icon: 'edit',
      label: 'Send to Pad',
      title: 'Read it with the model (Enter)',
      disabled: count !== 1,
    },
    { action: 'relabel', icon: 'tag', label: 'Relabel…', title: 'Relabel (R)', disabled },
    excluded && count > 0 ? INCLUDE : { ...EXCLUDE, disabled },
    ...(undo === undefined ? [] : [undoButton(undo)]),
  ];
}
