import type { Spot } from './points';

/** What a key of the sheet asks for. */
export type KeyAction =
  | { readonly type: 'pan' | 'walk'; readonly direction: Spot }
  | { readonly type: 'zoom'; readonly nearer: boolean }
  | { readonly type: 'fit' | 'open' | 'lasso' | 'leave' }
  | { readonly type: 'error'; readonly forwards: boolean };

const ARROWS: Record<string, Spot> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** Arrows move what shows, with Shift they walk from sample to sample. */
export function actionFor({ key, shiftKey, ctrlKey, metaKey, altKey }: KeyboardEvent): KeyAction | undefined {
  if (ctrlKey || metaKey || altKey) return undefined;
  const direction = ARROWS[key];
  if (direction) return { type: shiftKey ? 'walk' : 'pan', direction };
  switch (key) {
    case '+':
    case '=':
      return { type: 'zoom', nearer: true };
    case '-':
      return { type: 'zoom', nearer: false };
    case '0':
      return { type: 'fit' };
    case 'Enter':
      return { type: 'open' };
    case 'l':
      return { type: 'lasso' };
    case 'e':
    case 'E':
      return { type: 'error', forwards: !shiftKey };
    case 'Escape':
      return { type: 'leave' };
    default:
      return undefined;
  }
}
