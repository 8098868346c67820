import { arranged, type ConfusionMatrix } from '../metrics/confusion';
import { occurring, orderBySimilarity } from '../metrics/order';
import { heatMap } from './heatMap';
import { html, scriptJson, type Html } from './html';

/**
 * The confusion matrix, with what is confused side by side, and a line that says what the pointer is at.
 *
 * @param explained what rows and columns are
 */
export function confusionSection(
  confusion: ConfusionMatrix,
  classes: readonly string[],
  explained: string,
): Html {
  const seen = occurring(confusion);
  const order = orderBySimilarity(arranged(confusion, seen)).map((index) => seen[index] ?? 0);
  const matrix = arranged(confusion, order);
  const names = order.map((index) => classes[index] ?? '');
  return html`<h2>Confusions</h2>
    <p>${explained} The color is the share of the row on a logarithmic scale.</p>
    <div class="panel" role="region" aria-label="Confusions" tabindex="0">
      <div id="readout">Point at a cell to read it.</div>
      ${heatMap(matrix, names)}
    </div>
    <script type="application/json" id="confusion">
      ${scriptJson({ classes: names, rows: matrix })}
    </script>`;
}
