import { writeContactSheet } from './contactSheet';

const COLUMNS = 24;
/** Pictures of a sheet. */
export const SHEET = 12 * COLUMNS;

/** Something that was read wrongly. */
export interface ShownError {
  /** Gray values 0 to 1 of a 28x28 picture. */
  readonly picture: Float32Array;
  /** What it is and what it was taken for. */
  readonly words: string;
}

/** Draws what was read wrongly as one PNG, and says of each, by row and column, what it was taken for. */
export async function writeErrors(file: string, errors: readonly ShownError[]): Promise<void> {
  const rows = Array.from({ length: Math.ceil(errors.length / COLUMNS) }, (_, row) =>
    errors.slice(row * COLUMNS, (row + 1) * COLUMNS).map(({ picture }) => picture),
  );
  await writeContactSheet(file, rows);
  errors.forEach(({ words }, at) => {
    process.stdout.write(`${String(Math.floor(at / COLUMNS))}/${String(at % COLUMNS)}  ${words}\n`);
  });
}
