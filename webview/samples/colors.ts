import { themeColors } from '../base/theme';

/** The theme's colors that a canvas needs, as CSS takes them. */
export interface Colors {
  readonly ink: string;
  readonly label: string;
  readonly relabeled: string;
  readonly paper: string;
  readonly border: string;
  readonly selected: string;
  readonly selectedLabel: string;
  readonly selectedBorder: string;
  readonly focus: string;
  readonly font: string;
}

export function colorsOf(element: Element): Colors {
  const { color, own, font } = themeColors(element);
  return {
    ink: own,
    label: color('descriptionForeground', 'foreground'),
    relabeled: color('textLink-foreground', 'foreground'),
    paper: color('input-background', 'editor-background'),
    border: color('contrastBorder'),
    selected: color('list-activeSelectionBackground'),
    selectedLabel: color('list-activeSelectionForeground', 'foreground'),
    selectedBorder: color('contrastActiveBorder', 'focusBorder'),
    focus: color('focusBorder'),
    font: `11px ${font}`,
  };
}
