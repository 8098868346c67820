import { html, type TemplateResult } from 'lit';
import { percent } from '../../src/base/words';
import { BLANKS, type ShownLineEvaluation } from '../../src/protocol/pages/lineEvaluation';

/** The figures, and whether a smaller one is better. */
const FIGURES = [
  {
    score: 'cer',
    name: 'CER',
    lessIsBetter: true,
    title: 'Character error rate: characters changed, left out or added, of all',
  },
  {
    score: 'wer',
    name: 'WER',
    lessIsBetter: true,
    title: 'Word error rate: the same of words; without blanks a line is one word',
  },
  {
    score: 'exact',
    name: 'Exact',
    lessIsBetter: false,
    title: 'Share of the lines that are read without an error',
  },
] as const;

type Figure = (typeof FIGURES)[number];
type Blanks = (typeof BLANKS)[number];

/** The figures with their intervals. */
export function scoresTable(scores: ShownLineEvaluation['scores']) {
  return figuresTable('Figures with their 95% intervals', (blanks, { score }) => {
    const { value, interval } = scores[blanks][score];
    return html`<td>
      <span class="value">${percent(value, 1)}</span>
      <span class="detail">${percent(interval.low, 1)} to ${percent(interval.high, 1)}</span>
    </td>`;
  });
}

/** A row for each figure, with a cell where blanks count and one where they do not. */
export function figuresTable(
  caption: string,
  cell: (blanks: Blanks, figure: Figure) => TemplateResult,
): TemplateResult {
  return html`<table class="scores">
    <caption class="hidden">
      ${caption}
    </caption>
    <thead>
      <tr>
        <td></td>
        ${BLANKS.map((blanks) => html`<th scope="col">Blanks ${blanks}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${FIGURES.map(
        (figure) =>
          html`<tr title=${figure.title}>
            <th scope="row">${figure.name}</th>
            ${BLANKS.map((blanks) => cell(blanks, figure))}
          </tr>`,
      )}
    </tbody>
  </table>`;
}
