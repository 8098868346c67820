import type { DesignerField, FieldRange, Value } from '../../src/protocol/pages/designer';

/** What a user typed, read: a number, or why it is none that the field takes. */
export type Reading = { readonly value: number } | { readonly problem: string };

/**
 * Reads a number that was typed.
 *
 * @param whole whether it may have no fraction
 */
export function readNumber(text: string, whole: boolean, range: FieldRange): Reading {
  const value = text.trim() === '' ? NaN : Number(text);
  if (!Number.isFinite(value) || (whole && !Number.isInteger(value)) || !within(value, range)) {
    return { problem: `Type ${whole ? 'a whole number' : 'a number'}${bounds(range)}.` };
  }
  return { value };
}

/** The value that a form shows where the file says none: undefined where there is no fixed one. */
export function shownValue(field: DesignerField, value: Value | undefined): Value | undefined {
  return value ?? field.usual;
}

/** What to write for a value: nothing for the usual one. */
export function writtenValue(field: DesignerField, value: Value): Value | undefined {
  return !field.required && JSON.stringify(value) === JSON.stringify(field.usual) ? undefined : value;
}

function within(value: number, { minimum, maximum, moreThan, lessThan }: FieldRange): boolean {
  return (
    value >= (minimum ?? -Infinity) &&
    value <= (maximum ?? Infinity) &&
    value > (moreThan ?? -Infinity) &&
    value < (lessThan ?? Infinity)
  );
}

function bounds({ minimum, maximum, moreThan, lessThan }: FieldRange): string {
  if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}`;
  if (minimum !== undefined && lessThan !== undefined) return ` from ${minimum} to less than ${lessThan}`;
  if (minimum !== undefined) return `, ${minimum} or more`;
  return moreThan === undefined ? '' : `, more than ${moreThan}`;
}
