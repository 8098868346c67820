import type { LitElement } from 'lit';

/** Parts that are told of something while they are on the page. */
class Watchers {
  private readonly all = new Set<() => void>();

  add(part: LitElement, changed: () => void): void {
    part.addController({
      hostConnected: () => void this.all.add(changed),
      hostDisconnected: () => void this.all.delete(changed),
    });
  }

  readonly tell = (): void => {
    for (const changed of this.all) changed();
  };
}

const ofTheme = new Watchers();
// colors are in the root's style, the theme's kind in the body's classes
const observer = new MutationObserver(ofTheme.tell);
observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'class'] });
observer.observe(document.body, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-id'] });

const ofDensity = new Watchers();
watchDensityNow();

function watchDensityNow(): void {
  const media = matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
  media.addEventListener(
    'change',
    () => {
      ofDensity.tell();
      watchDensityNow();
    },
    { once: true },
  );
}

/** Calls back when VS Code changes the theme, as long as the part is on the page. */
export function watchTheme(part: LitElement, changed: () => void): void {
  ofTheme.add(part, changed);
}

/** Calls back when the page comes to a screen of another density, as long as the part is on the page. */
export function watchDensity(part: LitElement, changed: () => void): void {
  ofDensity.add(part, changed);
}

/** Reads colors where the theme puts them, in its properties. */
export interface ThemeColors {
  /** The first of these that the theme has, as CSS takes it. */
  readonly color: (...names: string[]) => string;
  /** A color of marks, by its name in `marks.css`. */
  readonly mark: (name: string) => string;
  /** The color that the element itself writes in. */
  readonly own: string;
  /** The font of VS Code's editor. */
  readonly font: string;
}

/** @param missing stands in for colors that the theme does not have, as many of high contrast */
export function themeColors(element: Element, missing = 'transparent'): ThemeColors {
  const style = getComputedStyle(element);
  const valueOf = (name: string) => style.getPropertyValue(`--vscode-${name}`).trim();
  return {
    color: (...names) => names.map(valueOf).find((value) => value !== '') ?? missing,
    mark: (name) => style.getPropertyValue(`--scrawl-${name}`).trim(),
    own: style.color,
    font: valueOf('editor-font-family') || 'monospace',
  };
}
