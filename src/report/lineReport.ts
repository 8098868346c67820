import { chance, grouped, percent, pointsWithin } from '../base/words';
import { inkBox, inkPath } from '../base/inkOutline';
import type { LineComparison, PairedDifference } from '../metrics/compareLines';
import {
  alignLine,
  confusedCharacters,
  isError,
  lineConfusionMatrix,
  NOTHING,
  type AlignedCharacter,
  type ConfusedCharacters,
} from '../metrics/lineConfusion';
import type { Blanks, LineScores, ReadLine } from '../metrics/lineScores';
import type { Share } from '../metrics/ratio';
import { writerErrorRates, type WrittenLine } from '../metrics/writers';
import { confusionSection } from './confusionSection';
import { html, type Html } from './html';
import { ERROR_RATE, writersSection } from './writersTable';
import { bar, card, cards, measuredBy, reportPage, table } from './reportPage';

const MOST_PAIRS = 40;

/** A line that was read wrongly. */
export interface WorstLine extends ReadLine {
  /** What it is found by in the dataset. */
  readonly place: number;
  /** Of each stroke x, y, x, y and so on, y down. */
  readonly ink: readonly ArrayLike<number>[];
  /** What the model read that is compared with. */
  readonly other?: string | undefined;
}

/** All that a report of a model of lines says. */
export interface LineReportContent {
  readonly model: string;
  readonly dataset: string;
  readonly split: string;
  readonly decoding: string;
  readonly backend: string;
  readonly linesPerSecond: number;
  /** ISO 8601, of the evaluation. */
  readonly created: string;
  /** Lines that the user left out. */
  readonly excluded: number;
  readonly scores: Readonly<Record<Blanks, LineScores>>;
  readonly lines: readonly WrittenLine[];
  /** Those with most errors first. */
  readonly worst: readonly WorstLine[];
  readonly comparison?:
    | {
        readonly model: string;
        readonly decoding: string;
        readonly results: Readonly<Record<Blanks, LineComparison>>;
      }
    | undefined;
}

const BLANKS: readonly Blanks[] = ['ignored', 'counted'];
const FIGURES = [
  { figure: 'cer', name: 'CER', lessIsBetter: true },
  { figure: 'wer', name: 'WER', lessIsBetter: true },
  { figure: 'exact', name: 'Exact', lessIsBetter: false },
] as const;

/** One HTML file that needs nothing else: it opens without a network. */
export function lineReport(content: LineReportContent): string {
  const { model, dataset, lines, worst, comparison, backend, linesPerSecond, created } = content;
  const aligned = lines.map((line) => alignLine(line, 'counted'));
  const { classes, matrix } = lineConfusionMatrix(aligned);
  return reportPage({
    title: `${model} on ${dataset}`,
    about: about(content),
    body: [
      figureCards(content.scores),
      ...(comparison ? [comparisonSection(content, comparison)] : []),
      confusionSection(
        matrix,
        classes.map(shown),
        `A row for each character that is written, a column for each that was read. ${MISSING} as a row: read where nothing is; as a column: left out.`,
      ),
      pairsSection(confusedCharacters(aligned)),
      ...writersSection(writerErrorRates(lines, 'ignored'), ERROR_RATE),
      ...(worst.length > 0 ? [worstSection(worst, comparison?.model)] : []),
    ],
    footer: measuredBy({ backend, perSecond: linesPerSecond, unit: 'lines', created }),
  });
}

function about({ split, decoding, scores, excluded }: LineReportContent): string[] {
  return [
    `${split} split`,
    `${grouped(scores.counted.lines)} lines`,
    decoding,
    ...(excluded > 0 ? [`${grouped(excluded)} lines excluded`] : []),
  ];
}

function figureCards({ ignored, counted }: LineReportContent['scores']): Html {
  const share = (name: string, { value, interval }: Share, what: string) =>
    card(name, percent(value), `95% interval ${percent(interval.low)} to ${percent(interval.high)}; ${what}`);
  return cards([
    share('CER', ignored.cer, 'characters, without blanks'),
    share('CER with blanks', counted.cer, 'characters and blanks'),
    share('WER', counted.wer, 'words'),
    share('Exact', ignored.exact, 'lines without an error but in blanks'),
    share('Exact with blanks', counted.exact, 'lines without an error'),
  ]);
}

