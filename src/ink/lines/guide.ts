/** The guide lines that ink was written on, in the ink's unit, y down. */
export interface Guide {
  /** y of the line that letters stand on. */
  readonly baseline: number;
  /** Height of small letters such as x. */
  readonly xHeight: number;
  /** From one base line to the next below it, where there are several. */
  readonly pitch?: number | undefined;
}

/** Guide lines as a file says them: none where it says none, or what can be no lines. */
export function guideOf(value: unknown): Guide | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { baseline, xHeight, pitch } = value as Partial<Record<keyof Guide, unknown>>;
  if (!isNumber(baseline) || !isNumber(xHeight) || xHeight <= 0) return undefined;
  return { baseline, xHeight, ...(isNumber(pitch) && pitch > 0 && { pitch }) };
}

const isNumber = (value: unknown): value is number => Number.isFinite(value);
