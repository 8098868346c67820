import { pictureOf } from '../pictures';
import type { Samples } from '../samples';

/**
 * Lines of CNTK's text format, one a sample: `|labels 0 1 0 |features 0 0 255 …`, labels one-hot, features gray values
 * 0 background to 255 ink.
 *
 * @param step called for each sample that is passed on
 */
export async function* ctfLines(
  batches: AsyncIterable<Samples>,
  classes: number,
  step: () => void,
): AsyncGenerator<string> {
  const zeros = Array.from({ length: classes }, () => '0');
  const starts = zeros.map((_, label) => `|labels ${zeros.with(label, '1').join(' ')} |features `);
  for await (const batch of batches) {
    let lines = '';
    for (const [index, label] of batch.labels.entries()) {
      step();
      lines += `${starts[label] ?? ''}${pictureOf(batch, index).join(' ')}\n`;
    }
    yield lines;
  }
}
