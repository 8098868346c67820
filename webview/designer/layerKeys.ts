import type { CardAction } from './layerCard';

/** What a key does on a layer. */
export type LayerAction = CardAction | 'previous' | 'next' | 'first' | 'last' | 'edit' | 'leave' | 'add';

const ON_HEAD: Readonly<Record<string, LayerAction>> = {
  ArrowUp: 'previous',
  ArrowDown: 'next',
  Home: 'first',
  End: 'last',
  Enter: 'edit',
  F2: 'edit',
  Delete: 'remove',
  Backspace: 'remove',
};

/**
 * The action of a key that is pressed within a layer.
 *
 * @param at whether the keyboard is in a box of the form, or on the layer itself
 */
export function actionAt(
  { key, altKey, shiftKey, ctrlKey, metaKey }: KeyboardEvent,
  at: { inBox: boolean; onHead: boolean },
): LayerAction | undefined {
  if (ctrlKey || metaKey) return undefined;
  if (altKey) {
    if (at.inBox) return undefined;
    if (shiftKey) return key === 'ArrowDown' ? 'duplicate' : undefined;
    return key === 'ArrowUp' ? 'up' : key === 'ArrowDown' ? 'down' : undefined;
  }
  if (key === 'Escape') return at.onHead ? undefined : 'leave';
  if (at.inBox) return undefined;
  if (key === '+' || key === 'Insert') return 'add';
  return at.onHead ? ON_HEAD[key] : undefined;
}