function comparisonSection(
  { model, decoding }: LineReportContent,
  other: NonNullable<LineReportContent['comparison']>,
): Html {
  const [first, second] =
    other.model === model
      ? [`${model}, ${decoding}`, `${other.model}, ${other.decoding}`]
      : [model, other.model];
  const rows = BLANKS.flatMap((blanks) =>
    FIGURES.map(({ figure, name, lessIsBetter }) => {
      const difference = other.results[blanks][figure];
      return html`<tr>
        <td>${name}, blanks ${blanks}</td>
        <td data-value="${difference.first}">${percent(difference.first)}</td>
        <td data-value="${difference.second}">${percent(difference.second)}</td>
        <td class="${tone(difference, lessIsBetter)}" data-value="${difference.value}">
          ${pointsWithin(difference)}
        </td>
      </tr>`;
    }),
  );
  const { better, worse, test, lines } = other.results.ignored;
  return html`<h2>Compared with ${second}</h2>
    <p>
      On the ${grouped(lines)} lines that both read, ${first} has fewer errors in ${grouped(better)} and
      ${second} in ${grouped(worse)}. ${first} alone reads ${grouped(test.onlyFirst)} without an error,
      ${second} alone ${grouped(test.onlySecond)}. McNemar's test (${test.method}): ${chance(test.p)}.
      Differences are the first less the second, in points with the 95% interval of the lines' own
      differences.
    </p>
    ${table(['Figure', first, second, 'Difference'], rows)}`;
}

/** Which of the two is better, where it is by more than chance. */
function tone({ value, interval }: PairedDifference, lessIsBetter: boolean): string {
  if (interval.low <= 0 && interval.high >= 0) return '';
  return value < 0 === lessIsBetter ? 'good' : 'bad';
}

function pairsSection(confused: readonly ConfusedCharacters[]): Html {
  const most = confused[0]?.count ?? 1;
  const row = ({ truth, answer, count }: ConfusedCharacters) =>
    html`<tr>
      <td class="class">${shown(truth)}</td>
      <td class="class text">${shown(answer)}</td>
      <td data-value="${count}">${grouped(count)}</td>
      <td class="text" data-value="${count}">${bar(count, most)}</td>
    </tr>`;
  return html`<h2>Most confused characters</h2>
    <p>What is read as what, and how often, blanks counted.</p>
    ${table(['Truth', 'Read as', 'Times', ''], confused.slice(0, MOST_PAIRS).map(row), ['Read as', ''])}`;
}

function worstSection(worst: readonly WorstLine[], other: string | undefined): Html {
  const figure = (line: WorstLine) => {
    const aligned = alignLine(line, 'ignored');
    return html`<figure>
      <svg viewBox="${inkBox(line.ink)}" preserveAspectRatio="xMinYMid meet" role="img">
        <title>line ${line.place}</title>
        <path d="${line.ink.map(inkPath).join('')}" />
      </svg>
      <figcaption>
        <div class="aligned">${aligned.map(pair)}</div>
        <small>
          ${aligned.filter(isError).length}
          errors${line.other === undefined ? '' : html`; ${other ?? ''} reads <code>${line.other}</code>`}
        </small>
      </figcaption>
    </figure>`;
  };
  return html`<h2>Worst lines</h2>
    <p>The ${worst.length} lines with most errors: what is written, and below it what was read.</p>
    <div class="lines">${worst.map(figure)}</div>`;
}

function pair(each: AlignedCharacter): Html {
  const letter = (character: string | undefined) =>
    !isError(each) && character === ' ' ? '\u00a0' : shown(character);
  return html`<span${isError(each) ? { html: ' class="bad"' } : ''}
    ><b>${letter(each.truth)}</b><i>${letter(each.answer)}</i></span
  >`;
}

/** Stands where a text or an answer has no character. */
const MISSING = '∅';

/** A character as it shows; blanks must be seen. */
function shown(character: string | undefined): string {
  if (character === undefined || character === NOTHING) return MISSING;
  return character === ' ' ? '␣' : character;
}
