/** The theme's colours that a canvas needs, as CSS takes them. */
export interface Colors {
  readonly ink: string;
  readonly label: string;
  readonly relabelled: string;
  readonly paper: string;
  readonly border: string;
  readonly selected: string;
  readonly selectedLabel: string;
  readonly selectedBorder: string;
  readonly focus: string;
  readonly font: string;
}

/** Reads the colours where the theme puts them: as properties, those of high contrast may be missing. */
export function colorsOf(element: Element): Colors {
  const style = getComputedStyle(element);
  const color = (...names: string[]): string => {
    for (const name of names) {
      const value = style.getPropertyValue(`--vscode-${name}`).trim();
      if (value) return value;
    }
    return 'transparent';
  };
  return {
    ink: style.color,
    label: color('descriptionForeground', 'foreground'),
    relabelled: color('textLink-foreground', 'foreground'),
    paper: color('input-background', 'editor-background'),
    border: color('contrastBorder'),
    selected: color('list-activeSelectionBackground'),
    selectedLabel: color('list-activeSelectionForeground', 'foreground'),
    selectedBorder: color('contrastActiveBorder', 'focusBorder'),
    focus: color('focusBorder'),
    font: `11px ${style.getPropertyValue('--vscode-editor-font-family') || 'monospace'}`,
  };
}
