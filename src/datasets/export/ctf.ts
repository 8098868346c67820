import type { Samples } from '../samples';
import { pictureOf } from '../pictures';

/**
 * Lines of CNTK's text format, one a sample: `|labels 0 1 0 |features 0 0 255 …`, labels one-hot, features grey values
 * 0 background to 255 ink.
 */
export function* ctfLines(samples: Samples, classes: number): Generator<string> {
  const zeros = Array.from({ length: classes }, () => '0');
  for (const [index, label] of samples.labels.entries()) {
    yield `|labels ${zeros.with(label, '1').join(' ')} |features ${pictureOf(samples, index).join(' ')}\n`;
  }
}
