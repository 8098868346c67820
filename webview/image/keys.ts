/** What a key does to the chosen character. */
export type KeyAction =
  | { readonly type: 'move'; readonly by: 1 | -1; readonly over: 'character' | 'line' }
  | { readonly type: 'correct'; readonly text: string }
  | { readonly type: 'erase' | 'merge' | 'split' | 'space' | 'candidates' | 'undo' | 'leave' };

const NAMED: Readonly<Record<string, KeyAction>> = {
  ArrowRight: { type: 'move', by: 1, over: 'character' },
  ArrowLeft: { type: 'move', by: -1, over: 'character' },
  ArrowDown: { type: 'move', by: 1, over: 'line' },
  ArrowUp: { type: 'move', by: -1, over: 'line' },
  Delete: { type: 'erase' },
  Backspace: { type: 'erase' },
  Enter: { type: 'candidates' },
  Escape: { type: 'leave' },
  ' ': { type: 'space' },
};

type Pressed = Pick<
  KeyboardEvent,
  'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'isComposing'
>;

/** What a key pressed on the text means: a printable one is the character itself. */
export function actionFor(event: Pressed): KeyAction | undefined {
  if (event.isComposing) return undefined;
  // Ctrl and Alt together type further characters on many keyboards
  if ((event.ctrlKey && !event.altKey) || event.metaKey) {
    return event.code === 'KeyZ' && !event.shiftKey ? { type: 'undo' } : undefined;
  }
  // by the key's place: with Option the Mac types other characters
  if (event.altKey && !event.ctrlKey && event.code === 'KeyM') return { type: 'merge' };
  if (event.altKey && !event.ctrlKey && event.code === 'KeyS') return { type: 'split' };
  if (event.key === 'Tab') return { type: 'move', by: event.shiftKey ? -1 : 1, over: 'character' };
  const named = NAMED[event.key];
  if (named) return named;
  return [...event.key].length === 1 ? { type: 'correct', text: event.key } : undefined;
}
