/** What a key does in a review. */
export type KeyAction =
  | { readonly type: 'keep' | 'relabel' | 'pickClass' | 'exclude' | 'undo' | 'nextOpen' | 'makeDataset' }
  | { readonly type: 'move'; readonly by: number }
  | { readonly type: 'pages'; readonly by: 1 | -1 };

const NAMED: Readonly<Record<string, KeyAction>> = {
  k: { type: 'keep' },
  enter: { type: 'keep' },
  r: { type: 'relabel' },
  c: { type: 'pickClass' },
  x: { type: 'exclude' },
  delete: { type: 'exclude' },
  n: { type: 'nextOpen' },
  d: { type: 'makeDataset' },
  arrowleft: { type: 'move', by: -1 },
  arrowup: { type: 'move', by: -1 },
  arrowright: { type: 'move', by: 1 },
  arrowdown: { type: 'move', by: 1 },
  pageup: { type: 'pages', by: -1 },
  pagedown: { type: 'pages', by: 1 },
  home: { type: 'move', by: -Infinity },
  end: { type: 'move', by: Infinity },
};

/** The action of a key, if it has one; a key that is held down moves on, and decides once. */
export function actionFor(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'repeat'>,
): KeyAction | undefined {
  if (event.altKey) return undefined;
  const key = event.key.toLowerCase();
  if (event.ctrlKey || event.metaKey) return key === 'z' && !event.shiftKey ? { type: 'undo' } : undefined;
  const action = NAMED[key];
  const moves = action?.type === 'move' || action?.type === 'pages';
  return event.repeat && !moves ? undefined : action;
}
