import { csvOf } from '../base/csv';
import { grouped, percent } from '../base/words';
import type { WriterFigure } from '../metrics/writers';
import { html, type Html } from './html';
import { table } from './reportPage';

/** Rows of a page; JSON and CSV have all. */
const MOST_WRITERS = 1000;

/** What the figure of a writer is, and what it is counted on. */
export type WriterMeasure =
  { readonly figure: 'accuracy'; readonly of: 'sample' } | { readonly figure: 'cer'; readonly of: 'line' };

export const ACCURACY: WriterMeasure = { figure: 'accuracy', of: 'sample' };
export const ERROR_RATE: WriterMeasure = { figure: 'cer', of: 'line' };

/** The figures of writers as they stand in JSON. */
export function writersJson(writers: readonly WriterFigure[], { figure, of }: WriterMeasure): object[] {
  return writers.map(({ writer, samples, value, interval }) => ({
    writer,
    [`${of}s`]: samples,
    [figure]: value,
    interval,
  }));
}

/** The figures of writers as CSV, with the ends of their 95% intervals. */
export function writersCsv(writers: readonly WriterFigure[], { figure, of }: WriterMeasure): string {
  const rows = writers.map(({ writer, samples, value, interval }) => [
    ...[writer, samples, value],
    ...[interval.low, interval.high],
  ]);
  return csvOf([['writer', `${of}s`, figure, 'low', 'high'], ...rows]);
}

/** The part of a report that is about writers; nothing where none is known. */
export function writersSection(writers: readonly WriterFigure[], { figure, of }: WriterMeasure): Html[] {
  if (writers.length === 0) return [];
  const rows = writers.slice(0, MOST_WRITERS).map(
    ({ writer, samples, value, interval: { low, high } }) =>
      html`<tr>
        <td>${writer}</td>
        <td data-value="${samples}">${grouped(samples)}</td>
        <td data-value="${value}">${percent(value)}</td>
        <td data-value="${high - low}">${percent(low)} to ${percent(high)}</td>
      </tr>`,
  );
  const [counts, name] = of === 'sample' ? ['Samples', 'Accuracy'] : ['Lines', 'CER'];
  const more = writers.length > rows.length ? `, ${grouped(rows.length)} of ${grouped(writers.length)}` : '';
  return [
    html`<h2>Writers</h2>
      <p>Those who are read worst first${more}. ${figure === 'cer' ? 'Characters, without blanks.' : ''}</p>
      ${table(['Writer', counts, name, '95% interval'], rows)}`,
  ];
}
