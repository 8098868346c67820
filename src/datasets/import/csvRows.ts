import { parse } from 'csv-parse/sync';
import { DatasetError } from '../errors';

/** More rows take more memory than a table of labels may. */
const MOST_ROWS = 1_000_000;

/** A row of a table of text. */
export interface Row {
  readonly cells: readonly string[];
  /** Where it begins, from 1. */
  readonly line: number;
}

/**
 * The rows of a table, empty ones too. A quoted cell may hold separators, doubled quotes and line breaks (RFC 4180); a
 * quote inside any other cell stands for itself.
 *
 * @param most rows that are read, from the first
 * @throws DatasetError where a quoted cell does not end
 */
export function readRows(text: string, separator: string, name: string, most?: number): Row[] {
  const rows: Row[] = [];
  let line = 1;
  try {
    parse(text.replace(/\r\n?/g, '\n'), {
      delimiter: separator,
      record_delimiter: '\n',
      relax_quotes: true,
      relax_column_count: true,
      ...(most !== undefined && { to: most }),
      on_record: (cells: string[], { lines }) => {
        rows.push({ cells, line });
        line = lines + 1;
        if (rows.length > MOST_ROWS) throw tooManyRows(name);
        return null;
      },
    });
  } catch (cause) {
    if (cause instanceof DatasetError) throw cause;
    throw openQuote(`${name} line ${String(line)}`, cause);
  }
  return rows;
}

function tooManyRows(name: string): DatasetError {
  return new DatasetError(`${name} has over a million rows: split it into several files.`);
}

export function openQuote(where: string, cause?: unknown): DatasetError {
  return new DatasetError(`${where} has a quote that does not end: write a quote in a cell as "".`, {
    cause,
  });
}
