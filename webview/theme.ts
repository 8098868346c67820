/** Calls back when VS Code changes the theme: colours are in the root's style, its kind in the body's classes. */
export function watchTheme(changed: () => void): void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'class'] });
  observer.observe(document.body, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-id'] });
}

/** Calls back when the page comes to a screen of another density. */
export function watchDensity(changed: () => void): void {
  const media = matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
  media.addEventListener(
    'change',
    () => {
      changed();
      watchDensity(changed);
    },
    { once: true },
  );
}
