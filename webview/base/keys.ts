/** Does what a key means, if anything, and keeps the key from VS Code: it listens on the window for its keybindings. */
export function takeKey(event: KeyboardEvent, action: (() => void) | undefined): void {
  if (!action) return;
  event.preventDefault();
  event.stopPropagation();
  action();
}
