import { Random } from '../../src/base/random';
import { distort, HANDWRITING } from '../../src/ink/distort';
import { handwritten } from './writer';

const CHARACTERS = [...'37Aehk'];

/** Samples of one person's hand as JSON Lines: six characters in turn, each drawing a little other than the last. */
export function ownHandLines(count: number): string {
  const random = new Random(9);
  const lines = Array.from({ length: count }, (_, at) => {
    const label = CHARACTERS[at % CHARACTERS.length] ?? '';
    const strokes = distort(handwritten(label), HANDWRITING, random.next);
    return JSON.stringify({ id: String(at), label, strokes });
  });
  return `${lines.join('\n')}\n`;
}
