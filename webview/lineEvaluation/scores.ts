import { html } from 'lit';
import { percent } from '../../src/base/words';
import { BLANKS, type ShownLineEvaluation } from '../../src/protocol/pages/lineEvaluation';

/** The figures, and whether a smaller one is better. */
export const FIGURES = [
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

/** The figures with their intervals. */
export function scoresTable(scores: ShownLineEvaluation['scores']) {
  return html`<table class="scores">
    <caption class="hidden">
      Figures with their 95% intervals
    </caption>
    <thead>
      <tr>
        <td></td>
        ${BLANKS.map((blanks) => html`<th scope="col">Blanks ${blanks}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${FIGURES.map(
        ({ score, name, title }) =>
          html`<tr title=${title}>
            <th scope="row">${name}</th>
            ${BLANKS.map((blanks) => {
              const { value, interval } = scores[blanks][score];
              return html`<td>
                <span class="value">${percent(value, 1)}</span>
                <span class="detail">${percent(interval.low, 1)} to ${percent(interval.high, 1)}</span>
              </td>`;
            })}
          </tr>`,
      )}
    </tbody>
  </table>`;
}
