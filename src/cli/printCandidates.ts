import { percent } from '../base/words';
import type { Recognition } from '../engine/recognition/recognize';
import { print } from './output';

/** What was read of one input, as a line. */
export function printCandidates(
  id: string,
  { candidates, milliseconds }: Pick<Recognition, 'candidates' | 'milliseconds'>,
  json = false,
): void {
  if (json) {
    print(JSON.stringify({ id, candidates, milliseconds }));
    return;
  }
  const texts = candidates.map(({ text, probability }) => `${text} ${percent(probability)}`);
  print(`${id}  ${texts.join('  ')}  (${milliseconds.toFixed(1)} ms)`);
}
