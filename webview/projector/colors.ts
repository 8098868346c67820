import { themeColors } from '../base/theme';

/** Hues of marks; each also comes paler and darker. */
const HUES = ['blue', 'green', 'purple', 'red', 'yellow', 'orange'];
/** Shares of the hue, mixed with the text's color. */
const SHADES = [1, 0.55];

/** Colors that classes are told apart by. */
export const CLASS_COLORS = HUES.length * SHADES.length;

/** The theme's colors that the projector needs, as CSS takes them. */
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
  const { color, mark, own, font } = themeColors(element, getComputedStyle(element).color);
  const text = color('foreground');
  const hues = HUES.map(mark);
  const classes = SHADES.flatMap((share) => hues.map((hue) => mixed(hue, text, share)));
  return {
    classes,
    ground: color('editor-background', 'sideBar-background'),
    paper: color('input-background', 'editor-background'),
    ink: own,
    dimmed: color('descriptionForeground', 'foreground'),
    focus: color('focusBorder', 'foreground'),
    selected: color('contrastActiveBorder', 'list-highlightForeground', 'focusBorder'),
    text,
    font: `bold 13px ${font}`,
  };
}

function mixed(color: string, other: string, share: number): string {
  return share === 1 ? color : `color-mix(in srgb, ${color} ${100 * share}%, ${other})`;
}
