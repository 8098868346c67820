import { isOfTexts } from '../../datasets/ofTexts';
import type { Manifest } from '../../datasets/store/manifest';
import type { PictureShape } from '../../ink/drawInk';
import { usualAspect } from '../../ink/rasterizeLine';
import type { SplitReader } from '../samples/sampleReader';

/** Height of a line's picture in pixels, and how much wider than high it is at most. */
const HEIGHT = 32;
const MOST_ASPECT = 10;
/** Lines of each split that are looked at. */
const LOOKED_AT = 200;

/** The shape that the words or lines of a dataset are drawn in; undefined where its samples are characters or pictures. */
export async function lineShape(
  manifest: Pick<Manifest, 'kind' | 'classes'>,
  readers: readonly SplitReader[],
): Promise<PictureShape | undefined> {
  if (!isOfTexts(manifest)) return undefined;
  const samples = await Promise.all(readers.flatMap((reader) => someOf(reader)));
  const inks = samples.flatMap((sample) => (sample.kind === 'ink' ? [sample.ink] : []));
  return { height: HEIGHT, width: Math.round(HEIGHT * usualAspect(inks, MOST_ASPECT)) };
}

/** Samples evenly spread over a split. */
function someOf(reader: SplitReader) {
  const total = reader.labels.length;
  const count = Math.min(total, LOOKED_AT);
  return Array.from({ length: count }, (_, at) => reader.sample(Math.floor((at * total) / count)));
}
