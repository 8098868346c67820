/** What a key on the pad asks for. */
export type KeyAction =
  | { type: 'insert'; index: number }
  | { type: 'edit'; edit: 'space' | 'backspace' | 'newLine' }
  | { type: 'undo' | 'redo' | 'clear' | 'pick' };

/** The keys that a focused control answers to itself. */
const CONTROL_KEYS = new Set(['Enter', ' ']);

/**
 * What a key asks for, if anything.
 *
 * @param onControl whether a button has the focus, which then answers to Enter and Space
 */
export function actionFor(event: KeyboardEvent, onControl: boolean): KeyAction | undefined {
  if (event.altKey || event.isComposing) return undefined;
  if (event.ctrlKey || event.metaKey) return shortcut(event);
  if (onControl && CONTROL_KEYS.has(event.key)) return undefined;
  switch (event.key) {
    case 'Enter':
      return event.shiftKey ? { type: 'edit', edit: 'newLine' } : { type: 'insert', index: 0 };
    case ' ':
      return { type: 'edit', edit: 'space' };
    case 'Backspace':
      return { type: 'edit', edit: 'backspace' };
    case 'Delete':
    case 'Escape':
      return { type: 'clear' };
    case '?':
      return { type: 'pick' };
    default:
      return /^[1-5]$/.test(event.key) ? { type: 'insert', index: Number(event.key) - 1 } : undefined;
  }
}

function shortcut(event: KeyboardEvent): KeyAction | undefined {
  switch (event.key.toLowerCase()) {
    case 'z':
      return { type: event.shiftKey ? 'redo' : 'undo' };
    case 'y':
      return { type: 'redo' };
    default:
      return undefined;
  }
}
