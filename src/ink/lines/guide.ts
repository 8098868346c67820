/** The guide lines that ink was written on, in the ink's unit, y down. */
export interface Guide {
  /** y of the line that letters stand on. */
  readonly baseline: number;
  /** Height of small letters such as x. */
  readonly xHeight: number;
  /** From one base line to the next below it, where there are several. */
  readonly pitch?: number | undefined;
}
