import { rowShares, type ConfusionMatrix } from '../metrics/confusion';
import { html, type Html } from './html';

/** Side of a cell, in the picture's own unit. */
const CELL = 10;
/** Room for the names at the left and the top. */
const MARGIN = 26;
/** Steps of the color: each is a path of its own, which keeps 94 x 94 cells small. */
const LEVELS = 9;
/** The share of a row that still has a color of its own; the scale is logarithmic above it. */
const LEAST_SHARE = 0.0005;
/** Letters of a longer name that the margin has room for. */
const MOST_LETTERS = 4;

/**
 * The confusion matrix as a picture: a row for each true class, a column for each prediction, the color by the share of
 * the row on a logarithmic scale; what is right in another color than what is wrong.
 */
export function heatMap(matrix: ConfusionMatrix, classes: readonly string[]): Html {
  const size = classes.length * CELL;
  const paths = [...cellPaths(rowShares(matrix))].map(
    ([name, path]) => html`<path class="${name}" d="${path}" />`,
  );
  return html`<svg
    id="heat"
    viewBox="${-MARGIN} ${-MARGIN} ${size + MARGIN + 1} ${size + MARGIN + 1}"
    style="max-width: ${Math.max(320, 1.35 * (size + MARGIN))}px; min-width: ${Math.min(640, 0.85 * size)}px"
    role="img"
    aria-label="Confusion matrix: true classes are rows, predictions are columns"
  >
    <rect class="ground" width="${size}" height="${size}" />
    ${paths}${classes.map(names)}
    <path id="cross" d="" />
  </svg>`;
}

/** One path for each color. */
function cellPaths(shares: ConfusionMatrix): Map<string, string> {
  const paths = new Map<string, string>();
  shares.forEach((row, truth) => {
    row.forEach((share, predicted) => {
      if (share === 0) return;
      const name = `${truth === predicted ? 'right' : 'wrong'} level${String(levelOf(share))}`;
      const cell = `M${String(predicted * CELL)} ${String(truth * CELL)}h${String(CELL)}v${String(CELL)}h-${String(CELL)}z`;
      paths.set(name, (paths.get(name) ?? '') + cell);
    });
  });
  return paths;
}

/** 1 for the smallest share to LEVELS for all of a row. */
function levelOf(share: number): number {
  const height = Math.log(Math.max(share, LEAST_SHARE) / LEAST_SHARE) / Math.log(1 / LEAST_SHARE);
  return 1 + Math.round(height * (LEVELS - 1));
}

function names(name: string, index: number): Html {
  const letters = [...name];
  const short = letters.length > MOST_LETTERS ? `${letters.slice(0, MOST_LETTERS - 1).join('')}…` : name;
  const middle = index * CELL + CELL / 2;
  return html`<text class="row" x="-4" y="${middle}">${short}</text
    ><text class="column" transform="translate(${middle} -4)${letters.length > 1 ? ' rotate(-60)' : ''}"
      >${short}</text
    >`;
}
