/** What a key on the pad asks for. */
export type KeyAction =
  | { type: 'insert' | 'teach'; index: number }
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
  if (event.isComposing) return undefined;
  if (event.altKey) return teaching(event);
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

/** Alt and a digit; what the key gives with Alt depends on the keyboard, so that its place counts. */
function teaching({ code, ctrlKey, metaKey }: KeyboardEvent): KeyAction | undefined {
  const digit = /^(?:Digit|Numpad)([1-5])$/.exec(code)?.[1];
  if (digit === undefined || ctrlKey || metaKey) return undefined;
  return { type: 'teach', index: Number(digit) - 1 };
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
