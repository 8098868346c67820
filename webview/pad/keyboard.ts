/** What a key on the pad asks for. */
export type KeyAction =
  | { type: 'insert' | 'teach'; index: number }
  | { type: 'edit'; edit: 'space' | 'backspace' | 'newLine' }
  /** For the editor. */
  | { type: 'type'; text: string }
  | { type: 'undo' | 'redo' | 'clear' | 'pick' | 'takeStroke' | 'read' };

/** The keys that a focused control answers to itself. */
const CONTROL_KEYS = new Set(['Enter', ' ']);

/** Where a key was pressed. */
export interface KeyPlace {
  /** Whether a button has the focus, which then answers to Enter and Space. */
  readonly onControl: boolean;
  /** Whether there is something to be read: then some keys are the pad's own. */
  readonly hasInk: boolean;
}

/** What a key asks for, if anything: what is no key of the pad, and can be typed, goes to the editor. */
export function actionFor(event: KeyboardEvent, { onControl, hasInk }: KeyPlace): KeyAction | undefined {
  if (event.isComposing) return undefined;
  // what AltGr gives is typed, though Windows says that Control and Alt are held
  if (event.getModifierState('AltGraph')) return typed(event);
  if (event.altKey) return teaching(event);
  if (event.ctrlKey || event.metaKey) return shortcut(event);
  if (onControl && CONTROL_KEYS.has(event.key)) return undefined;
  return (hasInk ? onInk(event) : undefined) ?? anywhere(event);
}

function onInk({ key, shiftKey }: KeyboardEvent): KeyAction | undefined {
  switch (key) {
    case 'Enter':
      return shiftKey ? undefined : { type: 'insert', index: 0 };
    case 'Backspace':
      return { type: 'takeStroke' };
    case 'ArrowDown':
      return { type: 'read' };
    case '?':
      return { type: 'pick' };
    default:
      return /^[1-5]$/.test(key) ? { type: 'insert', index: Number(key) - 1 } : undefined;
  }
}

function anywhere(event: KeyboardEvent): KeyAction | undefined {
  switch (event.key) {
    case 'Enter':
      return { type: 'edit', edit: 'newLine' };
    case ' ':
      return { type: 'edit', edit: 'space' };
    case 'Backspace':
      return { type: 'edit', edit: 'backspace' };
    case 'Delete':
    case 'Escape':
      return { type: 'clear' };
    default:
      return typed(event);
  }
}

function typed({ key }: KeyboardEvent): KeyAction | undefined {
  return [...key].length === 1 ? { type: 'type', text: key } : undefined;
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
