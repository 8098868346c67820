/** The theme's colours for curves and charts; each also comes paler and darker. */
const HUES = ['blue', 'green', 'purple', 'red', 'yellow', 'orange'];
/** Shares of the hue, mixed with the text's colour. */
const SHADES = [1, 0.55];

/** Colours that classes are told apart by. */
export const CLASS_COLORS = HUES.length * SHADES.length;

/** The theme's colours that the projector needs, as CSS takes them. */
export interface ProjectorColors {
  /** CLASS_COLORS of them. */
  readonly classes: readonly string[];
  readonly ground: string;
  readonly paper: string;
  readonly ink: string;
  readonly dimmed: string;
  readonly focus: string;
  readonly selected: string;
  readonly text: string;
  readonly font: string;
}

export function colorsOf(element: Element): ProjectorColors {
  const style = getComputedStyle(element);
  const color = (...names: string[]): string => {
    for (const name of names) {
      const value = style.getPropertyValue(`--vscode-${name}`).trim();
      if (value) return value;
    }
    return style.color;
  };
  const text = color('foreground');
  const hues = HUES.map((hue) => color(`charts-${hue}`, 'foreground'));
  const classes = SHADES.flatMap((share) => hues.map((hue) => mixed(hue, text, share)));
  const family = style.getPropertyValue('--vscode-editor-font-family') || 'monospace';
  return {
    classes,
    ground: color('editor-background', 'sideBar-background'),
    paper: color('input-background', 'editor-background'),
    ink: style.color,
    dimmed: color('descriptionForeground', 'foreground'),
    focus: color('focusBorder', 'foreground'),
    selected: color('contrastActiveBorder', 'list-highlightForeground', 'focusBorder'),
    text,
    font: `bold 13px ${family}`,
  };
}

function mixed(color: string, other: string, share: number): string {
  return share === 1 ? color : `color-mix(in srgb, ${color} ${100 * share}%, ${other})`;
}
